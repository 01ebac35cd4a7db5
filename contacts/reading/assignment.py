"""The text behind a label, or in a column, made into the values of its field."""

import re
from collections.abc import Callable, Iterator

from contacts.reading import values
from contacts.reading.kinds import TEAMS, is_title
from contacts.reading.name_parts import NamePart, recased
from contacts.reading.name_words import is_name_like
from contacts.reading.names import split_name
from contacts.reading.page import Piece
from contacts.reading.result import LISTS, Certainty, Span, Value
from contacts.reading.segments import LINE_MOST
from contacts.reading.words import companies, vcards
from contacts.text.folding import fold
from contacts.text.text import clean_text

_ITEMS = re.compile(
    r"[,;\t|•·、，；]+|(?<!\s)\s+/\s+|(?<=[^\W\d_]{2})/(?=[^\W\d_]{2})|(?<!\s)\s+(?:et|and|und|y|en|&)\s+(?=[^\W\d_]+\s*$)"
)
_TAGS = re.compile(r"[,;\t|•·、，；]+|(?<!\s)\s+/\s+|(?<!\s)\s+(?=#)")
_ADDRESSES = re.compile(r"[,;|]\s*|(?<!\s)\s+(?:or|ou|oder|o|of|et|and|und|y|en|/)\s+|(?<!\s)\s+(?=\S{1,64}@)")
_NUMBERS = re.compile(r"[,;|]\s*|(?<!\s)\s+(?:or|ou|oder|o|of|et|and|und|y|en|/|-)\s+|/\s*(?=[+0(])")
_LEVEL = re.compile(
    r"\s*\([^()]*\)\s*$|\s*[:–-]\s.*$|\s+(?:[abc][12]\+?|native|fluent|bilingual|basic|courant|bilingue|maternelle|notions"
    r"|muttersprache|fliessend|fließend|verhandlungssicher|nativo|fluido|moedertaal|vloeiend)\b.*$",
    re.IGNORECASE,
)
_FRAME = " \t,;|•·-–—*#\"'“”<>"


def values_of(
    field: str, kind: str, piece: Piece, around: tuple[Span, ...], regions: list[str], *, in_cell: bool = False
) -> Iterator[Value]:
    """What `piece` says for `field`; nothing where it says none. `around` goes to the first value; `kind` is a type.

    `in_cell`: it is a spreadsheet's.
    """
    if len(piece.text) > LINE_MOST and field not in LISTS:
        return
    end = piece.start
    for value in _values(field, kind, piece, regions, in_cell=in_cell):
        before = Span(end, value.spans[0].start)
        if field in LISTS and not piece.text[before.start - piece.start : before.end - piece.start].strip(_FRAME):
            around = (*around, before)
        yield Value(value.field, value.value, value.spans, around, value.type, value.certainty, value.note)
        around, end = (), value.spans[-1].end


def _values(field: str, kind: str, piece: Piece, regions: list[str], *, in_cell: bool) -> Iterator[Value]:
    match field:
        case "emails":
            yield from _many(piece, _ADDRESSES, field, kind, values.email)
        case "phones":
            yield from _many(piece, _NUMBERS, field, kind, lambda text: values.phone(text, regions, in_cell=in_cell))
        case "name" | "from":
            yield from _named(piece, regions[0] if regions else "")
        case "first_name" | "last_name":
            yield from _name_part(field, piece)
        case "languages":
            for item in piece.split(_ITEMS):
                bare = item.part(0, len(_LEVEL.sub("", item.text)))
                yield from _one(field, values.language(bare.text), bare)
        case _ if field in LISTS:
            for item in piece.split(_TAGS):
                bare = item.strip(_FRAME)
                if field == "tags" and fold(bare.text) in vcards.NO_TAGS:
                    continue
                yield from _one(field, clean_text(bare.text), bare)
        case "linkedin_profile":
            yield from _one(field, values.linkedin(piece.text), piece)
        case "years_experience":
            years = values.years(piece.text)
            yield from [] if years is None else [Value(field, years, (piece.span,))]
        case "do_not_contact":
            # The API tells "no" from "not said"; a form that is not ticked says nothing.
            yield from [Value(field, True, (piece.span,))] if values.truth(piece.text) else []
        case "global_status":
            yield from _one(field, values.status(piece.text), piece)
        case "company_id":
            yield from _one(field, values.identifier(piece.text), piece)
        case "location" if fold(piece.text).split(" ")[-1] in companies.NO_NAMES:
            # A meeting's, such as Microsoft Teams.
            return
        case "title" | "current_company" | "location" if "://" in piece.text:
            return
        case "title" | "current_company" | "location" | "source":
            yield from _one(field, clean_text(piece.text), piece)


def _one(field: str, value: str, piece: Piece) -> Iterator[Value]:
    if value and piece.text:
        yield Value(field, value, (piece.span,))


def _many(
    piece: Piece, separator: re.Pattern[str], field: str, kind: str, read: Callable[[str], str]
) -> Iterator[Value]:
    """Each of several addresses or numbers; what is none among them stays where it is."""
    whole = read(piece.text)
    for item in [piece] if whole.startswith("+") or "@" in whole else piece.split(separator):
        bare = item.strip(_FRAME)
        value = read(bare.text)
        if value:
            certainty = Certainty.CERTAIN if "@" in value or value.startswith("+") else Certainty.LIKELY
            yield Value(field, value, (bare.span,), type=kind, certainty=certainty)


def _named(piece: Piece, region: str) -> Iterator[Value]:
    """A name, an address, or both: `Name <address>`. One word before an address that nobody reads is a service."""
    before, bracket, _after = piece.text.partition("<")
    address = values.email(piece.text)
    if address:
        yield Value("emails", address, (piece.part(len(before)).span if bracket else piece.span,))
    is_sender = bracket and not address and " " not in before.strip()
    is_sender = is_sender or bool(TEAMS & set(fold(before).split()))
    if (bracket or not address) and not is_sender:
        yield from _name(_leading_name(piece.part(0, len(before)).strip(_FRAME)), region)


def _leading_name(piece: Piece) -> Piece:
    """`piece` up to the first comma behind which no name goes on: Sophie Martin, sophie@acme.example, 06 …"""
    first = piece.text.find(",")
    for end in (len(piece.text), piece.text.find(",", first + 1), first):
        is_titled = first > 0 and is_title(piece.text[first + 1 : max(end, first + 1)])
        if end > 0 and is_name_like(piece.text[:end].title()) and not is_titled:
            return piece.part(0, end)
    return piece.part(0, 0)


def _name(piece: Piece, region: str) -> Iterator[Value]:
    for part in split_name(piece, region=region):
        yield Value(part.field, part.text, part.spans, note=part.note)


def _name_part(field: str, piece: Piece) -> Iterator[Value]:
    if piece.text:
        (part,) = recased([NamePart(field, clean_text(piece.text), (piece.span,))])
        yield Value(part.field, part.text, part.spans, note=part.note)
