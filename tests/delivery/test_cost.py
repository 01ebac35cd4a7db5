"""What a submit asks of the database: each query is a wait for whoever presses, and each commit one for the disk."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import Submission
from tests.entry_form import typed_form

pytestmark = pytest.mark.django_db(transaction=True)

FULL = {
    "last_name": "Martin",
    "emails-0-email": "sophie@acme.example",
    "phones-0-phone": "+33612345678",
    "linkedin_profile": "https://www.linkedin.com/in/sophie-martin",
    "current_company": "Acme",
    "tags": "senior, remote",
}


@pytest.mark.parametrize(("fields", "queries"), [({}, 17), (FULL, 20)], ids=["a name", "everything"])
def test_a_submit_makes_no_more_queries_than_these(signed_in, sandbox, fields, queries):
    asked = statements_of_a_submit(signed_in, **fields)

    assert len([one for one in asked if not _is_bracket(one)]) <= queries, "\n".join(asked)


def test_it_writes_in_two_transactions_one_before_the_call_and_one_after(signed_in, sandbox):
    asked = statements_of_a_submit(signed_in, **FULL)

    writes = [number_of_commits(asked[:place]) for place, one in enumerate(asked) if _is_write(one)]
    assert number_of_commits(asked) == 2
    assert sorted(set(writes)) == [0, 1]
    assert not [one for one in asked if "SAVEPOINT" in one]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by how much there is")
def test_whether_there_is_a_twin_is_asked_of_an_index_even_where_sqlite_knows_nothing_of_its_tables(signed_in, sandbox):
    asked = statements_of_a_submit(signed_in, **FULL)

    of_keys = [one for one in asked if '"contacts_contactkey"."value"' in one and one.startswith("SELECT")]
    assert len(of_keys) == 2
    for sql in of_keys:
        assert "workspace_id=? AND kind=? AND value=?" in _plan(sql)


def statements_of_a_submit(client: Client, **fields: str) -> list[str]:
    """Everything that the database is asked, after another submit, which makes what there is once."""
    client.post(reverse("entry"), typed_form(first_name="Karim"))
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(reverse("entry"), typed_form(**fields))
    assert answer.status_code == 302
    assert Submission.objects.first().state == Submission.State.CREATED
    return [query["sql"] for query in asked.captured_queries]


def number_of_commits(statements: list[str]) -> int:
    return len([one for one in statements if one == "COMMIT"])


def _is_bracket(statement: str) -> bool:
    return statement.startswith(("BEGIN", "COMMIT"))


def _is_write(statement: str) -> bool:
    return statement.startswith(("INSERT", "UPDATE", "DELETE"))


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
