"""A row of a spreadsheet under its header: tabs, semicolons, or commas where the header makes them certain."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from contacts.reading import values
from contacts.reading.assignment import values_of
from contacts.reading.country import regions
from contacts.reading.field_names import field_of
from contacts.reading.page import Page, Piece
from contacts.reading.result import Aside, Kind, Span, Value
from contacts.text.folding import fold

NAME = "table"

_CELL = {
    separator: re.compile(
        rf'\s*"((?:[^"]|"")*)"\s*(?:{re.escape(separator)}|$)|([^{re.escape(separator)}]*)(?:{re.escape(separator)}|$)'
    )
    for separator in ("\t", ";", ",", "|")
}
_ROW_MOST = 8000
# What parts header and rows where a table is drawn with letters.
_RULE = re.compile(r"(?=[^-=]{0,40}[-=]{2})[\s|+:=-]+")
_SURE_SHARE = 0.5
_COMMAS_SHARE = 0.75
# So many of these make a line a header, whatever else stands in it.
_TELLING_LEAST = 4
_TELLING = {
    "first_name",
    "last_name",
    "middle_name",
    "name",
    "emails",
    "phones",
    "current_company",
    "title",
    "location",
}
_HONORIFIC_HEADINGS = {"title", "titel", "titre", "titulo", "titolo"}
_TYPE_OF = re.compile(r"(e-?mail|phone|telefon|telephone)\b.*\b(?:label|type)")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column's heading names, and the first row's cell in it."""

    field: str
    kind: str
    cell: Piece


def fits(page: Page) -> bool:
    """Whether the first line with anything in it is a header."""
    return _header(page) is not None


def read(page: Page) -> Iterator[Value | Aside]:
    """The first row's values; the rows below are other people's."""
    found = _header(page)
    if found is None:
        return
    header, separator, rows = found
    columns = _columns(_cells(header, separator), _cells(rows[0], separator))
    countries = regions(rows[0].text, page.region, headings=header.text)
    around: tuple[Span, ...] = (header.span,)
    # A Dutch name's "van den" has a column of its own, and so has a second first name.
    particle = next((one.cell for one in columns if one.field == "particle"), Piece("", 0))
    middle = next((one.cell for one in columns if one.field == "middle_name"), Piece("", 0))
    for one in columns:
        for value in values_of(one.field, one.kind, one.cell, (), countries, in_cell=True):
            if value.field == "last_name" and particle.text:
                value = replace(value, value=f"{particle.text} {value.value}", spans=(particle.span, *value.spans))
            if value.field == "first_name" and middle.text:
                value = replace(value, value=f"{value.value} {middle.text}", spans=(*value.spans, middle.span))
            yield replace(value, around=around)
            around = ()
    yield Aside(rows[0].span, Kind.TEXT)
    if rows[1:]:
        yield Aside(Span(rows[1].start, len(page.text)), Kind.PERSON)


def _header(page: Page) -> tuple[Piece, str, list[Piece]] | None:
    lines = [
        line.strip("\r\n") for line in page.lines[:_ROW_MOST] if line.text.strip() and not _RULE.fullmatch(line.text)
    ]
    if len(lines) < 2 or max(len(lines[0].text), len(lines[1].text)) > _ROW_MOST:
        return None
    for separator in _CELL:
        headings = [cell.text for cell in _cells(lines[0], separator)]
        known = {heading: found[0] for heading in headings if (found := field_of(heading)) is not None}
        if separator in lines[1].text and _are_headings(headings, known, commas=separator in ",|"):
            return lines[0], separator, lines[1:]
    return None


def _are_headings(headings: list[str], known: dict[str, str], *, commas: bool) -> bool:
    """Whether most cells name a field, or so many that the long list of an address book's export is no accident."""
    fields = set(known.values())
    if len(fields) < 2:
        return False
    headings = [heading for heading in headings if heading]
    share = _COMMAS_SHARE if commas else _SURE_SHARE
    return len(known) >= len(headings) * share or (len(fields & _TELLING) >= _TELLING_LEAST)


def _columns(headings: list[Piece], cells: list[Piece]) -> list[Column]:
    fields = [_field(heading.text) for heading in headings]
    named = {field for field, _kind in fields}
    titles = [number for number, (field, _kind) in enumerate(fields) if field == "title"]
    found: list[Column] = []
    kinds = {"emails": "", "phones": ""}
    for (field, kind), heading, cell in zip(fields, headings, cells, strict=False):
        of_type = _TYPE_OF.fullmatch(fold(heading.text))
        if of_type:
            # An address book says in a column of its own what kind of address the next column holds.
            kinds["emails" if "mail" in of_type[1] else "phones"] = values.address_type(set(cell.text.split()))
            continue
        if field in {"", "skip"} and values.linkedin(cell.text):
            field = "linkedin_profile"
        if field == "title" and len(titles) > 1 and fold(heading.text).strip(" .:") in _HONORIFIC_HEADINGS:
            # Beside a column for the job it holds Dr. or Mrs.
            continue
        found.append(Column(_meant(field, named), kind or kinds.get(field, ""), cell))
        kinds = {**kinds, field: ""} if field in kinds else kinds
    return found


def _field(heading: str) -> tuple[str, str]:
    return field_of(heading) or ("", "")


def _meant(field: str, named: set[str]) -> str:
    """The field that a heading means beside the others: "Nom" is the last name where there is a "Prénom"."""
    if field in {"some_name", "name"}:
        if {"first_name", "last_name"} <= named:
            return "skip"
        if "last_name" in named:
            return "first_name"
        return "last_name" if "first_name" in named else "name"
    return field


def _cells(row: Piece, separator: str) -> list[Piece]:
    found, start = [], 0
    while start <= len(row.text):
        match = _CELL[separator].match(row.text, start)
        if match is None:
            break
        group = 1 if match[1] is not None else 2
        found.append(row.part(match.start(group), match.end(group)).strip())
        if match.end() == len(row.text) and not match[0].endswith(separator):
            break
        start = match.end()
    return found
