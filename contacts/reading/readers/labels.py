"""Values with a label before them: "tags: a, b", "m: +33 6 …", "Nachname: Weber", "current_company = Acme"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contacts.reading import values
from contacts.reading.assignment import values_of
from contacts.reading.field_names import field_of
from contacts.reading.headings import headed
from contacts.reading.page import Page, Piece
from contacts.reading.result import LISTS, Aside, Kind, Span, Value
from contacts.text.folding import fold

NAME = "labels"

_COLON = re.compile(r"\s{0,3}(?:[:：]|(?<![=!<>])=(?!=))(?!//)")
_TAB = re.compile(r"\t")
# What a label may follow on its line.
_BEFORE = re.compile(r"[|•·●▪◦‣∙⋅■►>,;\t]|^MECARD:|\s{2,}|\s[-–—*]\s|^[\s\-–—*>#]+")
_DECORATION = " \t.*_-–—•·>#\"'()[]{}\u00a0\ufe0f"
_FRAME = ' \t,;|•·-–—*"{}'
_CUT = re.compile(r"\s*[|•·●▪◦‣∙⋅■►]\s*|\t|\s{3,}")
_MOST = 40
_LONG_NUMBER = re.compile(r"\d(?:[ \u00a0()./-]{0,3}\d){7}")
_DASH = re.compile(r"\s+[-–—]\s+|\s*[,;]\s+")
_REACH = re.compile(r"@|\d(?:[ \u00a0()./-]{0,3}\d){7}")
# Fields whose values are words.
_WORDS = {"title", "current_company", "location", "source", "first_name", "last_name"}
# Letters that name a number, or where there is none something else.
_WITHOUT_NUMBER = {"c": "current_company", "t": "title", "f": "title"}
# Named again, it is the next person's.
_NAMES = {"name", "first_name", "last_name", "from"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label, the field that it names, and what stands behind it."""

    field: str
    kind: str
    label: Piece
    value: Piece


def fits(page: Page) -> bool:
    """Whether anything parts a label from its value, be it the end of the line."""
    return "\n" in page.near or any(mark in page.near for mark in ":：=\t")


def read(page: Page) -> Iterator[Value | Aside]:
    """The value of each label that is known; what a label says to be somebody else's is set aside."""
    found = list(_labelled(page))
    fields = {one.field for one in found}
    named: set[str] = set()
    for one in found:
        field = _meant(one, fields)
        if field == "secretary":
            # Who answers for somebody is called where no other number is there.
            is_number = len(_LONG_NUMBER.findall(page.near)) == 1 and bool(_LONG_NUMBER.search(one.value.text))
            field = "phones" if is_number else "others"
        if field in named and field in _NAMES:
            yield Aside(Span(one.label.start, len(page.text)), Kind.PERSON)
            return
        named.add(field)
        around = Span(one.label.start, one.value.start)
        if field in {"others", "skip", "fax", "middle_name"}:
            yield from _refused(field, one)
            continue
        yield from values_of(field, one.kind, one.value, (around,), page.countries)


def _refused(field: str, one: Labelled) -> Iterator[Aside]:
    kind = {"others": Kind.PERSON, "fax": Kind.FAX}.get(field, Kind.TEXT)
    yield Aside(Span(one.label.start, one.value.span.end), kind)


def _meant(one: Labelled, fields: set[str]) -> str:
    """The field that a label means beside its value and the others.

    "Nom" is the last name where there is a "Prénom", "c" the company where it has no number, "Work" says of an e-mail
    address whose it is, and "À" with an address is no place.
    """
    if values.linkedin(one.value.text):
        return "linkedin_profile"
    if "@" in one.value.text and one.field in {"phones", "address"}:
        return "emails" if one.field == "phones" else "others"
    if one.field == "name" and values.email(one.value.text) and "<" not in one.value.text:
        return "emails"
    letter = fold(one.label.text).strip(_DECORATION)
    if letter in _WITHOUT_NUMBER and not any(character.isdigit() for character in one.value.text):
        return _WITHOUT_NUMBER[letter]
    if one.field != "some_name" and not (one.field == "name" and fold(one.label.text).strip(_DECORATION) == "name"):
        return one.field
    if "last_name" in fields:
        return "first_name"
    if "first_name" in fields:
        return "last_name"
    return "name"


def _labelled(page: Page) -> Iterator[Labelled]:
    for label, value in headed(page):
        field, kind = field_of(label.text) or ("skip", "")
        if page.is_open(label.span) and page.is_open(value.span):
            yield Labelled(field, kind, label, value)
    waiting: Labelled | None = None
    for _number, part in list(page.open_pieces()):
        found = _of_part(part)
        if waiting is not None and not found:
            # A label alone on its line names what the next line says.
            yield Labelled(waiting.field, waiting.kind, waiting.label, _first_cut(part))
        waiting = None
        for one in found:
            if one.value.text:
                yield one
        if len(found) == 1 and not found[0].value.text:
            waiting = found[0]


def _of_part(part: Piece) -> list[Labelled]:
    marks: list[tuple[int, int, Piece]] = []
    for colon in (_TAB if _is_pair(part) else _COLON).finditer(part.text):
        label = _label_before(part, colon.start(), marks[-1][1] if marks else 0)
        if label is not None:
            marks.append((label.start - part.start, colon.end(), label))
    found = []
    for number, (_start, colon_end, label) in enumerate(marks):
        end = marks[number + 1][0] if number + 1 < len(marks) else len(part.text)
        field, kind = field_of(label.text) or ("fax", "")
        value = part.part(colon_end, end).strip(_FRAME)
        found.append(
            Labelled(field, kind, label, value if field in LISTS else _without_reach(field, _first_cut(value)))
        )
    return found


def _without_reach(field: str, value: Piece) -> Piece:
    """Words without the number or the address behind them: "company: Nordhavn Foods - phone +45 20 55 01 23"."""
    if field not in _WORDS:
        return value
    dash = next((dash for dash in _DASH.finditer(value.text) if _REACH.search(value.text, dash.end())), None)
    return value.part(0, dash.start()) if dash else value


def _is_pair(part: Piece) -> bool:
    """Whether a line is a label and its value in two columns."""
    label, tab, value = part.text.partition("\t")
    return bool(tab) and "\t" not in value.strip() and field_of(label) is not None


def _label_before(part: Piece, end: int, start: int) -> Piece | None:
    """The known label that ends at `end`, from the last separator on."""
    begin = max(start, end - _MOST)
    boundaries = [match.end() for match in _BEFORE.finditer(part.text, begin, end)]
    if begin in (0, start):
        boundaries.insert(0, begin)
    for boundary in boundaries:
        label = part.part(boundary, end).strip(_DECORATION)
        if field_of(label.text) is not None:
            return part.part(label.start - part.start, end)
    return None


def _first_cut(value: Piece) -> Piece:
    return value.split(_CUT)[0]
