"""The event log can only grow."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from contacts.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(recruiter) -> Event:
    return Event.objects.create(kind=Event.Kind.REOPENED, actor=recruiter, at=timezone.now())


def test_an_event_is_not_saved_again(event):
    event.kind = Event.Kind.ERASED

    with pytest.raises(TypeError):
        event.save()


def test_an_event_is_not_deleted(event):
    with pytest.raises(TypeError):
        event.delete()


def test_events_are_neither_updated_nor_deleted_together(event):
    with pytest.raises(TypeError):
        Event.objects.update(kind=Event.Kind.ERASED)
    with pytest.raises(TypeError):
        Event.objects.all().delete()


def test_the_database_refuses_a_change(event):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_event SET kind = 'erased'")


def test_the_database_refuses_to_delete(event, tmp_path):
    # SQLite's other trigger is taken off for the tests, which empty their database by DELETE; see conftest.py.
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TRIGGER event_no_delete BEFORE DELETE ON contacts_event "
                "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
            )

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM contacts_event")
