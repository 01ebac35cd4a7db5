"""SQLite's index lets go of what was erased, whatever is entered between two steps of the merge."""

import pytest
from django.db import connection, transaction

from contacts.history import index

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has nothing to merge"),
]

# A merge of these indexes takes far fewer.
STEPS_MOST = 500


@pytest.fixture
def erased(monkeypatch):
    """Somebody who was found among many others, and is erased."""
    monkeypatch.setattr(index, "PAGES_A_STEP", 5)
    enter(range(1000))
    enter([1000], "unmistakable")
    enter(range(1001, 2000))
    # As the last erasure left it: two parts to merge, the long one and what is erased now.
    merge()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO contacts_search(contacts_search, rowid, words, facts, standing) "
            "VALUES ('delete', 1000, 'unmistakable', '', '')"
        )
    assert pages_with("nmistak")


def enter(numbers, words: str = "person{0} of firm{0}") -> None:
    """A part of its own in the index, as each commit makes one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO contacts_search(rowid, words, facts, standing) VALUES (%s, %s, '', '')",
            [(number, words.format(number)) for number in numbers],
        )


def merge(between: int = 0) -> int:
    """Merges all there is, and lets so many be entered after each of the first steps. Returns the steps it took."""
    merging, number = index.Merging(), 10_000
    for step in range(STEPS_MOST):
        if merging.step():
            break
        for _ in range(between if step < 20 else 0):
            enter([number])
            number += 1
    return step


def pages_with(ending: str) -> int:
    """How many pages hold it: the end of a word, whose beginning may be told by the word before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contacts_search_data WHERE instr(block, CAST(%s AS BLOB))", [ending])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("between", [0, 1, 2, 3])
def test_no_word_is_left_behind(erased, between):
    steps = merge(between)

    assert steps > 1
    assert pages_with("nmistak") == 0
    assert index.newest(["person1999"], limit=2) == [1999]
