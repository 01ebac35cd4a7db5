"""Requirements: pinned exactly, with hashes, for both files alike, and without addresses to fetch from."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ["requirements.txt", "requirements-dev.txt"]
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)(\[[a-z0-9,-]+\])?==(\S+)( ;.*)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def pins(name: str) -> dict[str, list[str]]:
    """The pinned version of each package, more than one where platforms differ."""
    found: dict[str, list[str]] = {}
    for line in lines(name):
        match = PIN.match(line)
        if match:
            found.setdefault(match[1], []).append(match[3])
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_pin_a_hash_or_a_comment(name):
    strange = [
        line for line in lines(name) if not (PIN.match(line) or HASH.match(line) or line.strip().startswith("#"))
    ]

    assert strange == []


@pytest.mark.parametrize("name", FILES)
def test_every_pin_has_a_hash(name):
    text = lines(name)

    without = [line for line, following in pairwise(text) if PIN.match(line) and not HASH.match(following)]

    assert pins(name)
    assert without == []


@pytest.mark.parametrize("name", [*FILES, "requirements.in", "requirements-dev.in"])
def test_no_addresses_are_in_them(name):
    text = "\n".join(lines(name))

    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|@ ", text)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_everything_asked_for_is_pinned(name):
    wanted = [re.match(r"[A-Za-z0-9.-]+", line) for line in lines(f"{name}.in") if line and line[0] not in "#-"]

    missing = [match[0] for match in wanted if match and match[0].lower() not in pins(f"{name}.txt")]

    assert missing == []


def test_both_files_pin_the_same_versions():
    run, develop = (pins(name) for name in FILES)

    assert {name: develop.get(name) for name in run} == run
