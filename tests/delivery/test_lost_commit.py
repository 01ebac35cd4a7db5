"""The database commits, and its acknowledgement is lost: nobody is told that nothing was saved."""

from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from accounts.models import User
from contacts.delivery import gate, outbox, worker
from contacts.delivery.record import record
from contacts.leonar import errors
from contacts.models import Attempt, Gate, Reason, Submission
from tests.delivery.failing_database import commit_fails
from tests.entry_form import typed_form
from tests.gate import note_send
from tests.submissions import SOPHIE, queued

pytestmark = pytest.mark.django_db(transaction=True)

State = Submission.State
UNKNOWN = "It is not known whether this was saved."


@pytest.mark.parametrize("is_made", [True, False])
def test_the_page_says_that_it_is_not_known_and_keeps_the_form(signed_in, sandbox, is_made):
    form = typed_form(last_name="Martin")

    with commit_fails(is_made=is_made):
        page = signed_in.post(reverse("entry"), form)

    assert page.status_code == 503
    assert UNKNOWN in page.text
    assert "Not saved yet" not in page.text
    assert 'value="Martin"' in page.text
    assert sandbox.ledger() == []


@pytest.mark.parametrize("is_made", [True, False])
def test_pressing_again_leads_to_one_submission_that_is_sent_once(signed_in, sandbox, is_made):
    form = typed_form(last_name="Martin")
    with commit_fails(is_made=is_made):
        signed_in.post(reverse("entry"), form)

    again = signed_in.post(reverse("entry"), form)
    worker.step(worker="test")

    submission = Submission.objects.get()
    assert again.headers["Location"] == submission.get_absolute_url()
    assert submission.state == State.CREATED
    assert len(sandbox.ledger()) == 1


def test_what_was_saved_and_not_sent_is_known_not_to_have_been_sent(signed_in, sandbox):
    with commit_fails(is_made=True):
        signed_in.post(reverse("entry"), typed_form())

    attempt = Attempt.objects.get()
    assert attempt.submission.state == State.QUEUED
    assert (attempt.verdict, attempt.reason) == (Attempt.Verdict.NOT_SENT, Reason.ABANDONED)


def test_behind_a_closed_gate_it_is_not_known_either(signed_in, sandbox):
    note_send(errors.KeyRefused("HTTP 401"))

    with commit_fails(is_made=True):
        page = signed_in.post(reverse("entry"), typed_form())

    assert UNKNOWN in page.text
    assert Submission.objects.get().state == State.QUEUED


def test_the_connection_is_given_up(recruiter):
    note_send(errors.KeyRefused("HTTP 401"))

    with commit_fails(is_made=False), pytest.raises(outbox.NotSaved):
        outbox.enter(by=recruiter, token=uuid4(), payload=SOPHIE, typed={})

    assert connection.connection is None


def test_the_connection_is_given_up_where_nothing_can_be_taken_back_either(recruiter, sandbox, monkeypatch):
    def fail(*_, **__) -> None:
        connection.ensure_connection()
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(outbox, "record", fail)

    with commit_fails(is_made=True), pytest.raises(outbox.NotSaved):
        outbox.enter(by=recruiter, token=uuid4(), payload=SOPHIE, typed={})

    assert connection.connection is None


class TestTheOutcomesCommit:
    """The outcome is recorded once more, and was recorded already: Leonar can't be reached, so nothing was sent."""

    def test_counts_one_failure_once(self, recruiter):
        submission = queued(recruiter)

        send_unacknowledged(submission)

        assert gate.standing().is_open
        assert Gate.objects.get().failures == 1

    def test_counts_a_try_once_that_shares_the_row_of_the_one_before(self, recruiter):
        submission = queued(recruiter)
        outbox.deliver(submission.pk, worker="test")

        send_unacknowledged(submission)

        assert list(submission.attempts.values_list("verdict", "tries")) == [(Attempt.Verdict.NOT_SENT, 2)]

    def test_is_made_again_where_it_was_not_made(self, recruiter, sandbox):
        submission = queued(recruiter)

        send_unacknowledged(submission, is_made=False)

        submission.refresh_from_db()
        assert submission.state == State.CREATED

    def test_leaves_alone_what_has_happened_since(self, recruiter, sandbox, settings):
        right_address, settings.LEONAR_API_URL = settings.LEONAR_API_URL, "http://127.0.0.1:9/api/v1"
        submission = queued(recruiter)
        attempt = outbox.claim(worker="test", submission_id=submission.pk)
        record(attempt, errors.Unreachable("refused"))
        settings.LEONAR_API_URL = right_address
        outbox.deliver(submission.pk, worker="another")

        record(attempt, errors.Unreachable("refused"), is_repeated=True)

        submission.refresh_from_db()
        assert submission.state == State.CREATED


def send_unacknowledged(submission: Submission, *, is_made: bool = True) -> None:
    attempt = outbox.claim(worker="test", submission_id=submission.pk)
    assert attempt is not None
    with commit_fails(is_made=is_made):
        outbox.send(attempt)


def test_whose_account_goes_with_the_press_is_told_that_it_is_not_saved(sandbox):
    gone = User(pk=1_000_000, username="sophie")

    with pytest.raises(outbox.NotSaved) as failure:
        outbox.enter(by=gone, token=uuid4(), payload=SOPHIE, typed={})

    assert failure.value.is_certain
    assert sandbox.ledger() == []
