"""What Leonar's searches found, remembered for a while, so that whoever types on does not ask again."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError

from contacts.delivery import clients
from contacts.leonar.client import LeonarClient, Reply
from contacts.lookups.asking import ask

Found = TypeVar("Found")

# Seconds for which nothing is searched for after a search without an answer.
SILENT = 30


def search(
    what: str, text: str, call: Callable[[LeonarClient], Reply], read: Callable[[Reply], list[Found]], *, seconds: int
) -> list[Found]:
    """What `read` makes of Leonar's answer to `call`, the search of `what` for `text`; [] where there is none.

    It is remembered for so many seconds, and what `read` returns must be fit for a cache: nobody's address is.
    """
    silence, key = _key(what, "silent", ""), _key(what, "found", text)
    known = cache.get(key)
    if known is None and not cache.get(silence):
        known = _asked(call, read)
        cache.set(*((silence, True, SILENT) if known is None else (key, known, seconds)))
    return known or []


def _asked(call: Callable[[LeonarClient], Reply], read: Callable[[Reply], list[Found]]) -> list[Found] | None:
    try:
        reply = ask(call)
    except (DatabaseError, InterfaceError):
        clients.drop_database()
        return None
    return None if reply is None else read(reply)


def _key(what: str, which: str, text: str) -> str:
    # What was typed is in no key: caches log and list them.
    said = f"{settings.LEONAR_WORKSPACE}\n{settings.LEONAR_API_URL}\n{text}"
    return f"{what}-{which}-{sha256(said.encode()).hexdigest()}"
