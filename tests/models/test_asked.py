"""Rows by what their fields hold, asked for as SQL that is made once."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from contacts.delivery import gate
from contacts.models import Attempt, ContactKey, LeonarList, Submission, current_workspace
from contacts.models.asked import change_where, put, put_all, rows_where
from tests.gate import take_send
from tests.submissions import queued

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


def test_a_number_may_grow_by_one_with_what_is_changed(recruiter):
    submission = queued(recruiter, revision=4)

    change_where(Submission, {"name": "Karim Roy"}, one_more="revision", id=submission.pk)

    submission.refresh_from_db()
    assert (submission.name, submission.revision) == ("Karim Roy", 5)


def test_a_row_that_is_put_is_stored_as_django_stores_it(recruiter):
    stored = queued(recruiter, facts={"seconds": 4})
    columns = _columns(Submission, stored.pk)
    Submission.objects.filter(pk=stored.pk).delete()

    put(stored)

    assert _columns(Submission, stored.pk) == columns
    assert not stored._state.adding


def test_a_row_that_the_database_numbers_is_told_its_number(recruiter):
    attempt = _attempt(queued(recruiter), number=7)

    put(attempt)

    [found] = Attempt.objects.filter(number=7)
    assert found == attempt


def test_nothing_is_put_in_the_place_of_another(recruiter):
    stored = queued(recruiter)

    with pytest.raises(IntegrityError), transaction.atomic():
        put(stored)


def test_several_rows_are_put_and_none_are_too(recruiter):
    submission = queued(recruiter)
    own = {"submission": submission, "workspace_id": submission.workspace_id, "kind": "email"}

    put_all([ContactKey(**own, value="s@acme.example"), ContactKey(**own, value="s.martin@acme.example")])
    put_all([])

    emails = ContactKey.objects.filter(submission=submission, kind="email").values_list("value", flat=True)
    assert set(emails) >= {"s@acme.example", "s.martin@acme.example"}


def test_several_rows_are_put_in_one_statement_so_that_postgresql_ends_the_transaction_of_a_stopped_process(recruiter):
    submission = queued(recruiter)
    own = {"submission": submission, "workspace_id": submission.workspace_id, "kind": "email"}
    in_pipelines = []

    def see(execute, sql, params, many, context):
        in_pipelines.append(many)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(see):
        put_all([ContactKey(**own, value=f"sophie{place}@acme.example") for place in range(3)])

    assert in_pipelines == [False]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="in SQLite whoever writes holds the whole database")
def test_whoever_takes_the_gate_locks_its_row_and_whoever_looks_does_not():
    with CaptureQueriesContext(connection) as taken:
        take_send()
    with CaptureQueriesContext(connection) as seen:
        gate.standing()

    assert [query["sql"].endswith("FOR UPDATE") for query in taken if "SELECT" in query["sql"]][-1]
    assert "FOR UPDATE" not in str(seen.captured_queries)


def _attempt(submission: Submission, *, number: int) -> Attempt:
    at = submission.created_at
    return Attempt(submission=submission, number=number, worker="web", started_at=at, lease_until=at, payload={})


def _columns(model, key) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {model._meta.db_table} WHERE id = %s", [model._meta.pk.get_db_prep_value(key, connection)]
        )
        return cursor.fetchone()
