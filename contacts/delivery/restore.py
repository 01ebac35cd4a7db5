"""After a database from before some deliveries was put back: what might have been sent since is in doubt."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from contacts import origin
from contacts.delivery import conclusions, outcomes
from contacts.delivery.record import FIRST_CHECK
from contacts.models import Attempt, Event, Reason, Submission

State = Submission.State
UNFINISHED = (State.QUEUED, State.SENDING, State.UNCONFIRMED, State.REJECTED)

# So many are changed in one commit.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Affected:
    """How many submissions, of all workspaces, might have been sent since."""

    queued: int
    sending: int
    unconfirmed: int
    rejected: int

    @property
    def in_doubt(self) -> int:
        """How many are checked before anything is sent."""
        return self.queued + self.sending + self.unconfirmed


def affected() -> Affected:
    """How many `put_in_doubt` would change. A person may have sent an unconfirmed or a rejected one since."""
    count = dict(Submission.objects.filter(state__in=UNFINISHED).values_list("state").annotate(Count("pk")).order_by())
    return Affected(*(count.get(state, 0) for state in UNFINISHED))


def put_in_doubt() -> None:
    """Nothing that might have been sent since is sent before a check; what is rejected stays so until it is corrected.

    Each submission gets an attempt whose outcome is unknown, from when it last changed until now. A run that is
    interrupted is completed by the next; one more does no harm.
    """
    now = timezone.now()
    while _put_batch_in_doubt(now):
        pass


def _put_batch_in_doubt(now: datetime) -> int:
    done = Attempt.objects.filter(reason=Reason.RESTORED, finished_at=now).values("submission")
    waiting = Submission.objects.filter(state__in=UNFINISHED).exclude(pk__in=done)
    with transaction.atomic():
        batch = list(waiting.select_for_update(of=("self",))[:BATCH])
        for submission in batch:
            _assume_an_attempt(submission, now)
        keys = [submission.pk for submission in batch]
        conclusions.overtaken(keys, now=now)
        of_batch = Submission.objects.filter(pk__in=keys)
        unsettled = of_batch.exclude(state=State.REJECTED)
        outcomes.unconfirmed(unsettled, reason=Reason.RESTORED, due_at=now + FIRST_CHECK, now=now)
        Event.objects.bulk_create(
            Event(
                kind=Event.Kind.RESTORED,
                submission=submission,
                workspace_id=submission.workspace_id,
                at=now,
                details=origin.command_facts(),
            )
            for submission in batch
        )
    return len(batch)


def _assume_an_attempt(submission: Submission, now: datetime) -> None:
    unknown = {"verdict": Attempt.Verdict.UNKNOWN, "reason": Reason.RESTORED, "finished_at": now}
    sends = submission.attempts.filter(kind=Attempt.Kind.SEND)
    if sends.filter(finished_at=None).update(**unknown):
        return
    last = sends.first()
    Attempt.objects.create(
        submission=submission,
        number=last.number + last.tries if last else 1,
        worker="after_restore",
        started_at=submission.changed_at,
        lease_until=now,
        payload=submission.payload,
        **unknown,
    )
