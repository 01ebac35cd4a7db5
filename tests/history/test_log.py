"""The event log: newest first, narrowed, paged by key; who looked at whose entry."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.history import log
from contacts.history.log import Asked
from contacts.models import Event
from contacts.wording.events import GROUPS
from tests.submissions import queued

pytestmark = pytest.mark.django_db

Kind = Event.Kind


def put(kind: Kind, **columns) -> Event:
    return Event.objects.create(**{"at": timezone.now(), "kind": kind} | columns)


def test_the_newest_comes_first_and_pages_go_on_by_key(admin, monkeypatch):
    monkeypatch.setattr(log, "PAGE_SIZE", 2)
    several = [put(Kind.SIGNED_IN, actor=admin) for _ in range(5)]

    first = log.page(Asked(kinds=(Kind.SIGNED_IN,)))
    second = log.page(Asked(kinds=(Kind.SIGNED_IN,)), below=first.after)
    third = log.page(Asked(kinds=(Kind.SIGNED_IN,)), below=second.after)

    assert [*first.rows, *second.rows, *third.rows] == several[::-1]
    assert third.after is None


def test_it_is_narrowed_by_kind_person_and_entry(admin, recruiter):
    entry = queued(recruiter)
    wanted = put(Kind.DISCARDED, actor=admin, submission=entry)
    put(Kind.DISCARDED, actor=recruiter, submission=entry)
    put(Kind.DISCARDED, actor=admin)
    put(Kind.CORRECTED, actor=admin, submission=entry)

    found = log.page(Asked(kinds=(Kind.DISCARDED, Kind.ERASED), actor=admin.pk, submission=entry.pk))

    assert found.rows == [wanted]


def test_a_period_is_whole_days(admin):
    today = timezone.localdate()
    put(Kind.SIGNED_IN, at=timezone.now() - timedelta(days=3))
    wanted = put(Kind.SIGNED_IN, at=timezone.now() - timedelta(days=1))
    put(Kind.SIGNED_IN)
    yesterday = today - timedelta(days=1)

    assert log.page(Asked(since=yesterday, until=yesterday)).rows == [wanted]
    assert log.page(Asked(since=today + timedelta(days=1))).rows == []


def test_all_of_them_come_in_batches(admin, monkeypatch):
    monkeypatch.setattr(log, "BATCH", 2)
    several = [put(Kind.SIGNED_IN, actor=admin) for _ in range(5)]

    assert list(log.every(Asked(kinds=(Kind.SIGNED_IN,)))) == several[::-1]


def test_looking_at_somebody_elses_entry_is_on_record_once_a_day(admin, recruiter):
    entry = queued(recruiter)

    for _ in range(3):
        log.note_viewed(entry, by=admin)
    log.note_viewed(entry, by=recruiter)

    [event] = Event.objects.filter(kind=Kind.VIEWED)
    assert (event.actor, event.submission_id) == (admin, entry.pk)


def test_each_kind_is_in_one_group():
    grouped = [kind for _words, kinds in GROUPS.values() for kind in kinds]

    assert sorted(grouped) == sorted(Kind)
