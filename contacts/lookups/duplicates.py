"""Who of those entered before may be the person who is being entered now."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from contacts.comparison import Difference, differences
from contacts.contact import ADDRESS_KINDS, Key, company_name, keys
from contacts.delivery import clients
from contacts.entry.entry import Entry
from contacts.models import ContactKey, Submission
from contacts.reading.words import companies
from contacts.text.identity import name_key

log = logging.getLogger(__name__)

# Keys by which a person is recognised. A name alone is none: there are many Sophie Martins.
TELLING = (*ADDRESS_KINDS, "name_company")
# They make no two namesakes one person.
NO_COMPANY = frozenset(map(name_key, companies.NO_COMPANY))
# A switchboard's number may be everybody's; the latest who have it are looked at.
KEYS_MOST = 200
SHOWN_MOST = 5


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A submission of what may be the same person.

    `matched` are the kinds of key that both share. A colleague's entry is told, not shown: then `submission_id` is
    None, and nothing is said of what this entry would add to it. `is_twin`: the same name and an address in common.
    """

    matched: tuple[str, ...]
    entered_by: str
    entered_at: datetime
    submission_id: UUID | None
    adds: tuple[Difference, ...]
    is_twin: bool


def find(
    payload: Mapping[str, Any], *, viewer: Any, token: UUID | None = None, leaving_out: UUID | None = None
) -> list[Duplicate]:
    """The likeliest first, at most five, of this workspace alone.

    Left out are what this very form, known by its `token`, was sent as before, and the submission that is being
    corrected. Discarded ones don't count: nothing of them is in Leonar.
    """
    shared = _shared_keys(telling_keys(payload))
    if leaving_out is not None:
        shared.pop(leaving_out, None)
    if not shared:
        return []
    namesakes = _namesakes(payload, shared)
    latest = [pk for pk in _newest_first(shared, viewer=viewer, token=token) if pk not in namesakes]
    # Only those that are shown are read: an employer's switchboard is shared by hundreds.
    likeliest = sorted(latest, key=lambda pk: _rank(shared[pk]))[:SHOWN_MOST]
    if not likeliest:
        return []
    shown = Submission.objects.select_related("created_by").defer("typed", "contact").in_bulk(likeliest)
    visible = {each.pk for each in Submission.visible_among(shown.values(), viewer)}
    return [_duplicate(shown[pk], payload, shared[pk], is_visible=pk in visible) for pk in likeliest if pk in shown]


def _newest_first(found: Iterable[UUID], *, viewer: Any, token: UUID | None) -> list[UUID]:
    """Those of these submissions that count."""
    # By key alone: told the workspace too, SQLite might walk all of it. Their keys are of this one.
    rows = Submission.objects.filter(pk__in=list(found)).order_by()
    counted = [
        (entered, pk)
        for pk, state, by, form, entered in rows.values_list("pk", "state", "created_by", "token", "created_at")
        if state != Submission.State.DISCARDED and (token is None or (by, form) != (viewer.pk, token))
    ]
    return [pk for _entered, pk in sorted(counted, reverse=True)]


def of_form(form: Entry, *, viewer: Any, leaving_out: UUID | None = None) -> list[Duplicate]:
    """Those of a posted form as far as it is filled; none where the database can't tell, which stops nobody."""
    try:
        return find(form.shape, viewer=viewer, token=form.token, leaving_out=leaving_out)
    except (DatabaseError, InterfaceError) as error:
        clients.drop_database()
        log.warning("duplicates were not looked up: %s", type(error).__name__)
        return []


def telling_keys(payload: Mapping[str, Any]) -> set[Key]:
    """The keys of a payload or a contact by which its person is recognised, and its name, which alone tells nobody."""
    return {key for key in keys(payload, region=settings.DEFAULT_PHONE_REGION) if _tells(key, payload)}


def _shared_keys(own: set[Key]) -> dict[UUID, set[str]]:
    """The kinds of keys, names included, that each submission has in common with `own` besides a name."""
    kinds: dict[UUID, set[str]] = defaultdict(set)
    telling = [key for key in own if key.kind in TELLING]
    if not telling:
        return kinds
    here = ContactKey.objects.filter(workspace=settings.LEONAR_WORKSPACE)
    # Most people are new: one look at all of their keys says so.
    if not here.filter(kind__in=TELLING, value__in=[key.value for key in telling]).exists():
        return kinds
    for key in telling:
        # A query for each: of several at once, SQLite makes a walk through all the keys there are.
        latest = here.filter(kind=key.kind, value=key.value).order_by("-pk").values_list("submission", flat=True)
        for submission in latest[:KEYS_MOST]:
            kinds[submission].add(key.kind)
    names = [key.value for key in own if key.kind == "name"]
    if kinds and names:
        alike = ContactKey.objects.filter(submission__in=list(kinds), kind="name", value__in=names)
        for submission in alike.values_list("submission", flat=True):
            kinds[submission].add("name")
    return kinds


def _tells(key: Key, payload: Mapping[str, Any]) -> bool:
    return key.kind != "name_company" or name_key(company_name(payload)) not in NO_COMPANY


def is_twin(shared: set[str]) -> bool:
    """Whether these kinds of keys in common make two entries the same person: a name and an address."""
    return "name" in shared and not shared.isdisjoint(ADDRESS_KINDS)


def _namesakes(payload: Mapping[str, Any], shared: Mapping[UUID, set[str]]) -> set[UUID]:
    """Those who share a name and a company, and no address, but are different people on LinkedIn."""
    in_doubt = [pk for pk, kinds in shared.items() if kinds.isdisjoint(ADDRESS_KINDS)]
    if not in_doubt or not any(key.kind == "linkedin" for key in telling_keys(payload)):
        return set()
    profiles = ContactKey.objects.filter(submission__in=in_doubt, kind="linkedin")
    return set(profiles.values_list("submission", flat=True))


def _rank(shared: set[str]) -> tuple[bool, int]:
    return not is_twin(shared), -len(shared)


def _duplicate(submission: Submission, payload: Mapping[str, Any], shared: set[str], *, is_visible: bool) -> Duplicate:
    by = submission.created_by
    adds = [each for each in differences(payload, submission.payload) if each.kind != "added"] if is_visible else []
    return Duplicate(
        matched=tuple(kind for kind in TELLING if kind in shared),
        entered_by=by.shown_name,
        entered_at=submission.created_at,
        submission_id=submission.pk if is_visible else None,
        adds=tuple(adds),
        is_twin=is_twin(shared),
    )
