"""New databases for portals: prepared as `make run` does it, once for all SQLite files of the same settings."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

# Settings that no row of a new database depends on.
OWN_TO_EACH = ("DATABASE_URL", "LEONAR_API_URL", "PORT", "VAR_DIR")
SQLITE = "sqlite:///"
_files: dict[frozenset[tuple[str, str]], bytes] = {}


def prepare(environment: Mapping[str, str], *, run: Callable[[str], object]) -> None:
    """Sees to it that the database of this environment is migrated and has its accounts; `run` runs a script there."""
    url = environment["DATABASE_URL"]
    file = Path(url.removeprefix(SQLITE))
    if not url.startswith(SQLITE) or file.exists():
        run("scripts/prepare.py")
        return
    settings = frozenset((name, value) for name, value in environment.items() if name not in OWN_TO_EACH)
    if settings not in _files:
        run("scripts/prepare.py")
        with closing(sqlite3.connect(file)) as database:
            _files[settings] = database.serialize()
        return
    file.write_bytes(_files[settings])
