"""The heading of a profile's page, as searches and tabs show it: "Jo Quill - Buyer - Acme | LinkedIn"."""

import re
from collections.abc import Iterator

from contacts.reading.kinds import could_be_company, is_title
from contacts.reading.name_words import is_name_like
from contacts.reading.names import split_name
from contacts.reading.page import Page, Piece
from contacts.reading.result import Certainty, Span, Value
from contacts.reading.segments import LINE_MOST
from contacts.text.text import clean_text

NAME = "headline"

# How many messages wait, as tabs show it.
_WAITING = re.compile(r"\(\d{1,3}\) ")
_DASH = re.compile(r"\s+[-–—]\s+")


def fits(page: Page) -> bool:
    """Whether a line ends as such headings do."""
    return not page.has("first_name") and _heading(page) is not None


def read(page: Page) -> Iterator[Value]:
    """The name, then the title and the company as far as it has them."""
    heading = _heading(page)
    if heading is None:
        return
    line, site = heading
    waiting = _WAITING.match(line.text)
    name, *said = line.part(waiting.end() if waiting else 0).split(_DASH)
    if not (is_name_like(name.text) and " " in name.text) or is_title(name.text):
        return
    around: tuple[Span, ...] = (site,)
    for part in split_name(name, region=page.country):
        yield Value(part.field, part.text, part.spans, around, certainty=Certainty.LIKELY, note=part.note)
        around = ()
    if said and is_title(said[0].text):
        yield _value("title", said.pop(0))
    if len(said) == 1 and could_be_company(said[0].text) and not is_title(said[0].text):
        yield _value("current_company", said[0])


def _heading(page: Page) -> tuple[Piece, Span] | None:
    """The first line that ends in "| LinkedIn" without that, and where that stands."""
    for line in page.lines:
        said, bar, site = line.text.rpartition("|") if len(line.text) <= LINE_MOST else ("", "", "")
        if bar and said.strip() and site.strip().casefold() == "linkedin":
            return line.part(0, len(said)).strip(), line.part(len(said)).strip().span
    return None


def _value(field: str, piece: Piece) -> Value:
    return Value(field, clean_text(piece.text), (piece.span,), certainty=Certainty.LIKELY)
