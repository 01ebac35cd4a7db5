"""How long the portal keeps what it holds: finished submissions for RETENTION_DAYS, drafts for 30 days.

Sessions go when they have expired; the addresses that events came from, with RETENTION_DAYS.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from contacts.models import Draft, Event, EventOrigin, Submission, SubmissionQuerySet
from contacts.privacy import erasure

log = logging.getLogger(__name__)

# Few enough that whoever else writes waits for a moment only.
BATCH = 200
DRAFTS_KEPT = timedelta(days=30)


def limit(now: datetime) -> datetime | None:
    """Whatever finished before this is emptied; None where it is kept for ever (RETENTION_DAYS 0)."""
    return now - timedelta(days=settings.RETENTION_DAYS) if settings.RETENTION_DAYS else None


def overdue(now: datetime) -> SubmissionQuerySet:
    """What is old enough to be emptied. What still waits for something never is."""
    since = limit(now)
    return Submission.objects.finished_before(since) if since else Submission.objects.none()


def sweep() -> bool:
    """Empties one batch of old finished submissions and puts that on record. True if there may be more."""
    now = timezone.now()
    batch = list(overdue(now).order_by("changed_at").only("workspace", "created_by", "payload")[:BATCH])
    if not batch:
        return False
    with transaction.atomic():
        emptied = erasure.empty(batch, now=now)
        details = {"submissions": emptied, "retention_days": settings.RETENTION_DAYS}
        Event.objects.create(at=now, kind=Event.Kind.ERASED, details=details)
    log.info("retention: %s submissions erased", emptied)
    return len(batch) == BATCH


def clear_drafts() -> None:
    """Erases forms that nobody has gone on with for DRAFTS_KEPT."""
    erased, _each = Draft.objects.filter(updated_at__lt=timezone.now() - DRAFTS_KEPT).delete()
    if erased:
        log.info("retention: %s drafts erased", erased)


def clear_origins() -> bool:
    """Erases one batch of addresses that events of long ago came from; the events stay. True if there may be more."""
    since = limit(timezone.now())
    if since is None:
        return False
    # The oldest stand first, so that the young ones are never read.
    oldest = EventOrigin.objects.order_by("pk").values_list("pk", "event__at")[:BATCH]
    old = [pk for pk, at in oldest if at < since]
    EventOrigin.objects.filter(pk__in=old).delete()
    if old:
        log.info("retention: %s addresses of events erased", len(old))
    return len(old) == BATCH


def clear_sessions() -> None:
    """Erases sessions that have expired, because they say who was signed in."""
    call_command("clearsessions")
