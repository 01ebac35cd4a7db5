"""The outbox: accept a submission, claim it, make one attempt, record the outcome. At most once, with three writes.

1. The submission is stored before the browser is answered.
2. The attempt, its lease and `state=sending` are committed before a socket is opened: with write 1 in one commit where
   the web process sends at once (`enter`), otherwise when it is claimed (`claim`).
3. `record` commits what was seen. If it never does, the lease runs out and `release_expired` makes the submission
   `unconfirmed`: checked, never sent again by itself.
"""

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, IntegrityError, InterfaceError, transaction
from django.db.models import Case, QuerySet, When
from django.utils import timezone

from contacts.delivery import clients, gate, outcomes
from contacts.delivery.record import FIRST_CHECK, record
from contacts.leonar import errors
from contacts.leonar.client import Reply
from contacts.models import Attempt, Reason, Submission
from contacts.models.asked import put

log = logging.getLogger(__name__)

State = Submission.State

# The web process sends what a person has just acted on; the deliverer leaves that alone for so long, then takes over.
INLINE_GRACE = timedelta(seconds=2)
# How long write 3 is tried before the attempt is left to its lease.
RECORD_PATIENCE = (0.1, 0.3, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Entered:
    """A stored submission: whether this press stored it, and whether it holds the content of this press."""

    submission: Submission
    is_new: bool
    is_same: bool


class NotSaved(Exception):
    """The database failed, or refused the entry (its account is gone). Nothing was sent; the press can be repeated.

    `is_certain` is False where the failure came with the commit: it may have been saved all the same, and is sent then.
    """

    def __init__(self, *, is_certain: bool) -> None:
        super().__init__()
        self.is_certain = is_certain


def enter(
    *,
    by,
    token: UUID,
    payload: Mapping[str, Any],
    typed: Mapping[str, Any],
    facts: Mapping[str, int] | None = None,
    is_sent_here: bool = True,
) -> Entered:
    """Stores what was entered and, if the gate is open, makes the first attempt: writes 1 and 2 are one commit.

    Where it is not `is_sent_here`, the deliverer makes that attempt, at once. The same person's same token always lands
    on the same submission. Raises NotSaved.
    """
    attempt, reached_commit = None, False
    try:
        with transaction.atomic(durable=True):
            now = timezone.now()
            held = gate.hold()
            is_sent = is_sent_here and _has_client() and gate.take_send(held, now)
            submission = Submission(
                workspace_id=held.workspace_id,
                created_by=by,
                created_at=now,
                changed_at=now,
                token=token,
                facts=facts,
                state=State.SENDING if is_sent else State.QUEUED,
                due_at=_lease_from(now) if is_sent else now,
            )
            put(outcomes.entered(submission, payload=payload, typed=typed))
            outcomes.write_keys(submission)
            if is_sent:
                attempt = _begin(submission, number=1, now=now, worker=clients.worker_name("web"))
            reached_commit = True
    except IntegrityError:
        return _entered_before(by=by, token=token, payload=payload)
    except (DatabaseError, InterfaceError) as error:
        clients.drop_database()
        if reached_commit and attempt is not None:
            _take_back(attempt)
        raise NotSaved(is_certain=not reached_commit) from error
    if attempt is not None:
        send(attempt)
    return Entered(submission, is_new=True, is_same=True)


def send_now(submission_id: UUID) -> None:
    """An attempt by the web process, so that the person sees the contact at once; else the deliverer goes on."""
    try:
        deliver(submission_id, worker=clients.worker_name("web"))
    except (DatabaseError, InterfaceError):
        # Write 2 failed, so nothing was sent; the submission is saved and stays due.
        clients.drop_database()
    except (OSError, ValueError) as error:
        # No client could be made, for an unreadable certificate bundle say. Nothing was sent either.
        log.error("submission=%s not sent: %s", submission_id, type(error).__name__)


def deliver(submission_id: UUID | None = None, *, worker: str) -> bool:
    """Makes one attempt for this submission, or for the one whose turn it is. True if an attempt was made.

    Raises django.db.DatabaseError if write 2 failed; nothing was sent then.
    """
    attempt = claim(worker=worker, submission_id=submission_id)
    if attempt is None:
        return False
    send(attempt)
    return True


def claim(*, worker: str, submission_id: UUID | None = None) -> Attempt | None:
    """Write 2: takes one queued submission, this one or the one whose turn it is, for one attempt.

    None where there is nothing to take, another process was faster, or the gate is closed.
    """
    # A client that can't be made, for a bad certificate bundle say, must not cost a claim.
    clients.client()
    with transaction.atomic(durable=True):
        now = timezone.now()
        held = gate.hold()
        submission = _candidate(submission_id, now)
        if submission is None or not gate.take_send(held, now):
            return None
        still_queued = Submission.objects.filter(pk=submission.pk, state=State.QUEUED)
        if not outcomes.sending(still_queued, lease_until=_lease_from(now), now=now):
            transaction.set_rollback(True)
            return None
        last = _sends_of(submission).order_by("-number").first()
        return _begin(submission, number=last.number + last.tries if last else 1, now=now, worker=worker)


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


def _entered_before(*, by, token: UUID, payload: Mapping[str, Any]) -> Entered:
    try:
        first = Submission.objects.get(created_by=by, token=token)
        # What it holds now, or held before somebody corrected it.
        known = [first.payload, *first.attempts.values_list("payload", flat=True)]
    except Submission.DoesNotExist as error:
        # It was not the token that stood in the way: the account is gone, say.
        raise NotSaved(is_certain=True) from error
    except (DatabaseError, InterfaceError) as error:
        clients.drop_database()
        raise NotSaved(is_certain=False) from error
    return Entered(first, is_new=False, is_same=_canonical(payload) in map(_canonical, known))


def _canonical(payload: Mapping[str, Any]) -> str:
    # As JSON, because to Python 1 and true are equal; and every number as a float, because PostgreSQL keeps 1e16 as the
    # integer that it is, and of -0.0 no sign.
    numbers = json.loads(json.dumps(payload), parse_int=_as_one_number, parse_float=_as_one_number)
    return json.dumps(numbers, sort_keys=True)


def _as_one_number(digits: str) -> float:
    # To add nothing takes the sign from -0.0.
    return float(digits) + 0.0


def _has_client() -> bool:
    try:
        clients.client()
    except (OSError, ValueError) as error:
        log.error("nothing can be sent: %s", type(error).__name__)
        return False
    return True


def _take_back(attempt: Attempt) -> None:
    """Its commit was not acknowledged. If it was made all the same, the submission waits to be sent again."""
    try:
        record(attempt, errors.Abandoned("commit not acknowledged"), is_repeated=True)
    except (DatabaseError, InterfaceError):
        clients.drop_database()


def _candidate(submission_id: UUID | None, now: datetime) -> Submission | None:
    queued = Submission.objects.select_for_update(skip_locked=True).here().filter(state=State.QUEUED)
    if submission_id is not None:
        return queued.filter(pk=submission_id).first()
    # The oldest, but one on whose account the gate was closed lets others go first.
    closed_the_gate = Case(When(reason__in=[Reason.KEY_REFUSED, Reason.ADDRESS_WRONG], then=1), default=0)
    return queued.filter(due_at__lte=now).order_by(closed_the_gate, "created_at").first()


def _begin(submission: Submission, *, number: int, now: datetime, worker: str) -> Attempt:
    attempt = Attempt(
        submission=submission,
        number=number,
        worker=worker,
        started_at=now,
        lease_until=_lease_from(now),
        payload=submission.payload,
    )
    put(attempt)
    return attempt


def _lease_from(now: datetime) -> datetime:
    return now + timedelta(seconds=clients.lease_seconds())


def _sends_of(submission: Submission) -> QuerySet[Attempt]:
    return submission.attempts.filter(kind=Attempt.Kind.SEND)


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
    for place, pause in enumerate((*RECORD_PATIENCE, None)):
        try:
            return record(attempt, outcome, is_repeated=place > 0)
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
        as_seen = Submission.objects.filter(pk=submission.pk, revision=submission.revision)
        released = outcomes.unconfirmed(as_seen, reason=Reason.INTERRUPTED, due_at=now + FIRST_CHECK, now=now)
        if released:
            _sends_of(submission).filter(finished_at=None).update(
                finished_at=now, verdict=Attempt.Verdict.UNKNOWN, reason=Reason.INTERRUPTED
            )
    if released:
        log.warning("submission=%s verdict=unknown reason=interrupted", submission.pk)
    return released
