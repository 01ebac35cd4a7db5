"""What a reading gives: values with where they came from, and everything that found no place."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from contacts.contact import ADDRESS_FIELDS, names_of
from contacts.contact import Kind as FieldKind

# The API's fields that hold several values; each value of them is one `Value` of the reading.
ROWS = {each.name: each.single for each in ADDRESS_FIELDS}
LISTS = names_of(FieldKind.TEXTS)


class Certainty(StrEnum):
    """How sure a reader is of a value."""

    CERTAIN = "certain"  # said in so many words: a label, a property of a vCard, an address that can be nothing else
    LIKELY = "likely"  # two things speak for it
    GUESSED = "guessed"  # its place or its form alone speaks for it


class Kind(StrEnum):
    """Why a piece is left over."""

    TEXT = "text"  # no reader knew what it is
    PERSON = "person"  # it belongs to somebody else
    MESSAGE = "message"  # what the mail said before its signature, or what it quotes
    LEGAL = "legal"  # disclaimers and what the law wants below a letter
    FAX = "fax"
    PICTURE = "picture"
    BOOKKEEPING = "bookkeeping"  # what programs write into a vCard for each other


RECASED = "recased"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the input, in characters: from `start` up to and without `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one field, and where it was found.

    `spans` is where it stands in the input, `around` what else was used up with it: its label, separators, a greeting.
    `source` is the text of `spans`. `note` is "" or RECASED: the value's capitals are not those of its source.
    """

    field: str
    value: str | int | bool
    spans: tuple[Span, ...]
    around: tuple[Span, ...] = ()
    type: str = ""
    certainty: Certainty = Certainty.CERTAIN
    note: str = ""
    reader: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch that no reader may take values from. `shown` replaces its text where that is too long to show."""

    span: Span
    kind: Kind
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A piece of the input that found no place."""

    text: str
    span: Span
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Reading:
    """What was read from `text`: `values` and `pieces` together hold each character that is not white space."""

    text: str
    values: tuple[Value, ...] = ()
    pieces: tuple[Leftover, ...] = field(default=())

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The values by the API's names; what was not found is absent. Rows and lists are in the order of `values`."""
        found: dict[str, Any] = {}
        for value in self.values:
            if value.field in ROWS:
                row = {ROWS[value.field]: value.value} | ({"type": value.type} if value.type else {})
                found.setdefault(value.field, []).append(row)
            elif value.field in LISTS:
                found.setdefault(value.field, []).append(value.value)
            else:
                found[value.field] = value.value
        return found

    @property
    def leftovers(self) -> list[str]:
        """The text of each piece that found no place."""
        return [piece.text for piece in self.pieces]
