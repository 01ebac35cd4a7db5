"""Empties what submissions hold of a person, and keeps the rows: their counts, states and events outlive the data.

What stays of an erased submission says nothing about the person: who entered it, when, with which outcome, and the id
in Leonar, without which nobody could erase what Leonar holds.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import OperationalError, connection
from django.db.models import F

from contacts import document
from contacts.models import Attempt, ContactKey, Draft, SearchEntry, Submission, UsedValue

# Milliseconds.
PATIENCE = 1000


def empty(submissions: Iterable[Submission], *, now: datetime) -> int:
    """Empties these, with their attempts, keys, drafts and search entries; call it in a transaction. Returns how many.

    They must be finished: whatever is still on its way would be sent empty.
    """
    batch = list(submissions)
    own = [submission.pk for submission in batch]
    for workspace in sorted({submission.workspace_id for submission in batch}):
        payloads = [submission.payload for submission in batch if submission.workspace_id == workspace]
        UsedValue.objects.count_out(workspace, payloads)
    ContactKey.objects.filter(submission__in=own).delete()
    Draft.objects.filter(submission__in=own).delete()
    Attempt.objects.filter(submission__in=own).update(payload={}, answer="", detail="", candidates=None)
    for submission in batch:
        bare = document.facts({}, workspace=submission.workspace_id, by=submission.created_by_id)
        SearchEntry.objects.filter(submission=submission.pk).update(words="", facts=bare)
    return Submission.objects.filter(pk__in=own).update(
        payload={},
        typed={},
        name="",
        company="",
        error_field="",
        error_message="",
        contact=None,
        discard_reason="",
        erased_at=now,
        revision=F("revision") + 1,
    )


def clear_write_ahead_log() -> bool:
    """Takes what was erased out of SQLite's write-ahead log as well. False where somebody is reading from it.

    Freed space of the file itself is overwritten at once (`secure_delete` in the settings). PostgreSQL does both in its
    own time; docs/privacy.md says how to hurry it.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        [patience] = cursor.execute("PRAGMA busy_timeout").fetchone()
        # Nobody writes while this waits for readers.
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            is_busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except OperationalError:
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
        return not is_busy
