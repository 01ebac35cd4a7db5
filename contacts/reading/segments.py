"""Lines cut where people put a bar, a bullet or a dash; and what kind of line it is, by its form alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contacts.reading.kinds import is_title
from contacts.reading.page import Page, Piece
from contacts.reading.words import letters
from contacts.text.folding import fold

LINE_MOST = 300
_CELLS_LEAST = 3
_BETWEEN = re.compile(
    r"\s*[|•●▪◦‣∙⋅‧■◆♦►▶»¦│┃]+\s*|\s+·+\s*|·+\s+|\t+|\s+[-–—―~*+]+\s+|\s*//+\s*|\s+\\\s+|(?<=[^\W\d_]{3})\s?:\s+|\s{4,}|\s+::+\s+|\s*;\s*|\s+[<>«]+\s+"
)
_SLASH = re.compile(r"\s+/\s+")
_BRACKET = re.compile(r"\(([^()]{3,80})\)")
_FRAME = " \t\u00a0|•·●▪◦‣∙⋅‧■◆►▶→»«›‹–—―_=~*#/\\<>,;:-"
_SENTENCE = re.compile(r"[.!?…]\s*$")
_LOWER = re.compile(r"\b[^\W\d_A-ZÀ-ÖØ-Þ][^\W\d_]*")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a line; `in_row` where it is a cell of a table's row."""

    piece: Piece
    line: int
    in_row: bool = False

    @property
    def text(self) -> str:
        """Its text."""
        return self.piece.text


def segments(page: Page) -> Iterator[Segment]:
    """What is still to be read, cut at separators, without what frames it."""
    for number, part in page.open_pieces():
        in_row = is_row(page.lines[number].text)
        yield from (Segment(piece, number, in_row) for piece in cut(part))


def is_row(text: str) -> bool:
    """Whether a line is a row of a table, by its tabs or semicolons."""
    return any(text.count(mark) >= _CELLS_LEAST - 1 for mark in "\t;")


def cut(line: Piece) -> list[Piece]:
    """The parts of a line between its separators; none of a line too long to be a signature's."""
    if len(line.text) > LINE_MOST:
        return []
    parts = [part for piece in line.strip(_FRAME).split(_BETWEEN) for part in _opened(piece)]
    return [piece for piece in (one.strip(_FRAME) for one in parts) if piece.text]


def _opened(piece: Piece) -> list[Piece]:
    """Cut at a slash that does not part two titles, and out of brackets that hold a title."""
    halves = piece.split(_SLASH)
    if len(halves) > 1 and not all(is_title(half.text) for half in halves):
        return halves
    bracket = _BRACKET.search(piece.text)
    if bracket and is_title(bracket[1].split(",")[0]):
        return [piece.part(0, bracket.start()), piece.part(*bracket.span(1)), piece.part(bracket.end())]
    return [piece]


def is_prose(text: str) -> bool:
    """Whether `text` is (part of) a sentence, not the name of anything."""
    words = text.split()
    if len(words) > 12:
        return True
    if len(words) < 4:
        return bool(text.endswith(("?", "!")))
    lower = len(_LOWER.findall(text))
    return (bool(_SENTENCE.search(text)) and lower > len(words) / 2) or lower > max(4, len(words) * 0.75)


def is_closing(text: str) -> bool:
    """Whether a letter ends with this line: "Best regards,"."""
    return len(text) < 80 and bool(letters.CLOSING.fullmatch(fold(text)))


def is_salutation(text: str) -> bool:
    """Whether a letter begins with this line: "Dear Karim,"."""
    return len(text) < 80 and bool(letters.SALUTATION.fullmatch(fold(text)))
