"""Who of those entered before may be the person who is being entered now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from contacts.comparison import Difference, differences
from contacts.contact import Key, keys
from contacts.models import ContactKey, Submission

# Keys by which a person is recognised. A name alone is none: there are many Sophie Martins.
TELLING = ("email", "phone", "linkedin", "name_company")
ADDRESSES = ("email", "phone", "linkedin")
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


def find(payload: Mapping[str, Any], *, viewer: Any, leaving_out: UUID | None = None) -> list[Duplicate]:
    """The likeliest first, at most five, of this workspace alone; `leaving_out` is the submission being corrected.

    Discarded ones don't count: nothing of them is in Leonar.
    """
    own = keys(payload, region=settings.DEFAULT_PHONE_REGION)
    shared = _shared_keys(own)
    if leaving_out is not None:
        shared.pop(leaving_out, None)
    found = Submission.objects.here().filter(pk__in=shared).exclude(state=Submission.State.DISCARDED)
    visible = set(Submission.objects.visible_to(viewer).filter(pk__in=shared).values_list("pk", flat=True))
    duplicates = [
        _duplicate(each, payload, shared[each.pk], is_visible=each.pk in visible)
        for each in found.select_related("created_by").order_by("-created_at")
    ]
    return sorted(duplicates, key=lambda each: (not each.is_twin, -len(each.matched)))[:SHOWN_MOST]


def _shared_keys(own: Iterable[Key]) -> dict[UUID, set[str]]:
    """The kinds of telling keys, and of names, that each submission has in common with `own`."""
    telling = {key for key in own if key.kind in TELLING}
    kinds = _kinds_by_submission(telling)
    names = {key for key in own if key.kind == "name"}
    for submission, more in _kinds_by_submission(names, among=kinds).items():
        kinds[submission] |= more
    return kinds


def _kinds_by_submission(wanted: set[Key], *, among: Iterable[UUID] | None = None) -> dict[UUID, set[str]]:
    if not wanted or (among is not None and not among):
        return {}
    any_of = Q()
    for key in wanted:
        any_of |= Q(kind=key.kind, value=key.value)
    found = ContactKey.objects.filter(any_of, workspace=settings.LEONAR_WORKSPACE)
    if among is not None:
        found = found.filter(submission__in=list(among))
    kinds: dict[UUID, set[str]] = defaultdict(set)
    for submission, kind in found.order_by("-pk").values_list("submission", "kind")[:KEYS_MOST]:
        kinds[submission].add(kind)
    return kinds


def _duplicate(submission: Submission, payload: Mapping[str, Any], shared: set[str], *, is_visible: bool) -> Duplicate:
    by = submission.created_by
    adds = [each for each in differences(payload, submission.payload) if each.kind != "added"] if is_visible else []
    return Duplicate(
        matched=tuple(kind for kind in TELLING if kind in shared),
        entered_by=by.get_full_name() or by.get_username(),
        entered_at=submission.created_at,
        submission_id=submission.pk if is_visible else None,
        adds=tuple(adds),
        is_twin="name" in shared and not shared.isdisjoint(ADDRESSES),
    )
