"""Readiness is red whenever due work is not being done, whatever the reason, and says which."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Attempt, Gate, Reason, Submission, current_workspace
from contacts.operations import readiness
from tests.operations.gates import close_gate
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State
Kind = Attempt.Kind
Verdict = Attempt.Verdict


def ago(**amount: float):
    return timezone.now() - timedelta(**amount)


@pytest.fixture
def submission(recruiter):
    def submission(**columns) -> Submission:
        stored = queued(recruiter, {"first_name": "Sophie"})
        Submission.objects.filter(pk=stored.pk).update(**columns)
        return Submission.objects.get(pk=stored.pk)

    return submission


def attempt(submission: Submission, kind: str, verdict: str, *, minutes_ago: float) -> None:
    number = submission.attempts.filter(kind=kind).count() + 1
    began = ago(minutes=minutes_ago)
    Attempt.objects.create(
        submission=submission,
        kind=kind,
        number=number,
        worker="test",
        started_at=began,
        lease_until=began,
        finished_at=None if verdict == Verdict.OPEN else began,
        payload={},
        verdict=verdict,
    )


class TestTheDeliverer:
    def test_nothing_due_is_ready(self, submission):
        submission(state=State.CREATED, due_at=None, contact_id=uuid4())

        assert readiness.look().is_ready

    def test_work_that_has_just_become_due_is_ready(self, submission):
        submission(due_at=ago(seconds=50))

        assert readiness.look().is_ready

    @pytest.mark.parametrize("state", [State.QUEUED, State.SENDING, State.UNCONFIRMED])
    def test_work_that_nobody_takes_up_is_overdue(self, submission, state):
        submission(state=state, due_at=ago(seconds=61))

        seen = readiness.look()

        assert seen.deliverer == "overdue"
        assert not seen.is_ready
        assert seen.due == 1

    def test_another_workspaces_work_is_none_of_this_one(self, submission, settings):
        submission(due_at=ago(hours=1))

        settings.LEONAR_WORKSPACE = "leonar"

        assert readiness.look().is_ready


class TestAClosedGate:
    def test_an_expired_lease_is_overdue_even_then(self, submission):
        submission(state=State.SENDING, due_at=ago(hours=1))
        close_gate(Reason.KEY_REFUSED)

        assert readiness.look().deliverer == "overdue"

    def test_one_that_waits_for_an_admin_is_red_as_soon_as_anything_is_due(self, submission):
        close_gate(Reason.KEY_REFUSED)
        assert readiness.look().is_ready

        submission(due_at=ago(seconds=1))

        seen = readiness.look()
        assert seen.sending == "key_refused"
        assert seen.deliverer == "ok"
        assert not seen.is_ready

    @pytest.mark.parametrize("reason", [Reason.RATE_LIMITED, Reason.UNREACHABLE, Reason.UNTRUSTED])
    def test_one_that_opens_automatically_is_red_once_work_has_waited(self, submission, reason):
        found = submission(due_at=ago(seconds=1))
        close_gate(reason, until=timezone.now() + timedelta(minutes=30))
        assert readiness.look().is_ready

        Gate.objects.update(since=ago(minutes=5))
        Submission.objects.filter(pk=found.pk).update(due_at=ago(seconds=2))

        assert readiness.look().sending == reason


class TestTriesInVain:
    def test_a_check_that_is_never_answered_is_red_between_its_tries_too(self, submission):
        found = submission(state=State.UNCONFIRMED, due_at=timezone.now() + timedelta(minutes=10))
        attempt(found, Kind.SEND, Verdict.UNKNOWN, minutes_ago=30)
        attempt(found, Kind.CHECK, Verdict.FAILED, minutes_ago=20)
        attempt(found, Kind.CHECK, Verdict.FAILED, minutes_ago=0.2)

        assert readiness.look().checking == "unanswered"

    def test_a_single_check_without_an_answer_is_not(self, submission):
        found = submission(state=State.UNCONFIRMED, due_at=timezone.now() + timedelta(minutes=10))
        attempt(found, Kind.CHECK, Verdict.FAILED, minutes_ago=0.2)

        assert readiness.look().is_ready

    def test_an_answer_ends_it(self, submission):
        found = submission(state=State.UNCONFIRMED, due_at=timezone.now() + timedelta(minutes=10))
        attempt(found, Kind.CHECK, Verdict.FAILED, minutes_ago=20)
        attempt(found, Kind.CHECK, Verdict.NOT_FOUND, minutes_ago=1)

        assert readiness.look().is_ready

    def test_what_waits_for_a_person_is_nobodys_due_work(self, submission):
        found = submission(state=State.UNCONFIRMED, due_at=None)
        attempt(found, Kind.CHECK, Verdict.FAILED, minutes_ago=20)

        assert readiness.look().is_ready

    def test_sends_that_never_leave_are_red(self, submission):
        found = submission(due_at=ago(seconds=1))
        attempt(found, Kind.SEND, Verdict.NOT_SENT, minutes_ago=20)

        assert readiness.look().sending == "unanswered"


class TestThePage:
    def test_it_says_what_is_wrong_since_when_and_how_much_waits(self, client, submission):
        submission(due_at=ago(minutes=5))
        close_gate(Reason.KEY_REFUSED)

        answer = client.get(reverse("readyz"))

        said = answer.json()
        assert answer.status_code == 503
        assert said["sending"] == said["gate"] == "key_refused"
        assert said["gate_since"]
        assert said["due"] == 1
        assert 299 <= said["oldest_seconds"] <= 310

    def test_it_is_green_and_short_where_nothing_waits(self, client):
        answer = client.get(reverse("readyz"))

        assert answer.status_code == 200
        assert answer.json() == {
            "database": "ok",
            "deliverer": "ok",
            "sending": "ok",
            "checking": "ok",
            "gate": "open",
            "gate_since": None,
            "gate_until": None,
            "due": 0,
            "oldest_seconds": 0,
        }

    def test_it_costs_few_queries_however_much_waits(self, submission, django_assert_max_num_queries):
        for _ in range(20):
            submission(due_at=ago(minutes=5))

        with django_assert_max_num_queries(7):
            readiness.look()


class TestTheLog:
    @pytest.fixture(autouse=True)
    def _at_info(self, caplog):
        caplog.set_level(logging.INFO, logger="contacts.operations.readiness")

    def test_it_says_so_once_a_change_and_not_once_a_look(self, submission, caplog):
        watch = readiness.Watch()
        watch.look()
        assert caplog.messages == []

        submission(due_at=ago(minutes=5))
        watch.look()
        watch.look()
        Submission.objects.update(due_at=timezone.now())
        watch.look()
        watch.look()

        assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
        assert "deliverer=overdue" in caplog.messages[0]
        assert "due=1" in caplog.messages[0]
        assert "deliverer=ok" in caplog.messages[1]
        assert "Sophie" not in caplog.text


def test_a_gate_of_another_key_says_nothing_of_this_one():
    Gate.objects.create(workspace=current_workspace(), fingerprint="another key's", reason=Reason.KEY_REFUSED)

    assert readiness.look().standing.is_open
