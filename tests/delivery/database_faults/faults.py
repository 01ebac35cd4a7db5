"""Ways in which a database fails, done to the database of the calling process itself."""

import os
import resource
import sqlite3
import time
from collections.abc import Callable
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created

# Seconds that are waited for a lock, or for a connection, instead of the portal's own.
PATIENCE = 0.5
TABLES = ("contacts_submission", "contacts_attempt", "contacts_gate")

Undo = Callable[[], object]


def be_impatient() -> None:
    """Call it before the first query."""
    options = settings.DATABASES["default"]["OPTIONS"]
    if "timeout" in options:
        options["timeout"] = PATIENCE
    else:
        options["pool"]["timeout"] = PATIENCE
        options["options"] = f"-c lock_timeout={PATIENCE}s"


def locked() -> Undo:
    """SQLite: somebody else writes, and does not finish."""
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    return other.close


def full() -> Undo:
    """SQLite: no page more fits into the database."""
    # Pages that an earlier case has freed would be used first.
    connection.ensure_connection()
    connection.connection.execute("VACUUM")
    return _on_every_connection(
        lambda cursor: cursor.execute(f"PRAGMA max_page_count = {cursor.execute('PRAGMA page_count').fetchone()[0]}"),
        lambda cursor: cursor.execute("PRAGMA max_page_count = 1073741823"),
    )


def read_only() -> Undo:
    """SQLite: the file may be read and not written."""
    return _on_every_connection(
        lambda cursor: cursor.execute("PRAGMA query_only = ON"),
        lambda cursor: cursor.execute("PRAGMA query_only = OFF"),
    )


def disk_error() -> Undo:
    """The operating system takes no byte more for any file of this process."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)


def tables_locked() -> Undo:
    """PostgreSQL: somebody holds the portal's tables and does not finish. They can be read."""
    other = _administrator()
    other.autocommit = False
    other.execute(f"LOCK TABLE {', '.join(TABLES)} IN SHARE MODE")
    return other.close


def terminated() -> Undo:
    """PostgreSQL: an administrator, or a failing server, ends every connection. New ones can be made."""
    with _administrator() as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    return lambda: None


def stopped() -> Undo:
    """PostgreSQL: the server is shut down. Whoever started it must start it again."""
    with _administrator() as other:
        folder = other.execute("SHOW data_directory").fetchone()[0]
    lock_file = os.path.join(folder, "postmaster.pid")
    with open(lock_file) as lines:
        os.kill(int(lines.readline()), 2)
    while os.path.exists(lock_file):
        time.sleep(0.01)
    return lambda: None


def server_full() -> Undo:
    """PostgreSQL: every statement that writes to the portal's tables fails, as on a full disk."""
    with _administrator() as other:
        other.execute(
            "CREATE OR REPLACE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END$$"
        )
        for table in TABLES:
            other.execute(
                f"CREATE TRIGGER no_space BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION no_space()"  # type: ignore[call-overload]
            )
    return _drop_triggers


def standby() -> Undo:
    """PostgreSQL: the server has become a replica that takes no writes."""
    _set_default_read_only("on")
    return lambda: _set_default_read_only("off")


FAULTS: dict[str, dict[str, Callable[[], Undo]]] = {
    "sqlite": {"locked": locked, "full": full, "read-only": read_only, "disk error": disk_error},
    "postgres": {
        "locked": tables_locked,
        "terminated": terminated,
        "stopped": stopped,
        "full": server_full,
        "read-only": standby,
    },
}


def begin(name: str) -> Undo:
    """Does it, and returns how to undo it."""
    return FAULTS["sqlite" if connection.vendor == "sqlite" else "postgres"][name]()


def _on_every_connection(act: Callable[[Any], object], undo: Callable[[Any], object]) -> Undo:
    """The open connection, and those that are made until it is undone: such a setting belongs to a connection."""

    def at_creation(connection: Any, **_: object) -> None:
        act(connection.connection.cursor())

    connection_created.connect(at_creation, weak=False)
    connection.ensure_connection()
    act(connection.connection.cursor())

    def end() -> None:
        connection_created.disconnect(at_creation)
        if connection.connection is not None:
            undo(connection.connection.cursor())

    return end


def _administrator() -> psycopg.Connection[Any]:
    known = connection.settings_dict
    return psycopg.connect(
        host=known["HOST"], port=known["PORT"], user=known["USER"], dbname=known["NAME"], autocommit=True
    )


def _drop_triggers() -> None:
    with _administrator() as other:
        for table in TABLES:
            other.execute(f"DROP TRIGGER no_space ON {table}")  # type: ignore[call-overload]


def _set_default_read_only(value: str) -> None:
    name = connection.settings_dict["NAME"]
    with _administrator() as other:
        other.execute("SET default_transaction_read_only = off")
        other.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = {value}')  # type: ignore[call-overload]
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
