"""What the portal has on record, and the clock of its checks; called by `PortalProcess.call` in its settings."""

import time
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from contacts.history.decisions import candidates, last_check
from contacts.models import Attempt, Submission
from tests.delivery.crash.buckets import Says
from tests.delivery.crash.entries import entry_of

State = Submission.State
UNDER_WAY = Q(state__in=[State.QUEUED, State.SENDING]) | Q(state=State.UNCONFIRMED, due_at__isnull=False)


def drain(seconds: float) -> int:
    """Waits until the deliverers have nothing left, sparing them the hour between the checks. Returns what is left."""
    deadline = time.monotonic() + seconds
    while left := Submission.objects.filter(UNDER_WAY).count():
        if time.monotonic() > deadline:
            break
        advance_checks()
        time.sleep(0.3)
    return left


def advance_checks() -> None:
    """The next check is due now, unless one is being made."""
    now = timezone.now()
    checking = Attempt.objects.filter(
        submission=OuterRef("pk"), kind=Attempt.Kind.CHECK, finished_at=None, lease_until__gt=now
    )
    waiting = Submission.objects.filter(~Exists(checking), state=State.UNCONFIRMED, due_at__gt=now)
    try:
        waiting.update(due_at=now - timedelta(seconds=1))
    except (DatabaseError, InterfaceError):
        connection.close()


def records() -> list[dict[str, Any]]:
    """Every submission: its mark, what the record says, the contact's id, and the contacts that a person may pick."""
    return [
        {
            "name": entry_of(submission.payload),
            "says": _says(submission).name,
            "contact_id": str(submission.contact_id or ""),
            "shown": [str(contact.get("id")) for contact in candidates(submission)],
        }
        for submission in Submission.objects.all()
    ]


def waiting() -> list[dict[str, Any]]:
    """Every submission that waits for a person: its mark, its address and revision, and what is shown."""
    return [
        {
            "name": entry_of(submission.payload),
            "id": str(submission.pk),
            "revision": submission.revision,
            "shown": [str(contact.get("id")) for contact in candidates(submission)],
        }
        for submission in Submission.objects.filter(state=State.UNCONFIRMED).needing_person()
    ]


def _says(submission: Submission) -> Says:
    if submission.state == State.CREATED:
        return Says.CREATED
    if submission.state in (State.REJECTED, State.DISCARDED):
        return Says.NOT_CREATED
    if submission.due_at is not None:
        return Says.UNDER_WAY
    last = last_check(submission)
    found_nothing = last is not None and last.verdict == Attempt.Verdict.NOT_FOUND
    return Says.NOTHING_FOUND if found_nothing else Says.UNDECIDED
