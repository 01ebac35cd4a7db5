"""What a submit asks of the database: each query is a wait for whoever presses, and each commit one for the disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import sessions
from contacts.delivery import check, worker
from contacts.models import Submission
from tests.delivery.unknown_outcomes import SOPHIE, submit_unseen
from tests.entry_form import typed_form
from tests.submissions import queued

pytestmark = pytest.mark.django_db(transaction=True)

FULL = {
    "last_name": "Martin",
    "emails-0-email": "sophie@acme.example",
    "phones-0-phone": "+33612345678",
    "linkedin_profile": "https://www.linkedin.com/in/sophie-martin",
    "current_company": "Acme",
    "tags": "senior, remote",
}

# What has a row for each submission, or several.
GROWING = ("contacts_submission", "contacts_contactkey", "contacts_searchentry", "contacts_attempt", "contacts_draft")


@pytest.fixture(autouse=True)
def _slow_machine(settings, monkeypatch) -> None:
    """However long it all takes here: Leonar's answer is waited for, and the session is not put off in between."""
    settings.LEONAR_READ_TIMEOUT = settings.LEONAR_DEADLINE = 60
    monkeypatch.setattr(sessions, "TOUCH_EVERY", timedelta(days=1))


@pytest.mark.parametrize(("fields", "queries"), [({}, 16), (FULL, 20)], ids=["a name", "everything"])
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
class TestEvenWhereSQLiteKnowsNothingOfItsTables:
    """What is asked goes through no table, nor through all that a workspace has in it."""

    def test_a_submit(self, signed_in, sandbox):
        with plans() as seen:
            signed_in.post(reverse("entry"), typed_form(**FULL))

        assert walks(seen) == []

    def test_a_check_that_finds_it(self, recruiter, sandbox):
        payload = SOPHIE | {"phone": "+33612345678", "linkedin_profile": FULL["linkedin_profile"]}
        submission = submit_unseen(sandbox, recruiter, payload, created=True)

        Submission.objects.update(due_at=timezone.now())
        with plans() as seen:
            while check.check(worker="test"):
                pass

        submission.refresh_from_db()
        assert submission.settled_by == Submission.SettledBy.CHECK
        assert walks(seen) == []

    def test_a_round_of_a_deliverer(self, recruiter, sandbox):
        queued(recruiter)

        with plans() as seen:
            worker.step(worker="test")

        assert walks(seen) == []


@contextmanager
def plans() -> Iterator[dict[str, list[str]]]:
    """How SQLite goes about each statement, with its parameters: values in its text let it choose other indexes."""
    seen: dict[str, list[str]] = {}

    def explain(execute, sql, params, many, context):
        if sql.startswith(("SELECT", "UPDATE", "DELETE")):
            plan = connection.create_cursor().execute(f"EXPLAIN QUERY PLAN {sql}", params)
            seen[sql] = [row[-1] for row in plan.fetchall()]
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield seen


def walks(seen: dict[str, list[str]]) -> list[str]:
    """The steps that go through all there is, and their statements."""
    return [f"{step}: {sql}" for sql, plan in seen.items() for step in plan if _is_walk(step)]


def statements_of_a_submit(client: Client, **fields: str) -> list[str]:
    """Everything that the database is asked, after the submit of a namesake.

    That makes what there is once, and asks Leonar for the name, as the page does while somebody types.
    """
    client.post(reverse("entry"), typed_form(last_name="Martin", **{"emails-0-email": "another@acme.example"}))
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


def _is_walk(step: str) -> bool:
    """Whether a step of a plan goes through a table, or through all that a workspace has in it."""
    is_whole = step.startswith("SCAN") or "(workspace_id=?)" in step
    return is_whole and any(table in step for table in GROWING)
