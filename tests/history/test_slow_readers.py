"""Readers who take their time: their exports hold nothing that others need."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from contacts.history import exporting
from contacts.history.export import csv_lines
from contacts.history.search import Asked
from contacts.models import Submission
from tests.submissions import queued

pytestmark = pytest.mark.django_db(transaction=True)

# More than the pool of a process has connections.
READERS = 12
ROWS = 4
PATIENCE = 60


@pytest.fixture
def owners(monkeypatch):
    """People who each have more to export than is read at once."""
    monkeypatch.setattr(exporting, "BATCH", ROWS // 2)
    now = timezone.now()
    made = [get_user_model().objects.create_user(f"recruiter-{number}") for number in range(READERS)]
    for owner in made:
        for minutes in range(ROWS):
            queued(owner, created_at=now - timedelta(minutes=minutes))
    return made


def lines_for(owner: Any) -> Iterator[str]:
    begun = exporting.begin(owner, format="csv", columns=["first_name"], narrowed_by=[])
    return csv_lines(exporting.rows(begun, owner, Asked()), ["first_name"])


def connections_in_use() -> int:
    stats = connection.pool.get_stats()
    return stats["pool_size"] - stats["pool_available"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's connections are not shared between threads")
def test_more_exports_than_the_pool_has_connections_keep_nobody_waiting(owners):
    are_reading, goes_on = Barrier(READERS + 1), Event()

    def read(owner) -> list[str]:
        try:
            lines = lines_for(owner)
            first = [next(lines), next(lines)]
            are_reading.wait(PATIENCE)
            # As slow as can be: it reads on once the others have been served.
            assert goes_on.wait(PATIENCE)
            return [*first, *lines]
        finally:
            connection.close()

    with ThreadPoolExecutor(READERS) as threads:
        reading = [threads.submit(read, owner) for owner in owners]
        try:
            are_reading.wait(PATIENCE)
            connection.close()
            held = connections_in_use()
            counted = Submission.objects.count()
        finally:
            goes_on.set()

    assert held == 0
    assert counted == READERS * ROWS
    assert [len(each.result()) for each in reading] == [1 + ROWS] * READERS
