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
from django.db.models import F
from django.utils import timezone

from contacts import payload as payloads
from contacts.folding import fold
from contacts.leonar import errors
from contacts.leonar.client import Reply
from contacts.models import Attempt, Reason, Submission
from contacts.services import connection, gate
from contacts.storable import storable

log = logging.getLogger(__name__)

State = Submission.State

# The web process sends a fresh submission itself; the deliverer leaves it alone for this long, then takes it over.
INLINE_GRACE = timedelta(seconds=2)
# When an unconfirmed submission is first looked for, counted from the end of the attempt.
FIRST_LOOK = timedelta(seconds=5)
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
    submission = Submission(
        created_by=by,
        created_at=now,
        changed_at=now,
        token=token,
        due_at=now + INLINE_GRACE,
        **content(payload, typed),
    )
    try:
        with transaction.atomic():
            submission.save(force_insert=True)
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
    connection.client()
    with transaction.atomic(durable=True):
        now = timezone.now()
        submission = _candidate(submission_id, now)
        if submission is None or not gate.take(now):
            return None
        lease_until = now + timedelta(seconds=connection.lease_seconds())
        claimed = Submission.objects.filter(pk=submission.pk, state=State.QUEUED).update(
            state=State.SENDING,
            due_at=lease_until,
            changed_at=now,
            send_count=F("send_count") + 1,
            revision=F("revision") + 1,
        )
        if claimed != 1:
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
    connection.release_database()
    outcome: Reply | errors.LeonarError
    try:
        outcome = connection.client().create_contact(attempt.payload, may_send=_lease_guard(attempt))
    except errors.LeonarError as error:
        outcome = error
    _record_patiently(attempt, outcome)


def release_expired() -> int:
    """Attempts whose lease has run out count as outcome unknown: killed, or paused too long. Returns how many."""
    now = timezone.now()
    expired = Submission.objects.filter(state=State.SENDING, due_at__lte=now)
    released = 0
    for submission in expired.order_by("due_at")[:100]:
        released += _release(submission, now)
    return released


def record(attempt: Attempt, outcome: Reply | errors.LeonarError) -> None:
    """Write 3: the attempt's outcome, on the attempt, the submission and the gate, in one transaction.

    A late outcome still counts as long as nothing else has happened to the submission since.
    """
    now = timezone.now()
    error = outcome if isinstance(outcome, errors.LeonarError) else None
    with transaction.atomic():
        current = Submission.objects.select_for_update().get(pk=attempt.submission_id)
        _complete(attempt, outcome, now)
        is_last_word = current.send_count == attempt.number and current.state in (State.SENDING, State.UNCONFIRMED)
        if is_last_word:
            _settle(current, outcome, now)
        gate.note(
            error, rate_limit=outcome.answer.rate_limit if outcome.answer else None, started_at=attempt.started_at
        )
    log.info(
        "submission=%s attempt=%s verdict=%s reason=%s status=%s seconds=%.3f%s",
        attempt.submission_id,
        attempt.number,
        attempt.verdict,
        attempt.reason or "-",
        attempt.http_status or "-",
        attempt.duration,
        "" if is_last_word else " late",
    )


