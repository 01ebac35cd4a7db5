"""The outbox: accept a submission, claim it, make one attempt, record the outcome. At most once, with three writes.

1. `accept` stores the submission before the browser is answered.
2. `claim` commits the attempt, its lease and `state=sending` before a socket is opened.
3. `record` commits what was seen. If it never does, the lease runs out and `release_expired` makes the submission
   `unconfirmed`: checked, never sent again by itself.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, IntegrityError, InterfaceError, transaction
from django.utils import timezone

from contacts.delivery import clients, gate, outcomes
from contacts.delivery.record import FIRST_CHECK, record
from contacts.leonar import errors
from contacts.leonar.client import Reply
from contacts.models import Attempt, Reason, Submission, current_workspace

log = logging.getLogger(__name__)

State = Submission.State

# The web process sends a fresh submission itself; the deliverer leaves it alone for this long, then takes it over.
INLINE_GRACE = timedelta(seconds=2)
# How long write 3 is tried before the attempt is left to its lease.
RECORD_PATIENCE = (0.1, 0.3, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A stored submission, and whether this call stored it or found it there."""

    submission: Submission
    is_new: bool


def accept(*, by, token: UUID, payload: Mapping[str, Any], typed: Mapping[str, Any]) -> Accepted:
    """Write 1: stores what was entered. The same person's same token always lands on the same submission.

    Raises django.db.DatabaseError where it could not be stored; nothing was sent then.
    """
    now = timezone.now()
    submission = outcomes.entered(
        Submission(
            workspace=current_workspace(),
            created_by=by,
            created_at=now,
            changed_at=now,
            token=token,
            due_at=now + INLINE_GRACE,
        ),
        payload=payload,
        typed=typed,
    )
    try:
        with transaction.atomic():
            submission.save(force_insert=True)
            outcomes.write_keys(submission)
    except IntegrityError:
        return Accepted(Submission.objects.get(created_by=by, token=token), is_new=False)
    return Accepted(submission, is_new=True)


def deliver(submission_id: UUID, *, worker: str) -> bool:
    """Makes one attempt, if the submission is due for one and the gate is open. True if an attempt was made.

    Raises django.db.DatabaseError if write 2 failed; nothing was sent then.
    """
    attempt = claim(worker=worker, submission_id=submission_id)
    if attempt is None:
        return False
    send(attempt)
    return True


def claim(*, worker: str, submission_id: UUID | None = None) -> Attempt | None:
    """Write 2: takes one queued submission, this one or the oldest that is due, for one attempt.

    None where there is nothing to take, another process was faster, or the gate is closed.
    """
    # A client that can't be made, for a bad certificate bundle say, must not cost a claim.
    clients.client()
    with transaction.atomic(durable=True):
        now = timezone.now()
        submission = _candidate(submission_id, now)
        if submission is None or not gate.take(now):
            return None
        lease_until = now + timedelta(seconds=clients.lease_seconds())
        still_queued = Submission.objects.filter(pk=submission.pk, state=State.QUEUED)
        if not outcomes.sending(still_queued, lease_until=lease_until, now=now):
            transaction.set_rollback(True)
            return None
        return Attempt.objects.create(
            submission=submission,
            number=submission.send_count + 1,
            worker=worker,
            started_at=now,
            lease_until=lease_until,
            payload=submission.payload,
        )


def send(attempt: Attempt) -> None:
    """Makes the call of a claimed attempt and records what was seen; no database connection is held meanwhile."""
    clients.release_database()
    outcome: Reply | errors.LeonarError
    try:
        outcome = clients.client().create_contact(attempt.payload, may_send=_lease_guard(attempt))
    except errors.LeonarError as error:
        outcome = error
    _record_patiently(attempt, outcome)


def release_expired() -> int:
    """Attempts whose lease has run out count as outcome unknown: killed, or paused too long. Returns how many."""
    now = timezone.now()
    expired = Submission.objects.expired(now)
    released = 0
    for submission in expired.order_by("due_at")[:100]:
        released += _release(submission, now)
    return released


def _candidate(submission_id: UUID | None, now: datetime) -> Submission | None:
    queued = Submission.objects.select_for_update(skip_locked=True).here().filter(state=State.QUEUED)
    if submission_id is not None:
        return queued.filter(pk=submission_id).first()
    return queued.filter(due_at__lte=now).order_by("created_at").first()


def _lease_guard(attempt: Attempt):
    """Says whether sending may still begin: within the first half of the lease, by both clocks.

    The wall clock goes on while a machine sleeps; the monotonic one can't be set back.
    """
    half = clients.lease_seconds() / 2
    began = time.monotonic() - max(0.0, (timezone.now() - attempt.started_at).total_seconds())
    latest = attempt.started_at + timedelta(seconds=half)

    def may_send() -> bool:
        return time.monotonic() - began < half and timezone.now() < latest

    return may_send


def _record_patiently(attempt: Attempt, outcome: Reply | errors.LeonarError) -> None:
    for pause in (*RECORD_PATIENCE, None):
        try:
            return record(attempt, outcome)
        except (DatabaseError, InterfaceError) as error:
            clients.drop_database()
            if pause is None:
                # The lease runs out and the check takes over: the outcome is looked up, not lost.
                log.error("submission=%s outcome not recorded: %s", attempt.submission_id, type(error).__name__)
                return None
            time.sleep(pause)
    return None


def _release(submission: Submission, now: datetime) -> int:
    with transaction.atomic():
        still_expired = Submission.objects.filter(pk=submission.pk).expired(now)
        released = outcomes.unconfirmed(
            still_expired.filter(send_count=submission.send_count),
            reason=Reason.INTERRUPTED,
            due_at=now + FIRST_CHECK,
            now=now,
        )
        if released:
            submission.attempts.filter(kind=Attempt.Kind.SEND, number=submission.send_count, finished_at=None).update(
                finished_at=now, verdict=Attempt.Verdict.UNKNOWN, reason=Reason.INTERRUPTED
            )
    if released:
        log.warning("submission=%s attempt=%s verdict=unknown reason=interrupted", submission.pk, submission.send_count)
    return released
