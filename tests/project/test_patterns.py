"""No regular expression of the portal's own can be kept busy by what somebody writes for it.

What reaches most of them is a line of at most 300 characters, so what goes back over it once more is quick; what does
so three times, or has two ways to read each part, is not.
"""

import re
import time

import pytest

from tests import patterns

FOUND = patterns.patterns()
# Steps of growth, so that what doubles with each character is told before it takes for ever.
SIZES = (12, 16, 20, 24, 28, 36, 54, 80, 320)
# A hundred times what the dearest takes on an idle machine, and far less than the smallest fault.
SECONDS_MOST = 0.05
ROUNDS = 4
# What these are given is cut before.
SHORTER = {"contacts.reading.readers.phones._LABEL": 60, "contacts.reading.words.letters.CLOSING": 80}
# Of what could be tried on a long pattern, every so many; it has a few kinds of repetition and very many places.
TRIED_MOST = 1500


def cost(pattern: re.Pattern[str], text: str) -> float:
    """The least CPU time of a few rounds, as other processes only ever add to it."""
    least = float("inf")
    for _ in range(ROUNDS):
        began = time.thread_time()
        pattern.fullmatch(text)
        sum(1 for _ in pattern.finditer(text))
        least = min(least, time.thread_time() - began)
        if least < SECONDS_MOST:
            break
    return least


def dearest(pattern: re.Pattern[str], *, longest: int = SIZES[-1]) -> str:
    """A text that the pattern is busy with for too long; "" where none was found."""
    pumps = sorted(patterns.pumps(pattern))
    for beginning, unit in pumps[:: 1 + len(pumps) // TRIED_MOST]:
        for size in (size for size in SIZES if size <= longest):
            text = beginning + unit * (size // len(unit)) + patterns.END
            if cost(pattern, text) > SECONDS_MOST:
                return text
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("name", FOUND)
def test_none_is_kept_busy_by_a_line(name):
    longest = SHORTER.get(name.partition("[")[0], SIZES[-1])

    assert dearest(FOUND[name], longest=longest) == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern", [r"(?:a+)+b", r"(?:\w\w?)*!", r"(?:[ -]?\w[\w-]*){0,4}?!", r";(?:[^:]{0,40}){1,9}:"]
)
def test_one_that_is_would_be_found(pattern):
    assert dearest(re.compile(pattern)) != ""


def test_those_in_lists_tables_and_classes_are_looked_at_too():
    modules = {name.rpartition(".")[0] for name in FOUND}

    assert len(FOUND) > 150
    assert {"contacts.reading.readers.places", "contacts.text.links", "accounts.sessions"} <= modules
