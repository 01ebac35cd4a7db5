"""After a database from before some deliveries was put back: what might have been sent since is in doubt."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from contacts.delivery import doubt, outcomes
from contacts.delivery.record import FIRST_CHECK
from contacts.models import Attempt, Event, Reason, Submission, SubmissionQuerySet

State = Submission.State

# So many are changed in one commit.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Affected:
    """How many submissions, of all workspaces, might have been sent since."""

    queued: int
    sending: int
    rejected: int


def affected() -> Affected:
    """How many `put_in_doubt` would change. A rejected one might have been corrected and sent since."""
    return Affected(
        queued=Submission.objects.filter(state=State.QUEUED).count(),
        sending=Submission.objects.filter(state=State.SENDING).count(),
        rejected=_rejected().count(),
    )


def put_in_doubt() -> None:
    """Nothing that might have been sent since is sent before a check; what is rejected stays so until it is corrected.

    Each submission gets an attempt whose outcome is unknown, from when it last changed until now. A run that is
    interrupted is completed by the next.
    """
    now = timezone.now()
    for waiting in (Submission.objects.filter(state__in=[State.QUEUED, State.SENDING]), _rejected()):
        while _put_batch_in_doubt(waiting, now):
            pass


def _rejected() -> SubmissionQuerySet:
    doubted = Attempt.objects.filter(doubt.UNKNOWN).values("submission")
    return Submission.objects.filter(state=State.REJECTED).exclude(pk__in=doubted)


def _put_batch_in_doubt(waiting: SubmissionQuerySet, now: datetime) -> int:
    with transaction.atomic():
        batch = list(waiting.select_for_update(of=("self",))[:BATCH])
        for submission in batch:
            _assume_an_attempt(submission, now)
        unsent = Submission.objects.filter(
            pk__in=[submission.pk for submission in batch], state__in=[State.QUEUED, State.SENDING]
        )
        outcomes.unconfirmed(unsent, reason=Reason.RESTORED, due_at=now + FIRST_CHECK, now=now)
        Event.objects.bulk_create(
            Event(kind=Event.Kind.RESTORED, submission=submission, workspace_id=submission.workspace_id, at=now)
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