def content(payload: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a submission that follow from what was entered."""
    name, company = payloads.name(payload), payloads.company(payload)
    return {
        "payload": dict(payload),
        "typed": dict(typed),
        "name": name[:210],
        "company": company,
        "search_text": fold(" ".join([name, company, *payloads.emails(payload)])),
    }


def _candidate(submission_id: UUID | None, now: datetime) -> Submission | None:
    queued = Submission.objects.select_for_update(skip_locked=True).filter(state=State.QUEUED)
    if submission_id is not None:
        return queued.filter(pk=submission_id).first()
    return queued.filter(due_at__lte=now).order_by("created_at").first()


def _lease_guard(attempt: Attempt):
    """Says whether sending may still begin: within the first half of the lease, by both clocks.

    The wall clock goes on while a machine sleeps; the monotonic one can't be set back.
    """
    half = connection.lease_seconds() / 2
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
            connection.release_database()
            if pause is None:
                # The lease runs out and the check takes over: the outcome is looked up, not lost.
                log.error("submission=%s outcome not recorded: %s", attempt.submission_id, type(error).__name__)
                return None
            time.sleep(pause)
    return None


def _complete(attempt: Attempt, outcome: Reply | errors.LeonarError, now: datetime) -> None:
    attempt.finished_at = now
    attempt.verdict, attempt.reason, attempt.detail = _verdict(outcome)
    attempt.duration = (now - attempt.started_at).total_seconds()
    answer = outcome.answer
    if answer is not None:
        attempt.http_status = answer.status
        attempt.content_type = answer.content_type
        attempt.answer = answer.excerpt
        attempt.duration = answer.duration
        limit = answer.rate_limit
        attempt.rate_limit = {"limit": limit.limit, "remaining": limit.remaining, "reset_in": limit.reset_in}
    attempt.save()


def _verdict(outcome: Reply | errors.LeonarError) -> tuple[str, str, str]:
    if isinstance(outcome, Reply):
        return Attempt.Verdict.CREATED, Reason.NONE, ""
    if isinstance(outcome, errors.NotSent):
        return Attempt.Verdict.NOT_SENT, outcome.reason, outcome.detail
    if isinstance(outcome, errors.Refused):
        return Attempt.Verdict.REFUSED, outcome.reason, outcome.detail
    return Attempt.Verdict.UNKNOWN, outcome.reason, outcome.detail


def _settle(submission: Submission, outcome: Reply | errors.LeonarError, now: datetime) -> None:
    submission.revision += 1
    submission.changed_at = now
    submission.error_field = submission.error_message = ""
    if isinstance(outcome, Reply):
        mark_created(submission, contact=outcome.data, by=Submission.SettledBy.ANSWER, now=now)
        _take_back_from_others(submission, now)
    elif isinstance(outcome, errors.Invalid):
        submission.state, submission.reason, submission.due_at = State.REJECTED, outcome.reason, None
        submission.error_field = storable(outcome.field or "")
        submission.error_message = storable(outcome.message)
    elif isinstance(outcome, errors.NotSent | errors.Refused):
        # Nothing exists, nothing is wrong with it: due at once, when the gate lets it through.
        submission.state, submission.reason, submission.due_at = State.QUEUED, outcome.reason, now
    else:
        mark_unconfirmed(submission, reason=outcome.reason, now=now)
    submission.save()


def mark_created(submission: Submission, *, contact: Mapping[str, Any], by: str, now: datetime) -> None:
    """Fills in, without saving, that `submission` is this contact in Leonar."""
    submission.state, submission.reason, submission.due_at = State.CREATED, Reason.NONE, None
    submission.contact_id, submission.contact = UUID(str(contact["id"])), storable(dict(contact))
    submission.settled_at, submission.settled_by = now, by
    submission.finding = Submission.Finding.NONE


def mark_unconfirmed(submission: Submission, *, reason: str, now: datetime) -> None:
    """Fills in, without saving, that the outcome is unknown and is to be checked."""
    submission.state, submission.reason, submission.due_at = State.UNCONFIRMED, reason, now + FIRST_LOOK
    submission.look_count, submission.finding = 0, Submission.Finding.NONE


def _take_back_from_others(submission: Submission, now: datetime) -> None:
    """Leonar's own answer outranks a check: whoever was linked to this contact by checking is checked again."""
    mistaken = Submission.objects.select_for_update().filter(
        contact_id=submission.contact_id, state=State.CREATED, settled_by=Submission.SettledBy.CHECK
    )
    for other in mistaken.exclude(pk=submission.pk):
        mark_unconfirmed(other, reason=Reason.INTERRUPTED, now=now)
        other.contact_id = other.contact = other.settled_at = None
        other.settled_by = Submission.SettledBy.NONE
        other.revision += 1
        other.changed_at = now
        other.save()


def _release(submission: Submission, now: datetime) -> int:
    with transaction.atomic():
        current = (
            Submission.objects.select_for_update(skip_locked=True)
            .filter(pk=submission.pk, state=State.SENDING, due_at__lte=now)
            .first()
        )
        if current is None:
            return 0
        mark_unconfirmed(current, reason=Reason.INTERRUPTED, now=now)
        current.revision += 1
        current.changed_at = now
        current.save()
        current.attempts.filter(kind=Attempt.Kind.SEND, number=current.send_count, finished_at=None).update(
            finished_at=now, verdict=Attempt.Verdict.UNKNOWN, reason=Reason.INTERRUPTED
        )
    log.warning("submission=%s attempt=%s verdict=unknown reason=interrupted", current.pk, current.send_count)
    return 1
