"""New databases for portals: prepared as `make run` does it, once for all of the same settings."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from tests import empty_database

# Settings that no row of a new database depends on.
OWN_TO_EACH = (
    "DATABASE_URL",
    "LEONAR_API_URL",
    "LEONAR_CONNECT_TIMEOUT",
    "LEONAR_DEADLINE",
    "LEONAR_READ_TIMEOUT",
    "PORT",
    "VAR_DIR",
)
SQLITE = "sqlite:///"
Settings = frozenset[tuple[str, str]]
_files: dict[Settings, bytes] = {}
# By the server, the names of databases that are copied for others: of those that are migrated and hold nothing, and of
# those that are prepared with these settings.
_migrated: dict[str, str] = {}
_originals: dict[tuple[str, Settings], str] = {}


def prepare(environment: Mapping[str, str], *, run: Callable[..., object]) -> None:
    """Sees to it that the database of this environment is migrated and has its accounts; `run` runs a script there."""
    url = environment["DATABASE_URL"]
    settings = frozenset((name, value) for name, value in environment.items() if name not in OWN_TO_EACH)
    file = Path(url.removeprefix(SQLITE))
    if url.startswith(SQLITE) and not file.exists():
        _prepare_file(file, settings, run)
    elif not url.startswith(SQLITE) and _is_empty(url):
        _prepare_on_a_server(url, settings, run)
    else:
        run("scripts/prepare.py")


def _prepare_file(file: Path, settings: Settings, run: Callable[..., object]) -> None:
    if settings in _files:
        file.write_bytes(_files[settings])
        return
    empty_database.make(file, lambda: run("manage.py", "migrate", "-v0"))
    run("scripts/prepare.py")
    with closing(sqlite3.connect(file)) as database:
        _files[settings] = database.serialize()


def _is_empty(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchone() is None


def _prepare_on_a_server(url: str, settings: Settings, run: Callable[..., object]) -> None:
    server, _, name = url.rpartition("/")
    original = _originals.get((server, settings))
    if original is not None:
        _replace(server, name, by=original)
        return
    if server in _migrated:
        _replace(server, name, by=_migrated[server])
    else:
        run("manage.py", "migrate", "-v0")
        _migrated[server] = _copy(server, name, to=f"{name}_as_migrated")
    run("scripts/prepare.py")
    _originals[server, settings] = _copy(server, name, to=f"{name}_as_prepared")


def _replace(server: str, name: str, *, by: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE {}").format(Identifier(name)))
    _copy(server, by, to=name)


def _copy(server: str, name: str, *, to: str) -> str:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(to), Identifier(name)))
    return to
