"""Whether Leonar itself holds somebody like the person who is being entered: beyond what the portal sent there."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from contacts.contact import ADDRESS_KINDS, Key, full_name
from contacts.delivery import clients
from contacts.delivery.matching import contact_id, moment
from contacts.entry.entry import Entry
from contacts.leonar.client import Reply
from contacts.lookups import remembering
from contacts.lookups.duplicates import SHOWN_MOST, TELLING, is_twin, telling_keys
from contacts.models import Submission
from contacts.text.links import linkedin_name
from contacts.text.text import clean_text

log = logging.getLogger(__name__)

# Contacts of one search that are looked at, the newest first.
LIMIT = 100
# Seconds for which an answer is remembered.
REMEMBERED = 120


@dataclass(frozen=True, slots=True)
class Held:
    """A contact in Leonar of what may be the same person: the kinds of key that both share, and since when it is there.

    Whose it is in Leonar the portal can't tell, so nothing else of it is told.
    """

    matched: tuple[str, ...]
    created_at: datetime | None
    is_twin: bool


def find(payload: Mapping[str, Any]) -> list[Held]:
    """The likeliest first, at most five; none where Leonar can't be asked or does not answer within a second or so.

    Leonar finds contacts by name and LinkedIn address. Those that the portal sent or linked are told from its own keys.
    """
    return _found(payload, _searches(payload))


def twin(form: Entry, *, by: Any) -> Held | None:
    """Somebody in Leonar of the same name and an address in common, for a press that is stopped once; see `find`.

    A name is one search, so that nobody waits for more than that, and for none where the page has asked before. None
    where this very form was stored by `by` before: what Leonar holds may be its own contact then.
    """
    shape = form.shape
    name = _name(shape)
    if not name or not any(key.kind in ADDRESS_KINDS for key in telling_keys(shape)):
        return None
    try:
        if Submission.objects.filter(created_by=by, token=form.token).exists():
            return None
        return next((held for held in _found(shape, [name]) if held.is_twin), None)
    except (DatabaseError, InterfaceError) as error:
        clients.drop_database()
        log.warning("help: Leonar was not asked for a twin: %s", type(error).__name__)
        return None


def _found(payload: Mapping[str, Any], searches: Iterable[str]) -> list[Held]:
    own = {_digest(key): key.kind for key in telling_keys(payload)}
    if not own:
        return []
    shared: dict[UUID, tuple[set[str], datetime | None]] = {}
    for text in searches:
        for id_, created_at, digests in _answered(text):
            kinds = {own[digest] for digest in digests if digest in own}
            if not kinds.isdisjoint(TELLING):
                shared[id_] = kinds, created_at
    known = Submission.objects.here().filter(contact_id__in=shared).values_list("contact_id", flat=True)
    unknown = [_held(*shared[id_]) for id_ in shared.keys() - set(known)] if shared else []
    return sorted(unknown, key=lambda held: (not held.is_twin, -len(held.matched)))[:SHOWN_MOST]


def _held(kinds: set[str], created_at: datetime | None) -> Held:
    matched = tuple(kind for kind in TELLING if kind in kinds)
    return Held(matched, created_at, is_twin(kinds))


def _searches(payload: Mapping[str, Any]) -> list[str]:
    """A first name alone finds half of Leonar, and a profile says who it is."""
    profile = payload.get("linkedin_profile")
    slug = linkedin_name(profile) if isinstance(profile, str) else ""
    return [text for text in (_name(payload), slug) if text]


def _name(payload: Mapping[str, Any]) -> str:
    return clean_text(full_name(payload)) if payload.get("first_name") and payload.get("last_name") else ""


def _answered(text: str) -> list[tuple[UUID, datetime | None, list[str]]]:
    """What Leonar's search for `text` found: id, date and the digests of the keys of each contact."""
    return remembering.search(
        "contacts",
        text.casefold(),
        lambda client: client.search_contacts(search=text, limit=LIMIT),
        _digested,
        seconds=REMEMBERED,
    )


def _digested(reply: Reply) -> list[tuple[UUID, datetime | None, list[str]]]:
    found = [(contact_id(each), each) for each in reply.data[:LIMIT]]
    return [
        (id_, moment(each.get("created_at")), [_digest(key) for key in telling_keys(each)])
        for id_, each in found
        if id_
    ]


def _digest(key: Key) -> str:
    # No cache holds anybody's address.
    return sha256(f"{settings.SECRET_KEY}\n{key.kind}\n{key.value}".encode()).hexdigest()[:32]
