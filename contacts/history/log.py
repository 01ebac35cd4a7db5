"""The event log, for admins: who did what, newest first, narrowed and paged at a price that does not grow."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from contacts.delivery.clients import release_database
from contacts.models import Event, Submission, current_workspace
from contacts.models.event import EventQuerySet

log = logging.getLogger(__name__)

PAGE_SIZE = 50
BATCH = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What the log is narrowed to; no kinds are all kinds, `since` and `until` are whole days."""

    kinds: tuple[str, ...] = ()
    actor: int | None = None
    submission: UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of events, and the cursor of the next; None where there is none."""

    rows: list[Event]
    after: int | None


def page(asked: Asked, *, below: int | None = None) -> Page:
    """The newest events, of those whose number is less than `below`."""
    rows = _newest(asked, below, PAGE_SIZE + 1)
    return Page(rows[:PAGE_SIZE], after=rows[PAGE_SIZE - 1].pk if len(rows) > PAGE_SIZE else None)


def every(asked: Asked) -> Iterator[Event]:
    """All of them, newest first; no database connection is held between one batch and the next."""
    below: int | None = None
    while True:
        rows = _newest(asked, below, BATCH)
        release_database()
        yield from rows
        if len(rows) < BATCH:
            return
        below = rows[-1].pk


def note_viewed(submission: Submission, *, by: Any) -> None:
    """Puts on record that `by` looked at somebody else's submission, once a day."""
    if submission.created_by_id == by.pk:
        return
    now = timezone.now()
    noted = Event.objects.filter(
        submission=submission, actor=by, kind=Event.Kind.VIEWED, at__gte=_start_of(timezone.localdate(now))
    )
    if not noted.exists():
        Event.objects.create(
            at=now, kind=Event.Kind.VIEWED, actor=by, submission=submission, workspace_id=submission.workspace_id
        )


def note_twin_asked(*, by: Any, form: UUID) -> None:
    """Puts on record that `by` was asked whether to send a form of somebody who was entered before."""
    Event.objects.create(
        at=timezone.now(),
        kind=Event.Kind.TWIN_ASKED,
        actor=by,
        workspace=current_workspace(),
        details={"form": str(form)},
    )


def note_export(*, by: Any, narrowed_by: list[str]) -> None:
    """Puts on record that `by` exports the log itself."""
    Event.objects.create(
        at=timezone.now(),
        kind=Event.Kind.EXPORT_BEGUN,
        actor=by,
        details={"of": "events", "format": "csv", "narrowed_by": narrowed_by},
    )
    facts = {"what": str(Event.Kind.EXPORT_BEGUN), "account": by.pk, "of": "events"}
    log.info("export_begun account=%s of=events", by.pk, extra={"facts": facts})


def _newest(asked: Asked, below: int | None, limit: int) -> list[Event]:
    # Said so that no index of workspaces serves it: nearly all are of this one, and would be sorted for each page.
    here = Coalesce("workspace", Value(settings.LEONAR_WORKSPACE), output_field=CharField())
    found = cast(EventQuerySet, Event.objects.alias(here=here).filter(here=settings.LEONAR_WORKSPACE))
    found = found.select_related("actor", "account", "origin").order_by("-id")
    if below is not None:
        found = found.filter(pk__lt=below)
    if asked.actor is not None:
        found = found.filter(actor=asked.actor)
    if asked.submission is not None:
        found = found.filter(submission=asked.submission)
    found = _within(found, asked)
    # Each kind by its own index, or a rare one would be looked for among all others.
    several = [found.filter(kind=kind)[:limit] for kind in asked.kinds] or [found[:limit]]
    rows = [event for each in several for event in each]
    return sorted(rows, key=lambda event: -event.pk)[:limit]


def _within(found: EventQuerySet, asked: Asked) -> EventQuerySet:
    """Bounds by number as well, which is the order: a period of long ago is not looked for from today on."""
    by_time = Event.objects.order_by("at", "id")
    if asked.since is not None:
        start = _start_of(asked.since)
        first = by_time.filter(at__gte=start).values_list("pk", flat=True).first()
        found = found.filter(at__gte=start, pk__gte=first) if first is not None else found.none()
    if asked.until is not None:
        end = _start_of(asked.until + timedelta(days=1))
        last = by_time.filter(at__lt=end).values_list("pk", flat=True).last()
        found = found.filter(at__lt=end, pk__lte=last) if last is not None else found.none()
    return found


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
