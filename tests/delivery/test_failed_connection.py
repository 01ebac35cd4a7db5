"""A connection to the database that has failed is dropped: whatever comes next begins with a new one."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import OperationalError, connection

from contacts.delivery import outbox, worker
from contacts.models import Submission
from tests.delivery.test_lost_commit import commit_fails
from tests.delivery.test_worker import Waits
from tests.submissions import SOPHIE, queued

pytestmark = pytest.mark.django_db(transaction=True)

ATTEMPT_STORED = 'INSERT INTO "contacts_attempt"'
ATTEMPT_READ = 'SELECT "contacts_attempt"'
SUBMISSION_READ = 'SELECT "contacts_submission"'
OUTCOME_STORED = 'UPDATE "contacts_attempt"'


@contextmanager
def failing(statement: str, *, times: int = 1) -> Iterator[None]:
    """The database fails so many times when it is asked for what begins like this."""
    left = iter(range(times))

    def fail(execute, sql, *rest):
        if sql.startswith(statement) and next(left, None) is not None:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, *rest)

    with connection.execute_wrapper(fail):
        yield


def enter(recruiter, token=None) -> outbox.Entered:
    return outbox.enter(by=recruiter, token=token or uuid4(), payload=SOPHIE, typed={})


def is_dropped() -> bool:
    return connection.connection is None


def test_where_an_entry_could_not_be_stored(recruiter):
    with failing(ATTEMPT_STORED), pytest.raises(outbox.NotSaved):
        enter(recruiter)

    assert is_dropped()


def test_where_what_was_entered_before_could_not_be_read(recruiter, sandbox):
    token = uuid4()
    enter(recruiter, token)

    with failing(SUBMISSION_READ), pytest.raises(outbox.NotSaved):
        enter(recruiter, token)

    assert is_dropped()


def test_where_it_could_not_be_told_whether_an_entry_was_stored(recruiter):
    with commit_fails(is_made=True), failing(ATTEMPT_READ), pytest.raises(outbox.NotSaved):
        enter(recruiter)

    assert is_dropped()


def test_where_a_claim_could_not_be_stored(recruiter):
    submission = queued(recruiter)

    with failing(ATTEMPT_STORED):
        outbox.send_now(submission.pk)

    assert is_dropped()


def test_where_the_deliverer_met_the_failure(recruiter):
    queued(recruiter)

    with failing(ATTEMPT_STORED):
        worker.run(stop=Waits(last=1))

    assert is_dropped()


def test_where_an_outcome_could_not_be_stored_at_first_it_is_stored_over_a_new_connection(
    recruiter, sandbox, monkeypatch
):
    monkeypatch.setattr(outbox, "RECORD_PATIENCE", (0, 0))
    connections = []
    drop = outbox.clients.drop_database
    monkeypatch.setattr(outbox.clients, "drop_database", lambda: (drop(), connections.append(connection.connection)))

    with failing(OUTCOME_STORED):
        entered = enter(recruiter)

    assert connections == [None]
    assert Submission.objects.get(pk=entered.submission.pk).state == Submission.State.CREATED
