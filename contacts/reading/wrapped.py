"""Titles and companies that go on on the next line: "Agence Nationale pour / la Rénovation Durable"."""

from collections.abc import Iterator
from dataclasses import replace

from contacts.reading.page import Page, Piece
from contacts.reading.segments import Segment
from contacts.reading.words import jobs
from contacts.text.folding import fold

_WORDS_MOST = 12


def unwrapped(found: list[Segment], page: Page) -> Iterator[Segment]:
    """The segments, each that breaks off at the end of its line together with the line below it."""
    held: Segment | None = None
    for one in found:
        if held is not None and _goes_on(held, one, page):
            held = replace(held, piece=Piece(page.text[held.piece.start : one.piece.span.end], held.piece.start))
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


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
