"""A send that was interrupted, and its answer that comes late: the outcome is unknown until somebody knows better."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from contacts.delivery import outbox, outcomes
from contacts.delivery.record import record
from contacts.leonar import errors
from contacts.leonar.client import Reply
from contacts.models import Attempt, Reason, Submission
from tests.gate import answer
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State


@pytest.fixture
def queue(recruiter):
    """One that waits to be sent."""
    return partial(queued, recruiter)


def make_due() -> None:
    Submission.objects.exclude(due_at=None).update(due_at=timezone.now() - timedelta(seconds=1))


def queue_again(submission: Submission) -> None:
    """Its lease runs out, and after a check has found nothing a person has it sent again."""
    now = timezone.now()
    outcomes.queued(Submission.objects.filter(pk=submission.pk), reason=Reason.NONE, due_at=now, now=now)


def link(submission: Submission, contact) -> None:
    """A check says that this is it."""
    where = Submission.objects.filter(pk=submission.pk)
    outcomes.created(where, contact=contact, settled_by=Submission.SettledBy.CHECK, now=timezone.now())


def test_an_expired_lease_means_outcome_unknown(queue, caplog):
    attempt = outbox.claim(worker="test", submission_id=queue().pk)
    make_due()

    released = outbox.release_expired()

    attempt.submission.refresh_from_db()
    attempt.refresh_from_db()
    assert released == 1
    assert attempt.submission.state == State.UNCONFIRMED
    assert attempt.submission.reason == Reason.INTERRUPTED
    assert attempt.verdict == Attempt.Verdict.UNKNOWN
    assert f"submission={attempt.submission_id} verdict=unknown reason=interrupted" in caplog.text


def test_a_lease_that_still_runs_is_left_alone(queue):
    outbox.claim(worker="test", submission_id=queue().pk)

    assert outbox.release_expired() == 0


def test_of_one_that_was_answered_at_that_moment_nothing_is_said(queue, caplog):
    stale = outbox.claim(worker="test", submission_id=queue().pk).submission
    queue_again(stale)

    assert outbox._release(stale, timezone.now()) == 0
    assert "interrupted" not in caplog.text


def test_a_late_answer_still_counts(queue, sandbox):
    attempt = outbox.claim(worker="test", submission_id=queue().pk)
    make_due()
    outbox.release_expired()

    outbox.send(attempt)

    attempt.submission.refresh_from_db()
    assert attempt.submission.state == State.CREATED


def test_a_late_outcome_does_not_undo_what_a_person_did(queue, caplog):
    caplog.set_level("INFO", "contacts.delivery.record")
    attempt = outbox.claim(worker="test", submission_id=queue().pk)
    Submission.objects.update(state=State.DISCARDED, due_at=None)

    record(attempt, errors.Unreachable("refused"))

    attempt.submission.refresh_from_db()
    attempt.refresh_from_db()
    assert attempt.submission.state == State.DISCARDED
    assert (attempt.verdict, attempt.detail) == (Attempt.Verdict.NOT_SENT, "refused")
    assert caplog.messages[-1].endswith(" late")


def test_a_late_answer_outranks_what_a_check_linked_meanwhile(queue, sandbox):
    attempt = outbox.claim(worker="test", submission_id=queue().pk)
    twin = {"id": str(uuid4()), "first_name": "Sophie"}
    link(attempt.submission, twin)

    outbox.send(attempt)

    attempt.submission.refresh_from_db()
    assert str(attempt.submission.contact_id) == sandbox.contacts()[0]["id"]
    assert attempt.submission.settled_by == Submission.SettledBy.ANSWER


def test_what_a_person_discarded_meanwhile_still_says_which_contact_it_became(queue, sandbox):
    attempt = outbox.claim(worker="test", submission_id=queue().pk)
    Submission.objects.update(state=State.DISCARDED, due_at=None)

    outbox.send(attempt)

    attempt.submission.refresh_from_db()
    assert attempt.submission.state == State.DISCARDED
    assert str(attempt.submission.contact_id) == sandbox.contacts()[0]["id"]


def test_a_late_answer_counts_while_it_is_queued_again(queue, sandbox):
    attempt = outbox.claim(worker="test", submission_id=queue().pk)
    queue_again(attempt.submission)

    outbox.send(attempt)

    attempt.submission.refresh_from_db()
    assert (attempt.submission.state, attempt.submission.due_at) == (State.CREATED, None)
    assert outbox.claim(worker="test", submission_id=attempt.submission.pk) is None
    assert len(sandbox.ledger()) == 1


def test_a_late_answer_counts_while_it_is_being_sent_again(queue, sandbox):
    attempt = outbox.claim(worker="test", submission_id=queue().pk)
    queue_again(attempt.submission)
    outbox.claim(worker="another", submission_id=attempt.submission.pk)

    outbox.send(attempt)

    attempt.submission.refresh_from_db()
    assert (attempt.submission.state, attempt.submission.settled_by) == (State.CREATED, "answer")


def test_an_earlier_attempt_that_sent_nothing_leaves_the_one_under_way_alone(queue, sandbox):
    attempt = outbox.claim(worker="test", submission_id=queue().pk)
    queue_again(attempt.submission)
    outbox.claim(worker="another", submission_id=attempt.submission.pk)

    record(attempt, errors.Unreachable("refused"))

    attempt.submission.refresh_from_db()
    assert attempt.submission.state == State.SENDING


def test_leonars_own_answer_outranks_a_check(queue, sandbox):
    right = outbox.claim(worker="test", submission_id=queue().pk)
    outbox.send(right)
    contact = Submission.objects.get().contact
    mistaken = queue()
    link(mistaken, contact)

    record(right, Reply(contact, answer()))

    mistaken.refresh_from_db()
    assert mistaken.state == State.UNCONFIRMED
    assert mistaken.contact_id is None


def test_whose_link_is_taken_back_waits_for_the_reason_of_its_own_last_attempt(queue, sandbox):
    right = outbox.claim(worker="test", submission_id=queue().pk)
    outbox.send(right)
    contact = Submission.objects.get().contact
    mistaken = outbox.claim(worker="test", submission_id=queue().pk).submission
    mistaken.attempts.update(verdict=Attempt.Verdict.UNKNOWN, reason=Reason.NO_ANSWER)
    link(mistaken, contact)

    record(right, Reply(contact, answer()))

    mistaken.refresh_from_db()
    assert (mistaken.state, mistaken.reason) == (State.UNCONFIRMED, Reason.NO_ANSWER)
