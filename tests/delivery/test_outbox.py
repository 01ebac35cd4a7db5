"""Accepting, claiming, sending and recording: at most once, whatever happens in between."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from contacts.delivery import clients, gate, outbox
from contacts.leonar import errors
from contacts.models import Attempt, Reason, Submission
from tests.gate import note_send
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State
SOPHIE = {"first_name": "Sophie", "last_name": "Martin", "email": "sophie@acme.example"}


@pytest.fixture
def enter(recruiter):
    """What the entry form does."""

    def enter(payload=SOPHIE, token=None, by=recruiter) -> outbox.Entered:
        return outbox.enter(by=by, token=token or uuid4(), payload=payload, typed={"first_name": ["Sophie"]})

    return enter


@pytest.fixture
def queue(recruiter):
    """One that waits to be sent."""
    return partial(queued, recruiter)


def deliver(submission: Submission) -> Submission:
    outbox.deliver(submission.pk, worker="test")
    submission.refresh_from_db()
    return submission


def make_due() -> None:
    Submission.objects.exclude(due_at=None).update(due_at=timezone.now() - timedelta(seconds=1))


class TestEntering:
    def test_it_is_stored_and_sent_at_once(self, enter, sandbox):
        entered = enter()

        submission = Submission.objects.get()
        assert (entered.is_new, entered.is_same) == (True, True)
        assert submission == entered.submission
        assert submission.state == State.CREATED
        assert [line["body"] for line in sandbox.ledger()] == [SOPHIE]

    def test_behind_a_closed_gate_it_is_stored_and_due(self, enter, sandbox):
        note_send(errors.KeyRefused("HTTP 401"))

        enter()

        submission = Submission.objects.get()
        assert submission.state == State.QUEUED
        assert submission.due_at <= timezone.now()
        assert not submission.attempts.exists()
        assert sandbox.ledger() == []

    def test_without_a_usable_client_it_is_stored_and_due(self, enter, settings):
        settings.LEONAR_API_URL, settings.LEONAR_CA_BUNDLE = "https://127.0.0.1:9/api/v1", "/nowhere.pem"

        enter()

        assert Submission.objects.get().state == State.QUEUED

    def test_the_same_form_twice_is_one_submission_and_one_call(self, enter, sandbox):
        token = uuid4()

        first, second = enter(token=token), enter(token=token)

        assert second.submission == first.submission
        assert (second.is_new, second.is_same) == (False, True)
        assert Submission.objects.count() == 1
        assert len(sandbox.ledger()) == 1

    def test_the_same_form_with_other_content_says_so_and_changes_nothing(self, enter, sandbox):
        token = uuid4()
        enter(token=token)

        second = enter(SOPHIE | {"title": "Engineer"}, token=token)

        assert not second.is_same
        assert Submission.objects.get().payload == SOPHIE
        assert len(sandbox.ledger()) == 1

    def test_true_is_other_content_than_one(self, enter, sandbox):
        token = uuid4()
        enter(SOPHIE | {"custom_data": {"remote": True}}, token=token)

        assert not enter(SOPHIE | {"custom_data": {"remote": 1}}, token=token).is_same

    @pytest.mark.parametrize("number", [1e16, 1e300, [1.2345678901234568e17], -0.0, 1.0, 5e-324, 2**53 - 1])
    def test_a_number_is_the_same_content_however_the_database_writes_it(self, enter, sandbox, number):
        token, payload = uuid4(), SOPHIE | {"custom_data": {"number": number}}
        enter(payload, token=token)

        assert enter(payload, token=token).is_same

    def test_another_person_with_the_same_token_has_a_submission_of_their_own(self, enter, admin, sandbox):
        token = uuid4()

        first, second = enter(token=token), enter(token=token, by=admin)

        assert first.submission != second.submission

    def test_it_can_be_found_by_name_company_and_address_without_accents(self, enter, sandbox):
        entered = enter({"first_name": "Zoé", "current_company": "Éclair", "email": "zoe@eclair.example"})

        assert entered.submission.search_entry.words == "zoe eclair example"


class TestDelivering:
    def test_a_created_contact_is_kept_as_leonar_returned_it(self, queue, sandbox):
        submission = deliver(queue())

        held = sandbox.contacts()
        assert submission.state == State.CREATED
        assert submission.due_at is None
        assert [str(submission.contact_id)] == [contact["id"] for contact in held]
        assert submission.contact["first_name"] == "Sophie"
        assert submission.settled_by == Submission.SettledBy.ANSWER

    def test_the_database_is_given_back_before_leonar_is_called(self, queue, sandbox, monkeypatch):
        given_back_at = []
        monkeypatch.setattr(clients, "release_database", lambda: given_back_at.append(len(sandbox.ledger())))

        deliver(queue())

        assert given_back_at == [0]
        assert len(sandbox.ledger()) == 1

    def test_the_log_says_what_became_of_it_and_nothing_of_the_person(self, queue, sandbox, caplog):
        caplog.set_level("INFO", "contacts.delivery.record")
        submission = deliver(queue())

        [line] = [line for line in caplog.messages if " attempt=" in line]
        assert line.startswith(f"submission={submission.pk} attempt=1 verdict=created reason=- status=201 seconds=")

    def test_the_log_knows_no_status_where_nothing_was_answered(self, queue, caplog):
        caplog.set_level("INFO", "contacts.delivery.record")
        deliver(queue())

        [line] = [line for line in caplog.messages if " attempt=" in line]
        assert " verdict=not_sent reason=unreachable status=- seconds=" in line

    def test_the_attempt_records_what_was_sent_and_seen(self, queue, sandbox):
        submission = deliver(queue())

        attempt = submission.attempts.get()
        assert attempt.verdict == Attempt.Verdict.CREATED
        assert (attempt.http_status, attempt.content_type) == (201, "application/json; charset=utf-8")
        assert attempt.payload == SOPHIE
        assert attempt.finished_at is not None
        assert attempt.rate_limit["limit"] == 2000
        assert sandbox.ledger()[0]["body"] == SOPHIE

    def test_a_created_submission_is_never_sent_again(self, queue, sandbox):
        submission = deliver(queue())

        sent_again = outbox.deliver(submission.pk, worker="test")

        assert not sent_again
        assert len(sandbox.ledger()) == 1

    def test_a_refused_contact_waits_for_correction_with_leonars_words(self, queue, sandbox):
        submission = deliver(queue(SOPHIE | {"email": "not an address"}))

        assert submission.state == State.REJECTED
        assert submission.reason == Reason.INVALID
        assert submission.error_field == "email"
        assert submission.error_message
        assert submission.due_at is None

    @pytest.mark.parametrize(
        ("rule", "reason"),
        [
            ({"mode": "drop_after_reading"}, Reason.CONNECTION_LOST),
            ({"mode": "drop_after_creating"}, Reason.CONNECTION_LOST),
            ({"mode": "status", "status": 500}, Reason.SERVER_ERROR),
            ({"mode": "status", "status": 503, "body": "html"}, Reason.SERVER_ERROR),
            ({"mode": "status", "status": 409}, Reason.SERVER_ERROR),
            ({"mode": "truncated"}, Reason.ANSWER_UNREADABLE),
            ({"mode": "malformed"}, Reason.ANSWER_UNREADABLE),
            ({"mode": "no_id"}, Reason.ANSWER_UNREADABLE),
        ],
    )
    def test_an_unknown_outcome_is_checked_and_never_sent_again(self, queue, sandbox, rule, reason):
        sandbox.misbehave(**rule, only="POST /contacts")
        submission = deliver(queue())
        make_due()

        sent_again = outbox.claim(worker="test")

        assert (submission.state, submission.reason) == (State.UNCONFIRMED, reason)
        assert submission.due_at is not None
        assert sent_again is None
        assert len(sandbox.ledger()) == 1

    def test_the_hourly_limit_keeps_it_queued_until_the_reset(self, queue, sandbox):
        sandbox.misbehave(mode="rate_limited", reset_in=600)

        submission = deliver(queue())

        assert (submission.state, submission.reason) == (State.QUEUED, Reason.RATE_LIMITED)
        assert gate.standing().reason == Reason.RATE_LIMITED
        assert gate.standing().until > timezone.now() + timedelta(minutes=9)

    @pytest.mark.parametrize("status", [401, 402, 403])
    def test_a_refused_key_keeps_it_queued_and_closes_the_gate(self, queue, sandbox, status):
        sandbox.misbehave(mode="status", status=status)

        submission = deliver(queue())

        assert (submission.state, submission.reason) == (State.QUEUED, Reason.KEY_REFUSED)
        assert gate.standing().waits_for_person

    @pytest.mark.parametrize("status", [301, 404, 405, 410])
    def test_a_wrong_address_keeps_it_queued_and_closes_the_gate(self, queue, sandbox, status):
        sandbox.misbehave(mode="status", status=status)

        submission = deliver(queue())

        assert (submission.state, submission.reason) == (State.QUEUED, Reason.ADDRESS_WRONG)
        assert gate.standing().waits_for_person

    def test_a_closed_gate_lets_nothing_through_and_loses_nothing(self, queue, sandbox):
        sandbox.misbehave(mode="status", status=401)
        deliver(queue())

        second = deliver(queue())

        assert second.state == State.QUEUED
        assert second.attempts.count() == 0
        assert len(sandbox.ledger()) == 1

    def test_unreachable_leonar_keeps_it_queued_and_it_goes_out_later(self, queue, sandbox, settings):
        right_address = settings.LEONAR_API_URL
        settings.LEONAR_API_URL = "http://127.0.0.1:9/api/v1"
        submission = deliver(queue())
        while_down = (submission.state, submission.reason)

        settings.LEONAR_API_URL = right_address
        submission = deliver(submission)

        assert while_down == (State.QUEUED, Reason.UNREACHABLE)
        assert submission.state == State.CREATED
        assert submission.attempts.count() == 2

    def test_what_no_client_can_be_made_for_is_logged_and_stays_due(self, queue, settings, caplog):
        submission = queue()
        settings.LEONAR_CA_BUNDLE = "/nowhere/bundle.pem"
        settings.LEONAR_API_URL = "https://leonar.example/v1"

        outbox.send_now(submission.pk)

        submission.refresh_from_db()
        assert submission.state == State.QUEUED
        assert f"submission={submission.pk} not sent: " in caplog.text


class TestClaiming:
    def test_only_one_claim_of_a_submission_succeeds(self, queue):
        submission = queue()

        claims = [outbox.claim(worker="test", submission_id=submission.pk) for _ in range(3)]

        assert [claim is not None for claim in claims] == [True, False, False]

    def test_the_oldest_that_is_due_goes_first(self, queue):
        now = timezone.now()
        queue(created_at=now - timedelta(minutes=1))
        oldest = queue(created_at=now - timedelta(minutes=2))

        claimed = outbox.claim(worker="test")

        assert claimed.submission == oldest

    def test_the_one_that_is_named_goes_before_whatever_has_waited_longer(self, queue):
        queue(created_at=timezone.now() - timedelta(minutes=1))
        corrected = queue(due_at=timezone.now() + outbox.INLINE_GRACE)

        claimed = outbox.claim(worker="test", submission_id=corrected.pk)

        assert claimed.submission == corrected

    def test_what_the_web_process_is_about_to_send_is_left_to_it(self, queue):
        queue(due_at=timezone.now() + outbox.INLINE_GRACE)

        assert outbox.claim(worker="test") is None

    def test_nothing_is_sent_once_half_the_lease_is_over(self, queue, sandbox):
        attempt = outbox.claim(worker="test", submission_id=queue().pk)
        attempt.started_at -= timedelta(minutes=1)

        outbox.send(attempt)

        attempt.submission.refresh_from_db()
        assert sandbox.ledger() == []
        assert attempt.submission.state == State.QUEUED
        assert attempt.submission.reason == Reason.ABANDONED
