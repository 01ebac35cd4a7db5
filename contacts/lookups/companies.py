"""Leonar's companies, searched while a name is being typed."""

from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError

from contacts.contact import SHARED_MOST
from contacts.delivery import clients
from contacts.lookups.asking import ask
from contacts.text.folding import fold
from contacts.text.text import clean_text

# Fewer letters find everything.
LETTERS_LEAST = 2
SHOWN_MOST = 20
# Seconds for which an answer is remembered, and for which none is, so that typing on does not wait again.
REMEMBERED, SILENT = 300, 30


class Company(NamedTuple):
    """A company in Leonar."""

    name: str
    id: str


def search(text: str) -> list[Company]:
    """Those whose name matches, in Leonar's order; [] where it can't be asked or says nothing usable."""
    folded = fold(text)
    if not LETTERS_LEAST <= len(folded) <= SHARED_MOST:
        return []
    silence = _key("silent", "")
    key = _key("found", folded)
    known = cache.get(key)
    if known is None and not cache.get(silence):
        known = _asked(clean_text(text))
        cache.set(*((silence, True, SILENT) if known is None else (key, known, REMEMBERED)))
    return [Company(*pair) for pair in known or []]


def _asked(text: str) -> list[tuple[str, str]] | None:
    try:
        reply = ask(lambda client: client.companies(search=text, limit=SHOWN_MOST))
    except (DatabaseError, InterfaceError):
        clients.drop_database()
        return None
    if reply is None:
        return None
    pairs = [(item.get("name"), _id(item.get("id"))) for item in reply.data[:SHOWN_MOST]]
    return [(clean_text(name), id_) for name, id_ in pairs if isinstance(name, str) and clean_text(name) and id_]


def _id(value: object) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        return ""


def _key(what: str, text: str) -> str:
    # What was typed is in no key: caches log and list them.
    said = f"{settings.LEONAR_WORKSPACE}\n{settings.LEONAR_API_URL}\n{text}"
    return f"companies-{what}-{sha256(said.encode()).hexdigest()}"
