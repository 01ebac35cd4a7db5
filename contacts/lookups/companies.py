"""Leonar's companies, searched while a name is being typed."""

from typing import NamedTuple

from contacts.contact import SHARED_MOST
from contacts.leonar.client import Reply
from contacts.lookups import remembering
from contacts.text.folding import fold
from contacts.text.ids import read_id
from contacts.text.text import clean_text

# Fewer letters find everything.
LETTERS_LEAST = 2
SHOWN_MOST = 20
# Seconds for which an answer is remembered.
REMEMBERED = 300


class Company(NamedTuple):
    """A company in Leonar."""

    name: str
    id: str


def search(text: str) -> list[Company]:
    """Those whose name matches, in Leonar's order; [] where it can't be asked or says nothing usable."""
    folded, asked = fold(text), clean_text(text)
    if not LETTERS_LEAST <= len(folded) <= SHARED_MOST:
        return []
    return remembering.search(
        "companies",
        folded,
        lambda client: client.companies(search=asked, limit=SHOWN_MOST),
        _companies,
        seconds=REMEMBERED,
    )


def _companies(reply: Reply) -> list[Company]:
    pairs = [(item.get("name"), read_id(item.get("id"))) for item in reply.data[:SHOWN_MOST]]
    return [
        Company(clean_text(name), str(id_)) for name, id_ in pairs if isinstance(name, str) and clean_text(name) and id_
    ]
