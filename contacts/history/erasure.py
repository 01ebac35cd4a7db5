"""Erasing one person everywhere: what is held of them goes, what was done stays on record.

Whatever of theirs still waits is given up first, so that it is never sent; what is being sent this very moment is left
for a second go. Each erasure is one event, and its receipt is read from it. What takes long in the files is left to the
deliverer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from contacts.delivery import conclusions, gate, outcomes
from contacts.history import clearing
from contacts.models import Attempt, Event, Submission
from contacts.models.submission import FINISHED_STATES
from contacts.privacy import erasure, sessions
from contacts.privacy.person import Person, Traces

# Checks of other machines too, whatever their clocks say.
LONG_OVER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure took away: how many of each. `left` are submissions that were being sent just then.

    `contacts` are the ids in Leonar, where the person has to be erased as well.
    """

    submissions: int
    left: int
    drafts: int
    views: int
    checks: int
    contacts: Sequence[str]


def erase_person(person: Person, *, by, chosen: Iterable[UUID]) -> Event:
    """Erases these submissions of the person, and every trace of them elsewhere. Returns the event, its receipt.

    Traces are drafts, saved views, searches that are still open, and what checks of others came across.
    """
    wanted = set(chosen)
    submissions = [each for each in person.submissions if each.pk in wanted]
    since, own = timezone.now() - LONG_OVER, Q(submission__in=[each.pk for each in submissions])
    # While nobody has to wait for it, because there are many; what these came across changes no more.
    forgotten = _forget_candidates(person.among(submissions), Attempt.objects.filter(~own, finished_at__lt=since))
    with transaction.atomic():
        # Before any submission, as whoever records an answer does.
        gate.hold()
        now = timezone.now()
        locked = list(Submission.objects.select_for_update().filter(pk__in=[each.pk for each in submissions]))
        going = [each for each in locked if each.state != Submission.State.SENDING]
        waiting = [each.pk for each in going if each.state not in FINISHED_STATES]
        outcomes.discarded(Submission.objects.filter(pk__in=waiting), note="", now=now)
        conclusions.overtaken(waiting, now=now)
        traces = person.among(locked)
        is_as_seen = _content(locked) == _content(submissions)
        left = Q(finished_at=None) | Q(finished_at__gte=since) | own if is_as_seen else Q()
        erased = Erased(
            submissions=erasure.empty(going, now=now),
            left=len(locked) - len(going),
            drafts=_delete(traces.drafts()),
            views=_delete(traces.views()),
            checks=forgotten + _forget_candidates(traces, Attempt.objects.filter(left)),
            contacts=[str(each.contact_id) for each in going if each.contact_id],
        )
        event = Event.objects.create(at=now, kind=Event.Kind.ERASED, actor=by, details=asdict(erased))
    sessions.forget_searches(traces.are_in)
    clearing.Clearing().go_on()
    return event


def _delete(rows) -> int:
    for row in rows:
        row.delete()
    return len(rows)


def _content(submissions: Iterable[Submission]) -> dict[UUID, Any]:
    return {each.pk: each.payload for each in submissions}


def _forget_candidates(traces: Traces, among: QuerySet[Attempt]) -> int:
    changed = 0
    # Read to the end first: on SQLite nobody writes who is still reading what somebody else has changed since.
    for attempt, kept in list(traces.attempts(among)):
        attempt.candidates = kept
        attempt.save(update_fields=["candidates"])
        changed += 1
    return changed
