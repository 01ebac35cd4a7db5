"""How long the portal keeps what it holds: finished submissions for RETENTION_DAYS, sessions until they expire."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from contacts.models import Submission

log = logging.getLogger(__name__)

BATCH = 500


def sweep() -> bool:
    """Erases one batch of finished submissions that are old enough, with their attempts and keys. True if more may be.

    What still waits for something is never erased, and events are kept; RETENTION_DAYS 0 keeps submissions for ever.
    """
    if not settings.RETENTION_DAYS:
        return False
    limit = timezone.now() - timedelta(days=settings.RETENTION_DAYS)
    batch = list(Submission.objects.finished_before(limit).values_list("pk", flat=True)[:BATCH])
    Submission.objects.filter(pk__in=batch).delete()
    if batch:
        log.info("retention: %s submissions erased", len(batch))
    return len(batch) == BATCH


def clear_sessions() -> None:
    """Erases sessions that have expired, because they say who was signed in."""
    call_command("clearsessions")
