"""Giving somebody a file of submissions: on record, a few at once, and at nobody else's cost.

While the file's reader takes its time no database connection is held; while rows are made others get their turn.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone

from contacts.delivery.clients import drop_database, release_database
from contacts.history import search
from contacts.models import Event, Export, Submission, current_workspace
from contacts.models.export import SILENCE

log = logging.getLogger(__name__)

AT_ONCE_MOST = 2
# Read at once, while whoever else is in this process waits.
BATCH = 200
# Seconds between two notes of how far it is.
NOTE_EVERY = 1.0
# So many seconds of work on rows; then this thread rests as long, so that the pages of its process get their turn.
STRETCH = 0.001
REST_MOST = 0.05
KEPT = timedelta(days=1)


class TooMany(Exception):
    """This person is being given as many files as one may at once."""


def begin(owner: Any, *, format: str, columns: Sequence[str], narrowed_by: Sequence[str]) -> Export:
    """Puts on record that `owner` exports, before the first row leaves. Raises TooMany.

    `narrowed_by` are the names of the filters, never what they ask for.
    """
    now = timezone.now()
    with transaction.atomic():
        # Two begun at once wait for each other here.
        list(get_user_model().objects.select_for_update().filter(pk=owner.pk).values_list("pk"))
        own = Export.objects.filter(owner=owner)
        if own.filter(is_over=False, seen_at__gt=now - SILENCE).count() >= AT_ONCE_MOST:
            raise TooMany
        own.filter(seen_at__lt=now - KEPT).delete()
        export = Export.objects.create(
            workspace=current_workspace(), owner=owner, format=format, columns=list(columns), seen_at=now
        )
        _put_on_record(Event.Kind.EXPORT_BEGUN, export, columns=export.columns, narrowed_by=list(narrowed_by))
    return export


def rows(export: Export, viewer: Any, asked: search.Asked) -> Iterator[Submission]:
    """The submissions that the history shows for this, in its order; at the end, or where it breaks off, on record."""
    given = _given(export, viewer, asked)
    # Whoever hangs up before the first of them breaks off too: the end of what was never begun would not come.
    next(given)
    return cast("Iterator[Submission]", given)


def last(owner: Any) -> Export | None:
    """The latest export of this person, as far as one is known."""
    # In SQL, as each page of the history asks it: having it composed anew would cost more than asking it.
    latest = "SELECT * FROM contacts_export WHERE owner_id = %s ORDER BY id DESC LIMIT 1"
    return next(iter(Export.objects.raw(latest, [owner.pk])), None)


def _given(export: Export, viewer: Any, asked: search.Asked) -> Iterator[Submission | None]:
    is_whole = False
    try:
        yield None
        for submission in _in_turn(_read(export, viewer, asked)):
            export.rows += 1
            yield submission
        is_whole = True
    finally:
        _end(export, is_whole=is_whole)


def _read(export: Export, viewer: Any, asked: search.Asked) -> Iterator[Submission]:
    for batch in search.batches(viewer, asked, size=BATCH):
        _note(export)
        release_database()
        yield from batch


def _in_turn(submissions: Iterator[Submission]) -> Iterator[Submission]:
    """Rests as long as it has worked, reading included, so that whoever waits for the interpreter gets it."""
    began = time.thread_time()
    for submission in submissions:
        yield submission
        took = time.thread_time() - began
        if took >= STRETCH:
            time.sleep(min(took, REST_MOST))
            began = time.thread_time()


def _note(export: Export) -> None:
    now = timezone.now()
    if (now - export.seen_at).total_seconds() >= NOTE_EVERY:
        export.seen_at = now
        export.save(update_fields=["rows", "seen_at"])


def _end(export: Export, *, is_whole: bool) -> None:
    try:
        with transaction.atomic():
            export.seen_at, export.is_over, export.is_whole = timezone.now(), True, is_whole
            export.save(update_fields=["rows", "seen_at", "is_over", "is_whole"])
            _put_on_record(Event.Kind.EXPORTED, export, rows=export.rows, is_whole=is_whole)
    except (DatabaseError, InterfaceError) as error:
        drop_database()
        log.error("export=%s end not recorded: %s", export.pk, type(error).__name__)
    release_database()


def _put_on_record(kind: Event.Kind, export: Export, **details: Any) -> None:
    Event.objects.create(
        at=timezone.now(),
        kind=kind,
        actor_id=export.owner_id,
        workspace_id=export.workspace_id,
        details={"export": str(export.pk), "format": export.format} | details,
    )
    facts = {"account": export.owner_id, "export": str(export.pk), "format": export.format}
    facts |= {name: value for name, value in details.items() if isinstance(value, int)}
    line = " ".join(f"{name}={value}" for name, value in facts.items())
    log.info("%s %s", kind.value, line, extra={"facts": {"what": kind.value, **facts}})
