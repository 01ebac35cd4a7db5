"""SQLite's database as the migrations leave it, kept from run to run: to apply them all takes seconds of CPU.

It is a file named by the migrations it was made by, so that one which is out of date is never met. What else they call
finds nothing to change in an empty database.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".pytest_cache" / "empty_database"
# What says which migrations there are: the portal's own, and the apps installed, in the versions that are pinned.
# Read as files, because the long runs ask where no settings are read.
MADE_OF = ("*/migrations/*.py", "requirements.txt", "leonar_portal/settings.py")


def is_kept() -> bool:
    """Whether there is one that the migrations of today have made."""
    return _kept().exists()


def copy_to(file: Path) -> None:
    """Puts the one that is kept there."""
    shutil.copyfile(_kept(), file)


def make(file: Path, migrate: Callable[[], object]) -> None:
    """Puts an empty database there, by `migrate` where none is kept."""
    if is_kept():
        copy_to(file)
    else:
        migrate()
        with closing(sqlite3.connect(file)) as connection:
            keep(connection)


def keep(connection: sqlite3.Connection) -> None:
    """Keeps a copy of the database of this connection, which nothing has been written into yet, and no other."""
    kept = _kept()
    kept.parent.mkdir(parents=True, exist_ok=True)
    handle, copy = tempfile.mkstemp(dir=kept.parent)
    os.close(handle)
    with closing(sqlite3.connect(copy)) as target:
        connection.backup(target)
    # At once, because another process may be looking for it.
    Path(copy).rename(kept)
    for old in set(kept.parent.glob("*.sqlite3")) - {kept}:
        old.unlink(missing_ok=True)


def _kept() -> Path:
    made_of = hashlib.sha256(sqlite3.sqlite_version.encode())
    for pattern in MADE_OF:
        for file in sorted(ROOT.glob(pattern)):
            made_of.update(file.read_bytes())
    return FOLDER / f"{made_of.hexdigest()}.sqlite3"
