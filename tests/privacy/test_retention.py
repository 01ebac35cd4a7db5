"""What is old and finished goes; what waits stays."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Session
from contacts.models import Attempt, ContactKey, Draft, Event, Submission, current_workspace
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


def test_everything_is_kept_for_ever_where_the_setting_is_0(enter, settings):
    settings.RETENTION_DAYS = 0
    enter(State.CREATED, days_ago=10_000)

    retention.sweep()

    assert not _erased()


def test_finished_ones_are_emptied_with_their_attempts_and_keys_once_they_are_old(enter, settings):
    settings.RETENTION_DAYS = 90
    old, fresh = enter(State.CREATED, days_ago=91), enter(State.CREATED, days_ago=89)
    now = timezone.now()
    Attempt.objects.create(submission=old, number=1, worker="test", started_at=now, lease_until=now, payload={})

    retention.sweep()

    old.refresh_from_db()
    assert _erased() == {old.pk}
    assert (old.payload, old.typed, old.name, old.state) == ({}, {}, "", State.CREATED)
    assert list(Attempt.objects.values_list("payload", "answer")) == [({}, "")]
    assert set(ContactKey.objects.values_list("submission", flat=True)) == {fresh.pk}


def test_what_people_did_stays_on_record(enter, settings, recruiter):
    settings.RETENTION_DAYS = 90
    old = enter(State.DISCARDED, days_ago=91)
    Event.objects.create(at=timezone.now(), kind=Event.Kind.DISCARDED, actor=recruiter, submission=old)

    retention.sweep()

    event = Event.objects.get(kind=Event.Kind.DISCARDED)
    assert _erased() == {old.pk}
    assert event.submission_id == old.pk


def test_each_sweep_is_on_record_with_its_number_and_nothing_personal(enter, settings):
    settings.RETENTION_DAYS = 90
    enter(State.CREATED, days_ago=91)

    retention.sweep()

    event = Event.objects.get(kind=Event.Kind.ERASED)
    assert (event.actor, event.details) == (None, {"submissions": 1, "retention_days": 90})


def test_one_sweep_erases_a_bounded_number_and_says_whether_more_may_be(enter, settings, monkeypatch):
    settings.RETENTION_DAYS = 90
    monkeypatch.setattr(retention, "BATCH", 2)
    for _ in range(3):
        enter(State.CREATED, days_ago=91)

    left = []
    while retention.sweep():
        left.append(Submission.objects.filter(erased_at=None).count())

    assert left == [1]
    assert len(_erased()) == 3


@pytest.mark.parametrize("state", [State.QUEUED, State.REJECTED, State.UNCONFIRMED])
def test_what_waits_is_never_erased(enter, settings, state):
    settings.RETENTION_DAYS = 90
    enter(state, days_ago=1000)

    retention.sweep()

    assert not _erased()


def test_expired_sessions_go_and_others_stay(signed_in):
    lasting = Session.objects.get()
    past = timezone.now() - timedelta(days=1)
    Session.objects.create(session_key="expired", session_data="", expire_date=past, seen_at=past)

    retention.clear_sessions()

    assert list(Session.objects.all()) == [lasting]


def test_drafts_that_nobody_goes_on_with_are_erased(recruiter):
    now = timezone.now()
    for age in (timedelta(days=1), retention.DRAFTS_KEPT + timedelta(days=1)):
        Draft.objects.create(
            workspace=current_workspace(),
            owner=recruiter,
            token=uuid4(),
            typed={"title": ["Engineer"]},
            created_at=now - age,
            updated_at=now - age,
        )

    retention.clear_drafts()

    assert Draft.objects.get().updated_at > now - timedelta(days=2)


def _erased() -> set[object]:
    return set(Submission.objects.exclude(erased_at=None).values_list("pk", flat=True))
