"""SQLite's test database as the migrations leave it, kept from run to run: to apply them all takes seconds of CPU.

It is a file named by the migrations it was made by, so that one which is out of date is never met. What else they call
finds nothing to change in an empty database.
"""

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection


def file_in(folder: Path) -> Path:
    """Where in `folder` it is, or would be."""
    made_of = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version} {settings.INSTALLED_APPS}".encode())
    folders = sorted(Path(app.path) / "migrations" for app in apps.get_app_configs())
    for migration in (file for folder in folders for file in sorted(folder.glob("*.py"))):
        made_of.update(migration.read_bytes())
    return folder / f"{made_of.hexdigest()}.sqlite3"


def keep(file: Path) -> None:
    """Makes `file` a copy of the database that is open now, and the only one in its folder."""
    handle, copy = tempfile.mkstemp(dir=file.parent)
    os.close(handle)
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
    # At once, because another process may be looking for it.
    Path(copy).rename(file)
    for old in set(file.parent.glob("*.sqlite3")) - {file}:
        old.unlink(missing_ok=True)
