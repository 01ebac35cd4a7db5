"""What the portal no longer reads is gone: it said who signed in from where."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

pytestmark = pytest.mark.django_db


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_old_tables_and_sessions_go():
    migration = import_module("accounts.migrations.0004_old_tables")
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now())
    run("CREATE TABLE axes_accessattempt (id integer PRIMARY KEY)")

    # A schema editor of SQLite's does not begin within a test's transaction.
    editor = SimpleNamespace(connection=connection, quote_name=connection.ops.quote_name, execute=run)
    migration.remove(apps, editor)

    assert not Session.objects.exists()
    assert not [name for name in connection.introspection.table_names() if name.startswith("axes_")]
