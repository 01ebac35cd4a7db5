"""A vCard of any version, as text or from a file: the first card is read, everything else on the page is left over."""

import re
from collections.abc import Iterator
from dataclasses import replace

from contacts.reading import values
from contacts.reading.content_lines import Card, ContentLine, first_card
from contacts.reading.country import regions
from contacts.reading.name_parts import NamePart, recased
from contacts.reading.names import split_name
from contacts.reading.page import Page, Piece
from contacts.reading.result import Aside, Kind, Span, Value
from contacts.reading.words import vcards
from contacts.text.folding import fold
from contacts.text.text import clean_text

NAME = "vcard"

# In characters. A shorter one is the address of a picture.
_PICTURE_LEAST = 200
_TAGS_MOST = 200
_LABELS_MOST = 4
# Written into the field of the city: 21079 Hamburg.
_POSTCODE = re.compile(
    r"(?:[A-Z]{1,2}-)?(?:\d{4} ?[A-Z]{2}|\d{2}-\d{3}|\d{4}-\d{3}|\d{3} \d{2}|\d{4,6})[\s,]+(?=[^\W\d_])"
)
# Where a card says in which country its numbers are dialled.
_TELLING = {"EMAIL", "TEL", "ADR", "URL"}


def fits(page: Page) -> bool:
    """Whether a card begins somewhere."""
    return "BEGIN:VCARD" in page.text.upper()


def read(page: Page) -> Iterator[Value | Aside]:
    """The first card's values; cards behind it are other people's."""
    card = first_card(page.all_lines)
    if card is None:
        return
    countries = regions(" ".join(line.text(line.raw) for line in card.lines if line.name in _TELLING), page.region)
    found = [value for line in card.lines for value in _values(line, countries, card)]
    found = [*_name(card), *found]
    frame = (*card.frame, *(line.span for line in card.lines if line.name == "VERSION" or not line.raw.text))
    for number, value in enumerate(found):
        yield value if number else replace(value, around=(*value.around, *frame))
    yield from _rest(page, card)


def _values(line: ContentLine, countries: list[str], card: Card) -> Iterator[Value]:
    match line.name:
        case "N" | "FN" if _is_company(line, card):
            yield from _one(line, "current_company", clean_text(line.text(line.raw).strip("; ")), card)
        case "EMAIL":
            yield from _one(line, "emails", values.email(line.text(line.raw)), card)
        case "TEL":
            if not line.types & vcards.NO_PHONE and "fax" not in fold(_label(line, card)):
                yield from _one(line, "phones", values.phone(line.text(line.raw), countries), card)
        case "TITLE":
            yield from _one(line, "title", clean_text(line.text(line.raw)), card)
        case "ROLE":
            if not any(other.name == "TITLE" and other.raw.text for other in card.lines):
                yield from _one(line, "title", clean_text(line.text(line.raw)), card)
        case "ORG":
            yield from _component(line, 0, "current_company", card)
        case "ADR":
            yield from _component(line, 3 if _says_city(line) else 6, "location", card, without=_POSTCODE)
        case "LANG" | "X-LANGUAGE":
            yield from _one(line, "languages", values.language(line.text(line.raw)), card)
        case "CATEGORIES":
            yield from _tags(line)
        case name if name in vcards.LINKEDIN:
            yield from _one(line, "linkedin_profile", values.linkedin(line.text(line.raw)), card)


def _one(line: ContentLine, field: str, value: str, card: Card) -> Iterator[Value]:
    if value and line.raw.text:
        around = (line.head, *_label_spans(line, card))
        yield Value(field, value, (line.raw.span,), around, type=_type(line, card))


def _component(
    line: ContentLine, index: int, field: str, card: Card, *, without: re.Pattern[str] | None = None
) -> Iterator[Value]:
    """One component of a structured value, without what matches at its start; the others stay open."""
    parts = line.parts()
    part = parts[index] if index < len(parts) else None
    ahead = without.match(part.text) if without and part is not None else None
    if part is not None and ahead:
        part = part.part(ahead.end())
    if part is not None and part.text:
        yield Value(field, clean_text(line.text(part)), (part.span,), (line.head, *_label_spans(line, card)))


def _says_city(line: ContentLine) -> bool:
    """Whether an address has a city, and not a country alone."""
    return any(part.text for part in line.parts()[3:4])


def _tags(line: ContentLine) -> Iterator[Value]:
    """Categories, without the ones that mail programs give to everybody."""
    around: tuple[Span, ...] = (line.head,)
    for part in line.parts(",")[:_TAGS_MOST]:
        tag = clean_text(line.text(part))
        if tag and fold(tag).strip("* ") not in vcards.NO_TAGS:
            yield Value("tags", tag, (part.span,), around)
            around = ()


