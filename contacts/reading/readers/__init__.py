"""The readers, in the order in which they look at a page; each sees what those before it have left.

A reader is a module with

    NAME            how `Value.reader` and the figures call it
    fits(page)      whether there is anything in it for this reader; cheap, and changes nothing
    read(page)      yields values (`Value`), and stretches that nobody may read any further (`Aside`)

It yields a value with the exact spans of its text, and its labels beside it; the page refuses what overlaps, so that
nothing is ever read twice. A reader that knows a whole format (a vCard, a row of a table; the next: a profile as PDF,
a CV) comes before those that read free text, and sets aside what belongs to other people. Every reader is linear in
the length of the page. To add one: write its module, put it in READERS,
put examples under tests/contacts/reading/corpus.
"""

from collections.abc import Iterator
from typing import Protocol

from contacts.reading.page import Page
from contacts.reading.readers import (
    address_name,
    addresses,
    chat,
    encoded,
    experience,
    headline,
    introduction,
    labels,
    letter,
    people,
    person,
    phones,
    places,
    table,
    vcard,
)
from contacts.reading.result import Aside, Value


class Reader(Protocol):
    """The shape of a reader."""

    NAME: str

    def fits(self, page: Page) -> bool:
        """Whether there is anything on this page for this reader."""
        ...

    def read(self, page: Page) -> Iterator[Value | Aside]:
        """What it finds."""
        ...


READERS: tuple[Reader, ...] = (
    vcard,
    table,
    chat,
    letter,
    encoded,
    labels,
    people,
    addresses,
    phones,
    experience,
    headline,
    introduction,
    places,
    person,
    address_name,
)
