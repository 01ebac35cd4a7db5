"""Submissions made and read where a portal's settings hold: functions for `PortalProcess.call`."""

import random
import time
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db.models import Count, F, Q
from django.utils import timezone

from contacts.delivery import outcomes
from contacts.models import Attempt, Gate, Submission, current_workspace


def queue(number: int, *names: str) -> None:
    """So many submissions that are due, entered one second after the other; named `names`, or Martin-00001 and on."""
    by = get_user_model().objects.get(username="recruiter")
    began = timezone.now() - timedelta(seconds=number + 10)
    workspace = current_workspace()
    rows = []
    for place in range(number):
        last_name = names[place] if names else f"Martin-{place + 1:05}"
        payload = {"first_name": "Sophie", "last_name": last_name, "email": f"{last_name.lower()}@acme.example"}
        at = began + timedelta(seconds=place)
        row = Submission(workspace=workspace, created_by=by, token=uuid4(), created_at=at, changed_at=at, due_at=at)
        rows.append(outcomes.entered(row, payload=payload, typed={"first_name": ["Sophie"], "last_name": [last_name]}))
    Submission.objects.bulk_create(rows, batch_size=500)


def answered_with_many(submission: str, number: int) -> None:
    """The submission is created, and Leonar has returned it with so many items in each list."""
    Submission.objects.filter(pk=submission).update(
        state=Submission.State.CREATED, due_at=None, contact_id=uuid4(), contact=many_items(number)
    )


def many_items(number: int) -> dict[str, Any]:
    """A contact with so many items in each list, each another."""
    words = ("tags", "skills", "languages", "contact_type")
    return {name: [f"{name} {place}" for place in range(number)] for name in words} | {
        "emails": [{"email": f"sophie{place}@acme.example", "type": "work"} for place in range(number)],
        "phones": [{"phone": f"+336{place:08}", "type": "work"} for place in range(number)],
        "custom_data": {f"key_{place}": place for place in range(number)},
    }


def states() -> dict[str, int]:
    """How many submissions are in each state."""
    return dict(Counter(Submission.objects.values_list("state", flat=True)))


def waiting() -> int:
    """How many submissions the machine will still act on."""
    return Submission.objects.exclude(due_at=None).count()


def submissions() -> list[dict[str, Any]]:
    """All of them, oldest first: name, state, reason, who settled it, how often it was sent."""
    columns = {"last_name": F("payload__last_name")}
    chosen = Submission.objects.order_by("created_at").values(
        "state", "reason", "settled_by", **columns, sends=Count("attempts", filter=Q(attempts__kind="send"))
    )
    return list(chosen)


def attempts(kind: str = Attempt.Kind.SEND) -> list[dict[str, Any]]:
    """Every attempt, oldest first: its submission's name, number, verdict, reason, and who made it."""
    columns = {"last_name": F("submission__payload__last_name")}
    chosen = Attempt.objects.filter(kind=kind).order_by("pk")
    return list(chosen.values("number", "verdict", "reason", "worker", **columns))


def hurry() -> None:
    """Everything that is due later, apart from a lease, is due now; a gate that has closed for a while opens."""
    now = timezone.now()
    later = Submission.objects.filter(due_at__gt=now).exclude(state=Submission.State.SENDING)
    later.update(due_at=now - timedelta(seconds=1))
    Gate.objects.filter(closed_until__gt=now).update(closed_until=now)
    Gate.objects.filter(reading_closed_until__gt=now).update(reading_closed_until=now)


def deliveries() -> list[dict[str, Any]]:
    """Every attempt to send, in the order of the claims: name, verdict, and when it began and ended in Unix seconds."""
    chosen = Attempt.objects.filter(kind=Attempt.Kind.SEND).order_by("pk").select_related("submission")
    return [
        {
            "last_name": attempt.submission.payload["last_name"],
            "verdict": attempt.verdict,
            "began": attempt.started_at.timestamp(),
            "ended": attempt.finished_at.timestamp() if attempt.finished_at else None,
        }
        for attempt in chosen
    ]


def pick_up_seconds(times: int) -> list[float]:
    """How long it took, each time, from a submission's being stored and due until a deliverer had claimed it."""
    return [_one_pick_up() for _ in range(times)]


def _one_pick_up() -> float:
    # At any moment of the deliverer's round.
    time.sleep(random.uniform(0, 0.3))
    known = set(Submission.objects.values_list("pk", flat=True))
    queue(1)
    stored = timezone.now()
    newest = Submission.objects.exclude(pk__in=known).get()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        attempt = newest.attempts.first()
        if attempt is not None:
            return max(0.0, (attempt.started_at - stored).total_seconds())
        time.sleep(0.01)
    raise AssertionError("nobody picked it up")
