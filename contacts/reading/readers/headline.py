"""The heading of a profile's page, as searches and tabs show it: "Jo Quill - Buyer - Acme | LinkedIn"."""

import re
from collections.abc import Iterator

from contacts.reading.kinds import could_be_company, is_title
from contacts.reading.name_words import is_name_like
from contacts.reading.names import split_name
from contacts.reading.page import Page, Piece
from contacts.reading.result import Certainty, Span, Value
from contacts.text.text import clean_text

NAME = "headline"

_HEADING = re.compile(
    r"^\s*(?:\(\d{1,3}\) )?(?P<said>[^|\n]{3,200}?)\s*(?P<site>\|\s*LinkedIn)\s*$", re.IGNORECASE | re.MULTILINE
)
_DASH = re.compile(r"\s+[-–—]\s+")


def fits(page: Page) -> bool:
    """Whether a line ends as such headings do."""
    return "linkedin" in page.near.casefold() and not page.has("first_name") and _HEADING.search(page.near) is not None


def read(page: Page) -> Iterator[Value]:
    """The name, then the title and the company as far as it has them."""
    match = _HEADING.search(page.near)
    if match is None:
        return
    name, *said = Piece(match["said"], match.start("said")).split(_DASH)
    if not (is_name_like(name.text) and " " in name.text) or is_title(name.text):
        return
    around: tuple[Span, ...] = (Span(*match.span("site")),)
    for part in split_name(name, region=page.country):
        yield Value(part.field, part.text, part.spans, around, certainty=Certainty.LIKELY, note=part.note)
        around = ()
    if said and is_title(said[0].text):
        yield _value("title", said.pop(0))
    if len(said) == 1 and could_be_company(said[0].text) and not is_title(said[0].text):
        yield _value("current_company", said[0])


def _value(field: str, piece: Piece) -> Value:
    return Value(field, clean_text(piece.text), (piece.span,), certainty=Certainty.LIKELY)
