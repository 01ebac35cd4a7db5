"""A database that fails where a test wants it to."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection

ATTEMPT_STORED = 'INSERT INTO "contacts_attempt"'
ATTEMPT_READ = 'SELECT "contacts_attempt"'
KEYS_STORED = 'INSERT INTO "contacts_contactkey"'
SUBMISSION_READ = 'SELECT "contacts_submission"'
OUTCOME_STORED = 'UPDATE "contacts_attempt"'


@contextmanager
def failing(statement: str, *, once: bool = False) -> Iterator[None]:
    """The database fails, each time or only `once`, when it is asked for what begins like this."""
    failures = []

    def fail(execute, sql, *rest):
        if sql.startswith(statement) and not (once and failures):
            failures.append(sql)
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, *rest)

    with connection.execute_wrapper(fail):
        yield


@contextmanager
def commit_fails(*, is_made: bool) -> Iterator[None]:
    """The next commit is reported as failed; it `is_made` all the same, or not."""
    commit = connection.commit

    def fail() -> None:
        connection.commit = commit
        if is_made:
            commit()
        raise OperationalError("server closed the connection unexpectedly")

    connection.commit = fail
    try:
        yield
    finally:
        connection.commit = commit


def is_connection_dropped() -> bool:
    """Whether whatever comes next begins with a new connection."""
    return connection.connection is None
