"""Lines cut where people put a bar, a bullet or a dash; and what kind of line it is, by its form alone."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from contacts.reading.kinds import has_legal_form, is_title
from contacts.reading.name_words import is_name_like
from contacts.reading.page import Page, Piece
from contacts.reading.words import companies, letters
from contacts.text.folding import fold

LINE_MOST = 300
_CELLS_LEAST = 3
_CLOSING_MOST = 80
_SIGNED_WORDS_MOST = 6
_SIGNED_WORD = re.compile(r"\S+")
_CELLS = re.compile(r"\s*[,;\t]\s*")
_BETWEEN = re.compile(
    r"\s*[|•●▪◦‣∙⋅‧■◆♦►▶»¦│┃]+\s*|\s+·+\s*|·+\s+|\t+|\s+[-–—―~*]+\s+|\s*//+\s*|\s+\\\s+|(?<=[^\W\d_]{3})\s?:\s+|\s{4,}|\s*</?(?:br|p|div|span|b|i|strong|em|td|tr|li)\b\s?/?>?\s*|\s+::+\s+|\s*;\s*|\s+[<>«]+\s+"
    r"|\s*[\u2190-\u21ff\u2300-\u24ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+\s*"
)
# A row of a file of comma-separated values: "Novak, Jana","Accountant".
_QUOTED = re.compile(r'(?:^|[,;\t])"[^"\n]{2,200}"(?=\s*(?:[,;]|$))')
_QUOTED_CELL = re.compile(r'"[^"]*"|[^",;\t]+')
_GAP = re.compile(r"[ \u00a0]{2,3}(?! )([^|]{1,40})$")
_PERIOD = re.compile(r"(?:(?:[^\W\d_]{3,9}\.? )?(?:19|20)\d\d|since|depuis|seit|desde|sinds)\b", re.IGNORECASE)
_SLASH = re.compile(r"\s+/\s+")
_BRACKET = re.compile(r"\(([^()]{3,80})\)")
_WRAPPED = re.compile(r"\[[^\[\]]+\]|\([^()]+\)|'[^']+'")
_FRAME = " \t\u00a0|•·●▪◦‣∙⋅‧■◆►▶→»«›‹–—―_=~*#/\\<>,;:-"
_SENTENCE = re.compile(r"[.!?…]\s*$")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{2})[.!?]\s+(?=[A-ZÀ-Þ])")
_SENTENCES_MOST = 3
_LETTER_MOST = 2000
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
    for number, parts in groupby(page.open_pieces(), key=itemgetter(0)):
        line = page.lines[number].text
        in_row, commas = _is_row(line), _has_bare_commas(line)
        if _is_quoted_row(line):
            pieces = _open_cells(page, page.lines[number])
        else:
            pieces = [
                piece for _number, part in parts for end in _signed_end(part) for piece in cut(end, commas=commas)
            ]
        yield from (Segment(piece, number, in_row) for piece in pieces if not _is_furniture(piece.text))


def joined(found: list[Segment], page: Page, goes_on: Callable[[Segment, Segment], bool]) -> Iterator[Segment]:
    """The segments, each together with the next one where it goes on there."""
    held: Segment | None = None
    for one in found:
        if held is not None and goes_on(held, one):
            held = replace(held, piece=Piece(page.text[held.piece.start : one.piece.span.end], held.piece.start))
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def _is_row(text: str) -> bool:
    """Whether a line is a row of a table, by its tabs or semicolons."""
    return _has_bare_commas(text) or _is_quoted_row(text) or any(text.count(mark) >= _CELLS_LEAST - 1 for mark in "\t;")


def _is_quoted_row(text: str) -> bool:
    """Whether a line is a row of separated values, some of them in quotation marks."""
    if len(text) > LINE_MOST or text.count('"') % 2 or not _QUOTED.search(text.strip()):
        return False
    return len(_QUOTED_CELL.findall(text)) >= _CELLS_LEAST


def _signed_end(part: Piece) -> list[Piece]:
    """Whoever signs on the line of the letter itself, apart from it: "… next week. Best, Jo Flint, Buyer"."""
    for end in list(_SENTENCE_END.finditer(part.text[:_LETTER_MOST]))[-_SENTENCES_MOST:]:
        closing, comma, signed = part.text[end.end() :].partition(",")
        if comma and signed.strip() and is_closing(closing):
            signed_at = end.end() + len(closing) + 1
            return [part.part(0, end.start()), part.part(end.end(), signed_at), part.part(signed_at).strip()]
    return [part]


def _open_cells(page: Page, line: Piece) -> list[Piece]:
    """What is still to be read of a row with quotation marks."""
    cells = (line.part(*match.span()).strip(_FRAME + '"') for match in _QUOTED_CELL.finditer(line.text))
    open_parts = (part.strip(_FRAME + '"') for cell in cells for part in page.open_parts(cell))
    return [part for part in open_parts if part.text]


def _has_bare_commas(text: str) -> bool:
    """Commas part cells where no blank follows any of them."""
    return text.count(",") > _CELLS_LEAST and ", " not in text


def cut(line: Piece, *, commas: bool = False) -> list[Piece]:
    """The parts of a line between its separators; none of a line too long to be a signature's.

    `commas`: the line is a row whose cells are parted by commas.
    """
    if len(line.text) > LINE_MOST:
        return []
    between = _CELLS if commas else _BETWEEN
    line = line.strip(_FRAME)
    parts = [part for piece in _outside_brackets(line, between) for part in _opened(_without_margin(piece))]
    return [piece for piece in (_unwrapped(one.strip(_FRAME)) for one in parts) if piece.text]


def _without_margin(piece: Piece) -> Piece:
    """Without the button of a profile, or the years, that a wide gap parts from it: "Warsaw, Poland  Contact info"."""
    gap = _GAP.search(piece.text)
    is_margin = gap and (letters.FURNITURE.fullmatch(fold(gap[1])) or _PERIOD.match(gap[1]))
    return piece.part(0, gap.start()) if gap and is_margin else piece


def _unwrapped(piece: Piece) -> Piece:
    """Without brackets around all of it: [Bantry Foods]."""
    return piece.part(1, -1).strip(_FRAME) if _WRAPPED.fullmatch(piece.text) else piece


def _outside_brackets(line: Piece, between: re.Pattern[str]) -> list[Piece]:
    """Cut at separators, but not inside brackets: Mobile Engineer (iOS / Android)."""
    closed = [match.span() for match in _BRACKET.finditer(line.text)]
    pieces, start = [], 0
    for match in between.finditer(line.text):
        while closed and closed[0][1] <= match.start():
            closed.pop(0)
        if not closed or match.end() <= closed[0][0]:
            pieces.append(line.part(start, match.start()).strip())
            start = match.end()
    return [*pieces, line.part(start).strip()]


def _opened(piece: Piece) -> list[Piece]:
    """Cut at a slash that does not part two titles, and out of brackets that hold a title."""
    halves = _outside_brackets(piece, _SLASH)
    if len(halves) > 1 and not all(is_title(half.text) for half in halves):
        return halves
    bracket = _BRACKET.search(piece.text)
    is_whole = bracket and bracket.end() == len(piece.text) and is_title(piece.text[: bracket.start()])
    if bracket and not is_whole and "/" not in bracket[1] and _says_work(bracket[1], piece.text[: bracket.start()]):
        return [piece.part(0, bracket.start()), piece.part(*bracket.span(1)), piece.part(bracket.end())]
    return [piece]


def _is_furniture(text: str) -> bool:
    return len(text) <= _CLOSING_MOST and bool(letters.FURNITURE.fullmatch(fold(text)))


def _says_work(bracketed: str, before: str) -> bool:
    """Whether brackets hold a title or, behind a name, a company."""
    if is_title(bracketed.split(",")[0]) or has_legal_form(bracketed):
        return True
    return is_name_like(before) and any(fold(word) in companies.WORDS for word in bracketed.split())


def is_prose(text: str) -> bool:
    """Whether `text` is (part of) a sentence, not the name of anything."""
    words = text.split()
    if len(words) > 12:
        return True
    if len(words) < 4:
        return bool(text.endswith(("?", "!")))
    if fold(words[0]) in letters.SPEAKERS:
        return True
    lower = len(_LOWER.findall(text))
    return (bool(_SENTENCE.search(text)) and lower > len(words) / 2) or lower > max(4, len(words) * 0.75)


def is_closing(text: str) -> bool:
    """Whether a letter ends with this line: "Best regards,"."""
    if len(text) >= _CLOSING_MOST:
        return False
    # In two languages: "Bien à vous / Kind regards".
    return all(letters.CLOSING.fullmatch(fold(part)) for part in _SLASH.split(text))


def behind_closing(piece: Piece) -> Piece | None:
    """Who signs on the line of the closing: "LG Svenja", "Thanks, Tom"; None where it does not begin with one."""
    words = list(_SIGNED_WORD.finditer(piece.text[:_CLOSING_MOST]))
    if len(piece.text) > _CLOSING_MOST or not 1 < len(words) <= _SIGNED_WORDS_MOST:
        return None
    for count in range(len(words) - 1, 0, -1):
        if is_closing(piece.text[: words[count - 1].end()]):
            return piece.part(words[count].start())
    return None


def is_salutation(text: str) -> bool:
    """Whether a letter begins with this line: "Dear Karim,"."""
    if len(text) >= _CLOSING_MOST or has_legal_form(text) or is_closing(text):
        return False
    return bool(letters.SALUTATION.fullmatch(fold(text)))
