"""A row of a spreadsheet under its header: tabs, semicolons, or commas where the header makes them certain."""

import re
from collections.abc import Iterator
from dataclasses import replace

from contacts.reading import values
from contacts.reading.assignment import values_of
from contacts.reading.country import regions
from contacts.reading.page import Page, Piece
from contacts.reading.result import Aside, Kind, Span, Value
from contacts.reading.words import labels
from contacts.text.folding import fold

NAME = "table"

_CELL = {
    separator: re.compile(
        rf'\s*"((?:[^"]|"")*)"\s*(?:{re.escape(separator)}|$)|([^{re.escape(separator)}]*)(?:{re.escape(separator)}|$)'
    )
    for separator in ("\t", ";", ",", "|")
}
_ROW_MOST = 8000
_SURE_SHARE = 0.5
_COMMAS_SHARE = 0.75


def fits(page: Page) -> bool:
    """Whether the first line with anything in it is a header."""
    return _header(page) is not None


def read(page: Page) -> Iterator[Value | Aside]:
    """The first row's values; the rows below are other people's."""
    found = _header(page)
    if found is None:
        return
    fields, header, separator, rows = found
    countries = regions("\n".join(row.text for row in rows[:1]), page.region)
    around: tuple[Span, ...] = (header.span,)
    columns = list(zip(fields, _cells(rows[0], separator), strict=False))
    # A Dutch name's "van den" has a column of its own.
    particle = next((cell for (field, _kind), cell in columns if field == "particle"), Piece("", 0))
    for (field, kind), cell in columns:
        if field in {"", "skip"} and values.linkedin(cell.text):
            field = "linkedin_profile"
        if field in {"", "skip", "others", "fax", "address", "particle"}:
            continue
        for value in values_of(_meant(field, fields), kind, cell, (), countries, in_cell=True):
            if value.field == "last_name" and particle.text:
                value = replace(value, value=f"{particle.text} {value.value}", spans=(particle.span, *value.spans))
            yield replace(value, around=around)
            around = ()
    yield Aside(rows[0].span, Kind.TEXT)
    if rows[1:]:
        yield Aside(Span(rows[1].start, len(page.text)), Kind.PERSON)


def _header(page: Page) -> tuple[list[tuple[str, str]], Piece, str, list[Piece]] | None:
    lines = [line.strip("\r\n") for line in page.lines[:_ROW_MOST] if line.text.strip()]
    if len(lines) < 2 or max(len(lines[0].text), len(lines[1].text)) > _ROW_MOST:
        return None
    for separator in _CELL:
        cells = _cells(lines[0], separator)
        fields = [_field(cell.text) for cell in cells]
        known = [field for field, _kind in fields if field]
        enough = len(cells) * (_COMMAS_SHARE if separator in ",|" else _SURE_SHARE)
        if len(set(known)) >= 2 and len(known) >= enough and separator in lines[1].text:
            return fields, lines[0], separator, lines[1:]
    return None


def _field(heading: str) -> tuple[str, str]:
    folded = " ".join(fold(heading).strip(" .*#:").replace("_", " ").replace(".", "").split())
    return labels.FIELD_OF.get(folded, ("fax", "") if folded in labels.FAX else ("", ""))


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


def _meant(field: str, fields: list[tuple[str, str]]) -> str:
    """The field that a heading means beside the others: "Nom" is the last name where there is a "Prénom"."""
    named = {other for other, _kind in fields}
    if field in {"some_name", "name"}:
        if "last_name" in named:
            return "first_name"
        return "last_name" if "first_name" in named else "name"
    return field
