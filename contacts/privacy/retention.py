"""How long the portal keeps what it holds: finished submissions for RETENTION_DAYS, drafts for 30 days.

Sessions go when they have expired.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from contacts.models import Draft, Submission, UsedValue

log = logging.getLogger(__name__)

BATCH = 500
DRAFTS_KEPT = timedelta(days=30)


def sweep() -> bool:
    """Erases one batch of old finished submissions, with all that is only theirs. True if more may be.

    What still waits for something is never erased, and events are kept; RETENTION_DAYS 0 keeps submissions for ever.
    """
    if not settings.RETENTION_DAYS:
        return False
    limit = timezone.now() - timedelta(days=settings.RETENTION_DAYS)
    batch = list(Submission.objects.finished_before(limit).only("workspace", "payload")[:BATCH])
    with transaction.atomic():
        for workspace in sorted({submission.workspace_id for submission in batch}):
            payloads = [submission.payload for submission in batch if submission.workspace_id == workspace]
            UsedValue.objects.count_out(workspace, payloads)
        Submission.objects.filter(pk__in=[submission.pk for submission in batch]).delete()
    if batch:
        log.info("retention: %s submissions erased", len(batch))
    return len(batch) == BATCH


def clear_drafts() -> None:
    """Erases forms that nobody has gone on with for DRAFTS_KEPT."""
    erased, _each = Draft.objects.filter(updated_at__lt=timezone.now() - DRAFTS_KEPT).delete()
    if erased:
        log.info("retention: %s drafts erased", erased)


def clear_sessions() -> None:
    """Erases sessions that have expired, because they say who was signed in."""
    call_command("clearsessions")
