"""A check that gets no answer counts for nothing, is made again ever later, and is left to a person in the end."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import DataError
from django.utils import timezone

from contacts.delivery import clients, conclusions, gate, schedule
from contacts.history import decisions
from contacts.models import Attempt, Gate, Reason, Submission
from tests.delivery.unknown_outcomes import (
    SEARCH,
    check_now,
    checks,
    claim_now,
    submit,
    submit_unseen,
)

pytestmark = pytest.mark.django_db

State = Submission.State
Verdict = Attempt.Verdict


class TestNoAnswer:
    @pytest.mark.parametrize(
        "rule",
        [{"mode": "status", "status": 503, "body": "html"}, {"mode": "malformed"}, {"mode": "drop_after_reading"}],
    )
    def test_is_no_finding_and_the_check_is_made_again(self, recruiter, sandbox, rule):
        submission = submit_unseen(sandbox, recruiter, created=True)
        sandbox.misbehave(**rule)

        check_now()
        submission.refresh_from_db()
        after_failure = submission.state
        check_now()

        submission.refresh_from_db()
        assert after_failure == State.UNCONFIRMED
        assert submission.state == State.CREATED

    def test_on_the_last_check_is_no_dead_end(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)
        check_now(times=4)
        sandbox.misbehave(mode="status", status=502)

        check_now()
        submission.refresh_from_db()
        after_failure = submission.due_at
        check_now()

        submission.refresh_from_db()
        assert after_failure is not None
        assert submission.due_at is None
        assert decisions.last_check(submission).verdict == Verdict.NOT_FOUND

    def test_is_tried_again_ever_later_and_after_a_day_left_to_a_person(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=True)
        for wait in (30, 60, 120, 240, 480, 900, 900):
            sandbox.misbehave(mode="status", status=503)
            began = timezone.now()
            check_now()
            submission.refresh_from_db()
            # However long this machine takes for it.
            assert began <= submission.due_at - timedelta(seconds=wait) <= timezone.now()
        yesterday = timezone.now() - timedelta(days=1, seconds=1)
        Attempt.objects.filter(kind=Attempt.Kind.SEND).update(finished_at=yesterday)

        sandbox.misbehave(mode="status", status=503)
        check_now()

        submission.refresh_from_db()
        assert submission.may_be_decided

    def test_is_left_to_a_person_after_as_many_as_a_day_has_where_the_clock_was_set_back(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=True)
        sandbox.misbehave(mode="status", status=503, calls=3)
        check_now()
        in_a_year = timezone.now() + timedelta(days=365)
        submission.attempts.update(started_at=in_a_year, finished_at=in_a_year)
        submission.attempts.filter(kind=Attempt.Kind.CHECK).update(tries=schedule.UNANSWERED_MOST - 2)
        check_now()
        submission.refresh_from_db()
        is_decided_before = submission.may_be_decided

        check_now()

        submission.refresh_from_db()
        assert not is_decided_before
        assert submission.may_be_decided

    def test_for_long_fills_one_row_and_is_counted(self, recruiter, admin_signed_in, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)
        sandbox.misbehave(mode="status", status=503, calls=20)
        check_now(times=20)
        check_now()

        found = [(one.number, one.verdict, one.tries) for one in checks(submission)]
        page = admin_signed_in.get(submission.get_absolute_url()).text
        assert found == [(1, Verdict.FAILED, 20), (21, Verdict.NOT_FOUND, 1)]
        assert "20 times" in page

    def test_is_never_counted_with_the_attempt_to_send(self, recruiter, sandbox):
        sandbox.misbehave(mode="drop_after_reading", calls=2)
        submission = submit(recruiter)

        check_now()

        send = submission.attempts.get(kind=Attempt.Kind.SEND)
        assert (send.reason, send.detail) == (checks(submission)[0].reason, checks(submission)[0].detail)
        assert send.tries == 1

    @pytest.mark.parametrize("failure", [RuntimeError, DataError])
    def test_is_what_an_answer_amounts_to_that_the_portal_fails_over(self, recruiter, sandbox, monkeypatch, failure):
        submission = submit_unseen(sandbox, recruiter, created=True)
        monkeypatch.setattr(conclusions, "answered", mock.Mock(side_effect=failure("Sophie")))

        with pytest.raises(failure):
            check_now()

        submission.refresh_from_db()
        made = checks(submission)[0]
        assert (made.verdict, made.detail) == (Verdict.FAILED, failure.__name__)
        assert submission.due_at > timezone.now() + timedelta(seconds=25)

    def test_where_the_key_may_not_read_a_person_decides_and_sending_goes_on(self, recruiter, sandbox, settings):
        settings.LEONAR_API_KEY = "leo_writeonly_key"
        submission = submit_unseen(sandbox, recruiter, created=True)

        check_now()

        submission.refresh_from_db()
        assert submission.may_be_decided
        assert checks(submission)[0].reason == Reason.KEY_REFUSED
        assert gate.standing().is_open

    def test_the_hourly_limit_holds_for_sends_too(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=True)
        sandbox.misbehave(mode="rate_limited", reset_in=300)

        check_now()

        submission.refresh_from_db()
        assert gate.standing().reason == Reason.RATE_LIMITED
        assert submission.due_at is not None

    def test_two_that_fail_in_different_ways_are_told_apart(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)

        for status in (500, 503):
            sandbox.misbehave(mode="status", status=status, calls=1, only=SEARCH)
            check_now()

        assert [check.http_status for check in checks(submission)][:2] == [500, 503]

    def test_whoever_was_told_that_no_check_is_answered_has_it_sent_without_one(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)
        sandbox.misbehave(mode="status", status=403, code="insufficient_scope", calls=100, only=SEARCH)
        check_now()
        submission.refresh_from_db()

        decisions.send_again(submission, by=recruiter, revision=submission.revision)
        check_now()

        submission.refresh_from_db()
        assert submission.state == State.QUEUED

    def test_whoever_saw_a_check_that_was_interrupted_has_not_been_told_that(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)
        claim_now()
        conclusions.overtaken([submission.pk], now=timezone.now())
        seen = decisions.last_check(submission).number
        Submission.objects.update(due_at=timezone.now(), seen_check=seen)
        sandbox.misbehave(mode="status", status=403, code="insufficient_scope", calls=100, only=SEARCH)

        check_now()

        submission.refresh_from_db()
        assert submission.may_be_decided

    def test_a_search_that_leonar_refuses_stops_nothing(self, recruiter, sandbox):
        submit_unseen(sandbox, recruiter, created=True)
        sandbox.misbehave(mode="status", status=404, only="POST /contacts/search")

        check_now()

        assert gate.standing().is_open
        assert not Gate.objects.exclude(reason="").exists()

    def test_no_transaction_is_open_while_leonar_is_asked(self, recruiter, sandbox, monkeypatch):
        submit_unseen(sandbox, recruiter, created=True)
        asked = []
        monkeypatch.setattr(clients, "release_database", lambda: asked.append(True))

        check_now()

        assert asked == [True]
