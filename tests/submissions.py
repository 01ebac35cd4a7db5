"""Submissions made without the form, for tests of what comes after it."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from contacts.delivery import outbox, outcomes
from contacts.models import Submission, current_workspace

SOPHIE = {"first_name": "Sophie", "last_name": "Martin", "email": "sophie@acme.example"}


def queued(by: Any, payload: dict[str, Any] = SOPHIE, **columns: Any) -> Submission:
    """One that is stored, due, and has never been sent."""
    now = timezone.now()
    given = {"workspace": current_workspace(), "token": uuid4(), "created_at": now, "changed_at": now, "due_at": now}
    submission = outcomes.entered(Submission(created_by=by, **given | columns), payload=payload, typed={})
    submission.save(force_insert=True)
    outcomes.write_keys(submission)
    return submission


def sent(by: Any, payload: dict[str, Any] = SOPHIE, *, typed: dict[str, list[str]] | None = None) -> Submission:
    """One that was stored and sent at once, with what became of it."""
    entered = outbox.enter(by=by, token=uuid4(), payload=payload, typed=typed or {})
    return Submission.objects.get(pk=entered.submission.pk)
