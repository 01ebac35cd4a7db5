"""How long the portal keeps what it holds: finished submissions for RETENTION_DAYS, sessions until they expire."""

import logging
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone

from contacts.models import Submission

log = logging.getLogger(__name__)

BATCH = 500
FINISHED = (Submission.State.CREATED, Submission.State.DISCARDED)


def sweep() -> int:
    """Erases finished submissions that are old enough, with their attempts and acts, and expired sessions.

    What still waits for something is never erased; RETENTION_DAYS 0 keeps submissions for ever. Returns how many
    submissions were erased.
    """
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    erased = 0
    while settings.RETENTION_DAYS and (batch := _old_enough()):
        Submission.objects.filter(pk__in=batch).delete()
        erased += len(batch)
    if erased:
        log.info("retention: %s submissions erased", erased)
    return erased


def _old_enough() -> list:
    limit = timezone.now() - timedelta(days=settings.RETENTION_DAYS)
    old = Submission.objects.filter(state__in=FINISHED, changed_at__lt=limit)
    return list(old.values_list("pk", flat=True)[:BATCH])
