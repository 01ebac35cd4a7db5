"""Trouble that admins are written to about: functions for `PortalProcess.call`."""

from datetime import timedelta

from django.utils import timezone

from contacts.models import Submission
from tests.rows import queue


def leave_one_waiting_for_long() -> None:
    """One submission has needed a person for two hours."""
    queue(1)
    long_ago = timezone.now() - timedelta(hours=2)
    Submission.objects.update(state=Submission.State.REJECTED, due_at=None, created_at=long_ago)
