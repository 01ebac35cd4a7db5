"""Erasing one person everywhere: what is held of them goes, what was done stays on record.

Whatever of theirs still waits is given up first, so that it is never sent; what is being sent this very moment is left
for a second go. Each erasure is one event, and its receipt is read from it. What takes long in the files is left to the
deliverer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from contacts.delivery import gate, outcomes
from contacts.history import clearing
from contacts.models import Event, Submission
from contacts.models.submission import FINISHED_STATES
from contacts.privacy import erasure, sessions
from contacts.privacy.person import Person


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
    with transaction.atomic():
        # Before any submission, as whoever records an answer does.
        gate.hold()
        now = timezone.now()
        locked = list(Submission.objects.select_for_update().filter(pk__in=[each.pk for each in submissions]))
        going = [each for each in locked if each.state != Submission.State.SENDING]
        waiting = [each.pk for each in going if each.state not in FINISHED_STATES]
        outcomes.discarded(Submission.objects.filter(pk__in=waiting), note="", now=now)
        traces = person.among(locked)
        erased = Erased(
            submissions=erasure.empty(going, now=now),
            left=len(locked) - len(going),
            drafts=_delete(traces.drafts()),
            views=_delete(traces.views()),
            checks=_forget_candidates(traces),
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


def _forget_candidates(traces) -> int:
    changed = 0
    for attempt, kept in traces.attempts():
        attempt.candidates = kept
        attempt.save(update_fields=["candidates"])
        changed += 1
    return changed
