"""A connection to the database that has failed is dropped: whatever comes next begins with a new one."""

from uuid import uuid4

import pytest
from django.db import connection

from contacts.delivery import outbox
from contacts.models import Submission
from tests.delivery.failing_database import (
    ATTEMPT_READ,
    ATTEMPT_STORED,
    OUTCOME_STORED,
    SUBMISSION_READ,
    commit_fails,
    failing,
    is_connection_dropped,
)
from tests.submissions import SOPHIE, queued

pytestmark = pytest.mark.django_db(transaction=True)


def enter(recruiter, token=None) -> outbox.Entered:
    return outbox.enter(by=recruiter, token=token or uuid4(), payload=SOPHIE, typed={})


def test_where_an_entry_could_not_be_stored(recruiter):
    with failing(ATTEMPT_STORED), pytest.raises(outbox.NotSaved):
        enter(recruiter)

    assert is_connection_dropped()


def test_where_what_was_entered_before_could_not_be_read(recruiter, sandbox):
    token = uuid4()
    enter(recruiter, token)

    with failing(SUBMISSION_READ), pytest.raises(outbox.NotSaved):
        enter(recruiter, token)

    assert is_connection_dropped()


def test_where_it_could_not_be_told_whether_an_entry_was_stored(recruiter):
    with commit_fails(is_made=True), failing(ATTEMPT_READ), pytest.raises(outbox.NotSaved):
        enter(recruiter)

    assert is_connection_dropped()


def test_where_a_claim_could_not_be_stored(recruiter):
    submission = queued(recruiter)

    with failing(ATTEMPT_STORED):
        outbox.send_now(submission.pk)

    assert is_connection_dropped()


def test_where_an_outcome_could_not_be_stored_at_first_it_is_stored_over_a_new_connection(
    recruiter, sandbox, monkeypatch
):
    monkeypatch.setattr(outbox, "RECORD_PATIENCE", (0, 0))
    connections = []
    drop = outbox.clients.drop_database
    monkeypatch.setattr(outbox.clients, "drop_database", lambda: (drop(), connections.append(connection.connection)))

    with failing(OUTCOME_STORED, once=True):
        entered = enter(recruiter)

    assert connections == [None]
    assert Submission.objects.get(pk=entered.submission.pk).state == Submission.State.CREATED
