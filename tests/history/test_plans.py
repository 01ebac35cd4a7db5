"""No page goes through a whole table or sorts one: SQLite says how it would answer each query, its parameters bound.

SQLite gathers no statistics by itself, so its plans are those of a small table; PostgreSQL's change with size.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from contacts.history import figures
from contacts.history.log import note_twin_asked
from contacts.models import Submission
from contacts.privacy import retention
from tests.entry_form import typed_form
from tests.submissions import queued

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite for its plans"),
]

LONG = "submission|attempt|contactkey|searchentry|event"
IN_ORDER = re.compile(r' ORDER BY "contacts_(event|attempt)"\."id"')
BY_IDS = re.compile(r'"contacts_submission"\."id" IN \(%s')


@pytest.fixture
def plans() -> Iterator[list[tuple[str, str]]]:
    """Each query of long tables from here on, and the plan for it."""
    found = []

    def explain(execute, sql, params, many, context):
        if sql.startswith("SELECT") and re.search(rf"contacts_({LONG})\b", sql):
            bound = sql.replace("%s", "?").replace("%%", "%")
            steps = connection.connection.execute(f"EXPLAIN QUERY PLAN {bound}", params or ()).fetchall()
            found.append((sql, "\n".join(step[3] for step in steps)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield found


@pytest.fixture
def old(recruiter, settings) -> Submission:
    """One that is finished for long, and entered by Sophie."""
    settings.RETENTION_DAYS = 730
    stored = queued(recruiter)
    long_ago = timezone.now() - timedelta(days=1000)
    Submission.objects.filter(pk=stored.pk).update(state="discarded", due_at=None, changed_at=long_ago)
    return stored


def dear(plans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those that walk a table, an index of all of it, or sort what they found; a walk in the order of keys is none."""
    return [
        (sql, plan)
        for sql, plan in plans
        if (re.search(rf"^SCAN contacts_({LONG})\b", plan, re.MULTILINE) and not IN_ORDER.search(sql))
        or (" LIMIT " in sql and "TEMP B-TREE" in plan)
        or (BY_IDS.search(sql) and "(id=?)" not in plan)
    ]


@pytest.mark.parametrize(
    "page",
    [
        *("/submissions/", "/submissions/?state=needs", "/submissions/?tag=senior&check=on&since=2026-01-01"),
        *("/submissions/?q=sophie", "/submissions/?q=so&sort=oldest", "/contacts/new/", "/insights/", "/privacy/"),
        *("/events/", "/events/?group=looked", "/events/?since=2026-01-01&until=2026-12-31", "/readyz"),
        *("/admin/contacts/submission/", "/admin/contacts/event/", "/admin/contacts/attempt/"),
    ],
)
def test_a_page_asks_for_little(page, admin_signed_in, old, plans):
    admin_signed_in.get(old.get_absolute_url())

    admin_signed_in.get(page)

    assert plans
    assert dear(plans) == []


@pytest.mark.parametrize("page", ["/submissions/", "/submissions/?q=so", "/contacts/new/", "/insights/"])
def test_nor_does_a_recruiters(page, signed_in, old, plans):
    signed_in.get(page)

    assert dear(plans) == []


def test_an_act_on_many_reads_its_summary_by_key(admin_signed_in, recruiter, plans):
    several = [queued(recruiter), queued(recruiter)]
    ids = [f"{stored.pk}:{stored.revision}" for stored in several]

    admin_signed_in.post(reverse("act_on_many"), {"ids": ids, "act": "discard", "note": "a test"}, follow=True)

    assert dear(plans) == []


def test_somebody_who_was_entered_before_is_looked_up_by_key(signed_in, recruiter, sandbox, plans):
    queued(recruiter)
    queued(recruiter)

    page = signed_in.post(
        reverse("entry"),
        typed_form(first_name="Sophie", last_name="Martin", **{"emails-0-email": "sophie@acme.example"}),
    )

    assert page.status_code == 422
    assert dear(plans) == []


def test_the_old_are_found_without_the_others(old, plans):
    retention.sweep()

    assert any("changed_at" in plan for _sql, plan in plans)
    assert dear(plans) == []


def test_figures_are_counted_of_a_day_alone(recruiter, old, plans):
    note_twin_asked(by=recruiter, form=old.token)

    figures.roll_up()

    assert dear(plans) == []
