"""Rows by what their fields hold, asked for as SQL that is made once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.delivery import gate
from contacts.models import LeonarList, current_workspace
from contacts.models.asked import change_where, rows_where
from tests.gate import take_send

pytestmark = pytest.mark.django_db


@pytest.fixture
def tags() -> LeonarList:
    return LeonarList.objects.create(
        workspace=current_workspace(), kind=LeonarList.Kind.TAGS, items=[{"name": "senior"}]
    )


def test_a_row_is_what_django_makes_of_it(tags):
    [found] = rows_where(LeonarList, workspace=tags.workspace_id, kind="tags")

    assert found == tags
    assert found.items == [{"name": "senior"}]


def test_only_those_are_found_whose_fields_all_hold_what_is_asked_for(tags):
    assert not list(rows_where(LeonarList, workspace=tags.workspace_id, kind="custom_fields"))
    assert not list(rows_where(LeonarList, workspace="another", kind="tags"))


def test_what_is_changed_holds_and_the_rest_stays(tags):
    other = LeonarList.objects.create(workspace_id=tags.workspace_id, kind="custom_fields", items=["stays"])

    changed = change_where(LeonarList, {"items": [{"name": "remote"}], "failures": 2}, id=tags.pk, kind="tags")

    tags.refresh_from_db()
    other.refresh_from_db()
    assert (changed, tags.items, tags.failures) == (1, [{"name": "remote"}], 2)
    assert (other.items, other.failures) == (["stays"], 0)


def test_where_nothing_is_as_asked_for_nothing_changes(tags):
    assert change_where(LeonarList, {"failures": 2}, id=tags.pk, kind="custom_fields") == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="in SQLite whoever writes holds the whole database")
def test_whoever_takes_the_gate_locks_its_row_and_whoever_looks_does_not():
    with CaptureQueriesContext(connection) as taken:
        take_send()
    with CaptureQueriesContext(connection) as seen:
        gate.standing()

    assert [query["sql"].endswith("FOR UPDATE") for query in taken if "SELECT" in query["sql"]][-1]
    assert "FOR UPDATE" not in str(seen.captured_queries)
