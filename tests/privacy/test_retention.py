"""What is old and finished goes; what waits stays."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from contacts.models import Attempt, Submission
from contacts.privacy import retention
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State


@pytest.fixture
def enter(recruiter):
    def enter(state: str, *, days_ago: int) -> Submission:
        stored = queued(recruiter, {"first_name": "Sophie"})
        columns = {"state": state, "changed_at": timezone.now() - timedelta(days=days_ago)}
        if state != State.QUEUED:
            columns |= {"due_at": None, "contact_id": uuid4()}
        Submission.objects.filter(pk=stored.pk).update(**columns)
        return stored

    return enter


def test_everything_is_kept_for_ever_by_default(enter):
    enter(State.CREATED, days_ago=10_000)

    assert retention.sweep() == 0


def test_finished_ones_are_erased_with_their_attempts_once_they_are_old(enter, settings):
    settings.RETENTION_DAYS = 90
    old, fresh = enter(State.CREATED, days_ago=91), enter(State.CREATED, days_ago=89)
    now = timezone.now()
    Attempt.objects.create(submission=old, number=1, worker="test", started_at=now, lease_until=now, payload={})

    erased = retention.sweep()

    assert erased == 1
    assert list(Submission.objects.all()) == [fresh]
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("state", [State.QUEUED, State.REJECTED, State.UNCONFIRMED])
def test_what_waits_is_never_erased(enter, settings, state):
    settings.RETENTION_DAYS = 90
    enter(state, days_ago=1000)

    assert retention.sweep() == 0


def test_expired_sessions_go_because_they_may_hold_what_was_typed(client):
    client.post("/contacts/new/", {"first_name": "Sophie"})
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))

    retention.sweep()

    assert not Session.objects.exists()
