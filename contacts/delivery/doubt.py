"""What the attempts of a submission whose outcome nobody saw may have created, and who else may have created it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from contacts.contact import full_name, keys
from contacts.delivery.matching import Traits, Wanted, Window, contact_id
from contacts.models import Attempt, ContactKey, Reason, Submission, SubmissionQuerySet

# What a person who decides is told of what was looked for.
LOOKED_FOR = ("first_name", "last_name", "email", "emails", "phone", "phones", "linkedin_profile", "current_company")
# Conditions that one query takes.
KEYS_AT_ONCE = 500

_PUNCTUATION = re.compile(r"[^\w\s]|_")
SETTLED = (Submission.State.CREATED, Submission.State.DISCARDED)
UNKNOWN = Q(kind=Attempt.Kind.SEND, verdict__in=[Attempt.Verdict.UNKNOWN, Attempt.Verdict.OPEN])


@dataclass(frozen=True)
class Doubt:
    """Everything that was sent for a submission with an unknown outcome: what, and from when to when on our clock.

    `skew` is what Leonar's clock reads more than ours, as far as any answer has told.
    """

    payloads: list[Mapping[str, Any]]
    began: datetime
    ended: datetime
    skew: timedelta | None

    @cached_property
    def wanted(self) -> Wanted:
        """What a contact is compared with."""
        window = Window.of(self.began, self.ended, skew=self.skew)
        return Wanted(tuple(Traits.of(payload) for payload in self.payloads), window)

    @property
    def searches(self) -> list[str]:
        """The texts to search Leonar for, each once."""
        names = [spelling for payload in self.payloads for spelling in _spellings(full_name(payload))]
        addresses = [payload.get("linkedin_profile") for payload in self.payloads]
        return list(dict.fromkeys(text for text in [*names, *addresses] if text))

    @property
    def created_after(self) -> date:
        """The day from which on Leonar is searched: the day before, wherever Leonar's clock and zone may be.

        Yesterday at the latest, should the clock of whoever sent it have been far ahead.
        """
        return min(self.wanted.window.earliest, timezone.now()).date() - timedelta(days=1)

    @property
    def looked_for(self) -> dict[str, Any]:
        """What is looked for, for the record and for the person who decides."""
        return {name: self.payloads[0][name] for name in LOOKED_FOR if name in self.payloads[0]}


def doubt_about(submission: Submission, *, skew: float | None = None) -> Doubt:
    """What of `submission` may have been created. `skew` is what an answer has just told, in seconds."""
    sent = list(submission.attempts.filter(UNKNOWN).order_by("-number"))
    if skew is None:
        skew = submission.attempts.exclude(skew=None).values_list("skew", flat=True).first()
    payloads: list[Mapping[str, Any]] = []
    for payload in [*_sent_before_a_restore(submission, sent), *(attempt.payload for attempt in sent)]:
        if payload not in payloads:
            payloads.append(payload)
    return Doubt(
        payloads=payloads or [submission.payload],
        began=min((attempt.started_at for attempt in sent), default=submission.created_at),
        ended=max((_ended(attempt) for attempt in sent), default=submission.changed_at),
        skew=None if skew is None else timedelta(seconds=skew),
    )


def linked(contacts: Iterable[Mapping[str, Any]]) -> set[UUID]:
    """The ids of those `contacts` that a submission is linked to."""
    ids = [found for found in map(contact_id, contacts) if found is not None]
    # In no order: for theirs SQLite would walk through all the submissions there are.
    known = Submission.objects.here().filter(contact_id__in=ids).order_by()
    return {found for found in known.values_list("contact_id", flat=True) if found is not None}


def is_claimed_by_another(submission: Submission, contact: Mapping[str, Any]) -> bool:
    """Whether another submission that is still open may have created `contact` just as well."""
    return any(doubt_about(rival).wanted.may_claim(contact) for rival in _rivals(submission, contact))


def _rivals(submission: Submission, contact: Mapping[str, Any]) -> SubmissionQuerySet:
    """Those of the same person, by any key, that an attempt of unknown outcome was made for."""
    values = [key.value for key in keys(contact, region=settings.DEFAULT_PHONE_REGION)]
    sharing: set[UUID] = set()
    for start in range(0, len(values), KEYS_AT_ONCE):
        alike = ContactKey.objects.filter(
            workspace=submission.workspace_id,
            kind__in=ContactKey.Kind.values,
            value__in=values[start : start + KEYS_AT_ONCE],
        )
        sharing.update(alike.exclude(submission=submission).values_list("submission", flat=True))
    doubted = Attempt.objects.filter(UNKNOWN, submission__in=sharing).values("submission")
    return Submission.objects.filter(pk__in=doubted).exclude(state__in=SETTLED)


def _sent_before_a_restore(submission: Submission, sent: Iterable[Attempt]) -> list[Mapping[str, Any]]:
    """What it holds now, if that may have been sent by the database's future that was lost: a correction, say."""
    return [submission.payload] if any(attempt.reason == Reason.RESTORED for attempt in sent) else []


def _spellings(name: str) -> list[str]:
    """The name as it was sent, and with a space and with nothing for its punctuation, in case Leonar keeps that so."""
    return [name, *(" ".join(_PUNCTUATION.sub(instead, name).split()) for instead in (" ", ""))]


def _ended(attempt: Attempt) -> datetime:
    # Nobody saw an interrupted attempt end: it was released at some time after its lease, perhaps days later.
    if attempt.finished_at is None or attempt.reason == Reason.INTERRUPTED:
        return attempt.lease_until
    return attempt.finished_at
