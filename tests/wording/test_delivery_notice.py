"""Admins read what is not being done, since when, and how much waits."""

from datetime import timedelta

from contacts.delivery.gate import Standing
from contacts.operations.readiness import Readiness
from contacts.wording.delivery_notice import delivery_notice
from tests.wording.conftest import NOW

OPEN = Standing("", None)
LONG_AGO = NOW - timedelta(minutes=20)


def test_nothing_is_said_where_all_is_well():
    assert delivery_notice(Readiness(OPEN, due=2, oldest_due_at=NOW), [], NOW) == []


def test_a_missing_deliverer_is_named_with_how_much_waits_since_when():
    said = delivery_notice(Readiness(OPEN, deliverer="overdue", due=3, oldest_due_at=LONG_AGO), [], NOW)

    assert "deliverer seems not to be running" in said[0]
    assert said[1] == "3 entries are due, the oldest since 13:40."


def test_checks_without_an_answer_are_named():
    said = delivery_notice(Readiness(OPEN, checking="unanswered"), [], NOW)

    assert said == ["Checks get no answer from Leonar; they are tried again automatically."]


def test_what_holds_checks_back_is_said_in_its_reasons_words():
    said = delivery_notice(Readiness(OPEN, checking="unreachable"), [], NOW)

    assert said == ["Nothing can be checked now: Leonar can't be reached right now."]


def test_what_waits_elsewhere_is_counted_by_workspace():
    said = delivery_notice(Readiness(OPEN), [("agency-paris", 1), ("sandbox", 12)], NOW)

    assert said[0].startswith("1 entry waits in the workspace “agency-paris”")
    assert said[1].startswith("12 entries wait in the workspace “sandbox”")
