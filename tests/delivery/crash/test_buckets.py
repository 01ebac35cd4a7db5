"""The comparison must notice each way in which a ledger and records can disagree."""

import pytest

from tests.delivery.crash.buckets import Record, Says, sort
from tests.delivery.crash.entries import MARK

NAME = "Martin"


def line(created_id=None, status=201):
    return {"body": {"custom_data": {MARK: NAME}}, "created_id": created_id, "status": status}


def created(contact_id="one"):
    return Record(NAME, Says.CREATED, contact_id)


@pytest.mark.parametrize(
    ("records", "ledger", "bucket"),
    [
        ([created()], [line("one")], None),
        ([Record(NAME, Says.NOTHING_FOUND)], [line()], None),
        ([Record(NAME, Says.NOTHING_FOUND)], [], None),
        ([created()], [line(status=429), line("one")], None),
        ([], [], "lost"),
        ([created()], [line()], "lost"),
        ([], [line("one")], "indeterminate"),
        ([Record(NAME, Says.UNDER_WAY)], [], "indeterminate"),
        ([Record(NAME, Says.UNDECIDED)], [line("one")], "indeterminate"),
        ([Record(NAME, Says.UNDECIDED, shown=frozenset({"one", "another"}))], [line("one")], None),
        ([Record(NAME, Says.UNDECIDED)], [line()], None),
        ([Record(NAME, Says.NOTHING_FOUND)], [line("one")], "denied"),
        ([Record(NAME, Says.NOT_CREATED)], [line("one")], "denied"),
        ([created("another")], [line("one")], "wrongly_linked"),
        ([created(), created()], [line("one")], "duplicated"),
        ([created()], [line(), line("one")], "sent_twice"),
    ],
)
def test_each_disagreement_has_its_bucket(records, ledger, bucket):
    found = sort(attempted=[NAME], acknowledged=[NAME], records=records, ledger=ledger)

    assert list(found.violations) == ([bucket] if bucket else [])


def test_a_second_contact_is_a_duplicate_and_a_second_send():
    found = sort(attempted=[NAME], acknowledged=[NAME], records=[created()], ledger=[line("one"), line("two")])

    assert list(found.violations) == ["duplicated", "sent_twice"]


def test_what_was_never_acknowledged_nor_stored_is_not_lost():
    found = sort(attempted=[NAME], acknowledged=[], records=[], ledger=[])

    assert not found.violations


def test_what_a_person_had_sent_again_is_not_held_against_the_portal():
    found = sort(
        attempted=[NAME], acknowledged=[NAME], records=[created()], ledger=[line(), line("one")], sent_again=[NAME]
    )

    assert not found.violations


def test_nobody_may_create_what_nobody_entered():
    found = sort(attempted=[], acknowledged=[], records=[], ledger=[line("one")])

    assert list(found.violations) == ["indeterminate"]
