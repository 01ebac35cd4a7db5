"""Titles and companies that go on on the next line: "Agence Nationale pour / la Rénovation Durable"."""

from collections.abc import Iterator

from contacts.reading.page import Page
from contacts.reading.segments import Segment, joined
from contacts.reading.words import jobs
from contacts.text.folding import fold

_WORDS_MOST = 12


def unwrapped(found: list[Segment], page: Page) -> Iterator[Segment]:
    """The segments, each that breaks off at the end of its line together with the line below it."""
    yield from joined(found, page, lambda one, below: _goes_on(one, below, page))


def breaks_off(text: str) -> bool:
    """Whether a line ends in the middle of what it says: "Fachärztin für"."""
    last = text.split(" ")[-1]
    return (last.islower() or last == "&") and fold(last) in jobs.SMALL


def _goes_on(segment: Segment, below: Segment, page: Page) -> bool:
    words = len(segment.text.split()) + len(below.text.split())
    return (
        breaks_off(segment.text)
        and "\n" not in segment.text
        and below.line == segment.line + 1
        and words <= _WORDS_MOST
        and not any(mark.isdigit() or mark in "@:" for mark in below.text)
        and page.lines[segment.line].text.strip().endswith(segment.text)
        and page.lines[below.line].text.strip() == below.text
    )