def _name(card: Card) -> list[Value]:
    """First and last name from N, from FN where N says less; neither where the card is a company's."""
    structured = next((line for line in card.lines if line.name == "N" and line.raw.text.strip("; ")), None)
    formatted = next((line for line in card.lines if line.name == "FN" and line.raw.text), None)
    parts = _structured(structured) if structured and not _is_company(structured, card) else []
    line = structured
    if formatted and len(parts) < 2 and not _is_company(formatted, card):
        whole = _split(formatted, formatted.raw)
        if len(whole) > len(parts):
            parts, line = whole, formatted
    if not parts or line is None:
        return []
    found = [
        Value(part.field, part.text, part.spans, note=part.note, source="" if part.spans else line.text(line.raw))
        for part in parts
    ]
    again = [other for other in (structured, formatted) if other and other is not line and _says(other, card, parts)]
    around = (line.head, *(other.span for other in again))
    return [replace(found[0], around=around), *found[1:]]


def _structured(line: ContentLine) -> list[NamePart]:
    components = [(part, _with_letters(clean_text(line.text(part)))) for part in line.parts()[:3]]
    family, given, more = [*components, *[(line.raw.part(0, 0), "")] * 3][:3]
    if not given[1] and family[1]:
        return _split(line, family[0])
    if not family[1]:
        return _split(line, given[0])
    first = NamePart("first_name", " ".join(filter(None, (given[1], more[1]))), _spans(given[0], more[0]))
    return recased([first, NamePart("last_name", family[1], _spans(family[0]))])


def _with_letters(name: str) -> str:
    """A name, or "" where it is nothing but signs."""
    return name if any(character.isalpha() for character in name) else ""


def _split(line: ContentLine, raw: Piece) -> list[NamePart]:
    """The name in `raw` taken apart; where it is encoded, both parts stand in all of it."""
    text = line.text(raw)
    if text == raw.text:
        return split_name(raw)
    parts = split_name(Piece(text, 0))
    return [
        NamePart(part.field, clean_text(part.text), () if number else (raw.span,), part.note)
        for number, part in enumerate(parts)
    ]


def _says(line: ContentLine, card: Card, parts: list[NamePart]) -> bool:
    """Whether a line has no word that the card's N, or the parts of the name, do not have."""
    known = (
        " ".join(part.text for part in parts)
        + " "
        + " ".join(
            other.text(other.raw).replace(";", " ") for other in card.lines if other.name == "N" and other is not line
        )
    )
    return set(fold(line.text(line.raw)).replace(",", " ").replace(";", " ").split()) <= set(fold(known).split())


def _is_company(line: ContentLine, card: Card) -> bool:
    """Whether a card says the company's name where a person's would stand."""
    names = {fold(other.text(other.parts()[0])) for other in card.lines if other.name == "ORG" and other.raw.text}
    return fold(line.text(line.raw)).strip("; ") in names


def _type(line: ContentLine, card: Card) -> str:
    if line.name not in {"EMAIL", "TEL"}:
        return ""
    if line.types & vcards.WORK:
        return "work"
    if line.types & vcards.PERSONAL:
        return "personal"
    return values.address_type(set(_label(line, card).split()))


def _label(line: ContentLine, card: Card) -> str:
    """What the person called it: the X-ABLabel of its group, `_$!<Work>!$_` or in words of their own."""
    texts = [other.text(other.raw) for other in _labels(line, card)]
    return " ".join(texts).replace("_$!<", "").replace(">!$_", "")


def _label_spans(line: ContentLine, card: Card) -> list[Span]:
    return [other.span for other in _labels(line, card)]


def _labels(line: ContentLine, card: Card) -> list[ContentLine]:
    return [other for other in card.labels.get(line.group, [])[:_LABELS_MOST] if other.raw.text]


def _spans(*pieces: Piece) -> tuple[Span, ...]:
    return tuple(piece.span for piece in pieces if piece.text)


def _rest(page: Page, card: Card) -> Iterator[Aside]:
    """What the card says beyond its values, and what stands beside it."""
    for line in card.lines:
        if page.is_open(line.span):
            yield _left(line)
        else:
            yield from (Aside(part.span, Kind.TEXT, clean_text(line.text(part))) for part in line.parts())
    yield Aside(Span(0, card.span.start), Kind.TEXT)
    yield Aside(card.span, Kind.TEXT)
    below = Span(card.span.end, len(page.text))
    yield Aside(below, Kind.PERSON if "BEGIN:VCARD" in page.text[below.start :].upper() else Kind.TEXT)


def _left(line: ContentLine) -> Aside:
    encodings = {encoding.upper() for encoding in line.parameters.get("ENCODING", [])}
    if line.name in vcards.PICTURES and (encodings & {"B", "BASE64"} or len(line.raw.text) > _PICTURE_LEAST):
        return Aside(line.span, Kind.PICTURE, f"{line.name} ({max(1, len(line.raw.text) // 1024)} kB)")
    kind = Kind.BOOKKEEPING if line.name in vcards.BOOKKEEPING else Kind.TEXT
    shown = f"{line.name}: {clean_text(line.text(line.raw).replace(';', ' '))}" if line.is_encoded else ""
    return Aside(line.span, kind, shown)
