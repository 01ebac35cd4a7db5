"""The input, and which of its characters have found a place: what keeps anything from being read twice or dropped."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from contacts.contact import FIELDS
from contacts.reading.country import Speaking, ranked, speaking
from contacts.reading.result import LISTS, ROWS, Aside, Span, Value
from contacts.text.folding import fold

_OPEN, _PLACED, _ASIDE = 0, 1, 2
_OPEN_RUN = re.compile(rb"\x00+")
# Fewer than the form takes: a text that names more of anything is no description of a person.
_LIST_MOST = 200
_ROWS_MOST = {name: FIELDS[name].items_most for name in ROWS} | dict.fromkeys(LISTS, _LIST_MOST)
_LENGTH_MOST = {each.name: each.most for each in FIELDS.values()}
# How far free text is read, in characters and in lines with anything on them: nobody's signature goes on below.
_NEAR_MOST = 16_000
_NEAR_LINES_MOST = 300
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the input with its text at hand."""

    text: str
    start: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.start + len(self.text))

    def part(self, start: int, end: int | None = None) -> "Piece":
        """What stands from `start` to `end`, counted in this piece."""
        return Piece(self.text[start:end], self.start + start)

    def strip(self, characters: str | None = None) -> "Piece":
        """Without `characters` (white space, if not given) at its ends."""
        if self.text.strip(characters) == self.text:
            # As most stand.
            return self
        bare = self.text.lstrip(characters)
        return Piece(bare.rstrip(characters), self.start + len(self.text) - len(bare))

    def split(self, separator: re.Pattern[str], most: int | None = None) -> list["Piece"]:
        """The pieces between the matches of `separator`, stripped, empty ones too; the last of `most` is the rest."""
        pieces, start = [], 0
        for match in islice(separator.finditer(self.text), most and most - 1):
            pieces.append(self.part(start, match.start()).strip())
            start = match.end()
        return [*pieces, self.part(start).strip()]


class Page:
    """The input on the way through the readers. `region` is the country whose numbers need no country code.

    `near` is how far free text is read, `lines` are its lines. Only a whole format is read further: `all_lines`.
    """

    def __init__(self, text: str, *, region: str) -> None:
        self.text = text
        self.region = region
        self.asides: list[Aside] = []
        self.lines = _near_lines(text)
        self.near = text[: self.lines[-1].span.end] if self.lines else ""
        self._filled = [(number, line) for number, line in enumerate(self.lines) if line.text.strip()]
        self._values: list[Value] = []
        self._by_field: dict[str, list[int]] = defaultdict(list)
        self._by_value: dict[tuple[str, str], int] = {}
        self._again: dict[int, list[Value]] = defaultdict(list)
        self._marks = bytearray(len(text))

    @property
    def all_lines(self) -> list[Piece]:
        """Every line of the input."""
        return _lines(self.text)

    @cached_property
    def countries(self) -> list[str]:
        """The countries by whose rules a number is read, those that most speaks for first."""
        return ranked(self._speaking, self.region)

    @cached_property
    def country(self) -> str:
        """The country that most speaks for; "" where nothing speaks for any."""
        return ranked(self._speaking, "")[0]

    @cached_property
    def _speaking(self) -> Speaking:
        return speaking(self.near)

    def values(self) -> list[Value]:
        """What has been placed, in the order of placing; each with all the places where it was found."""
        return [_joined(value, self._again.get(index, [])) for index, value in enumerate(self._values)]

    def all(self, field: str) -> list[Value]:
        """The values placed in `field`."""
        return [self._values[index] for index in self._by_field.get(field, ())]

    def has(self, field: str) -> bool:
        """Whether anything is placed in `field`."""
        return field in self._by_field

    def is_open(self, span: Span) -> bool:
        """Whether nothing of `span` has found a place yet."""
        return not any(self._marks[span.start : span.end])

    def open_parts(self, piece: Piece) -> list[Piece]:
        """What is still to be read of `piece`, stripped; no empty ones."""
        end = piece.start + len(piece.text)
        runs = (match.span() for match in _OPEN_RUN.finditer(self._marks, piece.start, end))
        parts = (piece.part(start - piece.start, end - piece.start).strip() for start, end in runs)
        return [part for part in parts if part.text]

    def open_pieces(self) -> Iterator[tuple[int, Piece]]:
        """What is still to be read of each line, with the line's number."""
        for number, line in self._filled:
            if self._marks.find(_OPEN, line.start, line.start + len(line.text)) >= 0:
                for part in self.open_parts(line):
                    yield number, part

    def place(self, value: Value, *, reader: str) -> bool:
        """Put `value` in its field, unless its text is taken or too long, or the field is full.

        The same value found again is no second value: it is added to the places where the first one was found.
        """
        if not _is_sound(value) or not all(self.is_open(span) for span in value.spans):
            return False
        # A label that two values share is the first one's.
        value = replace(value, around=tuple(span for span in value.around if self.is_open(span)))
        key = (value.field, fold(str(value.value)))
        known = self._by_value.get(key)
        if known is not None:
            self._again[known].append(value)
        elif self._is_full(value.field):
            return False
        else:
            self._by_value[key] = len(self._values)
            self._by_field[value.field].append(len(self._values))
            self._values.append(replace(value, reader=reader, source=value.source or _source(self.text, value.spans)))
        self._mark((*value.spans, *value.around), _PLACED)
        return True

    def set_aside(self, aside: Aside) -> None:
        """Show what is still open of this stretch as left over, and let no reader have it."""
        bounds = Piece(self.text[aside.span.start : aside.span.end], aside.span.start)
        parts = self.open_parts(bounds)
        self.asides += [replace(aside, span=part.span) for part in parts]
        self._mark(tuple(part.span for part in parts), _ASIDE)

    def _is_full(self, field: str) -> bool:
        return len(self._by_field.get(field, ())) >= _ROWS_MOST.get(field, 1)

    def _mark(self, spans: tuple[Span, ...], mark: int) -> None:
        for span in spans:
            self._marks[span.start : span.end] = bytes((mark,)) * (span.end - span.start)


def _joined(value: Value, again: list[Value]) -> Value:
    if not again:
        return value
    return replace(
        value,
        spans=tuple(span for one in (value, *again) for span in one.spans),
        around=tuple(span for one in (value, *again) for span in one.around),
        type=value.type or next((one.type for one in again if one.type), ""),
    )


def _is_sound(value: Value) -> bool:
    if not isinstance(value.value, str):
        return True
    return 0 < len(value.value) <= _LENGTH_MOST.get(value.field, len(value.value))


def _source(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(text[span.start : span.end].strip() for span in spans)


def _near_lines(text: str) -> list[Piece]:
    """The lines of free text that are read: the last one ends before a word where there is too much on it."""
    near = _lines(text[:_NEAR_MOST])
    if len(text) > _NEAR_MOST:
        last = near.pop()
        if last.start < _NEAR_MOST // 2:
            spaces = [match.start() for match in _SPACE.finditer(last.text)]
            near.append(last.part(0, spaces[-1] if spaces else None))
    filled = 0
    for number, line in enumerate(near):
        filled += bool(line.text.strip())
        if filled > _NEAR_LINES_MOST:
            return near[:number]
    return near


def _lines(text: str) -> list[Piece]:
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(Piece(line, start))
        start += len(line)
    return lines
