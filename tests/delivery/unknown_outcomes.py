"""Submissions whose outcome nobody saw, and the checks that follow, without waiting for their time."""

import json
from datetime import datetime, timedelta
from typing import Any

import requests
from django.utils import timezone

from contacts.delivery import check
from contacts.leonar.answers import Answer, RateLimit
from contacts.leonar.client import Reply
from contacts.models import Attempt, Gate, Submission
from tests.submissions import SOPHIE, sent

SEARCH = "POST /contacts/search"


def submit(by, payload: dict[str, Any] = SOPHIE) -> Submission:
    """Sends a contact once, by the portal, and gives back what became of it."""
    # However many answers were lost before: nobody is away here.
    Gate.objects.update(reason="", failures=0)
    return sent(by, payload)


def submit_unseen(sandbox, by, payload: dict[str, Any] = SOPHIE, *, created: bool) -> Submission:
    """The same, and the answer is lost: after the contact was `created`, or before."""
    lose_the_answer(sandbox, created=created)
    return submit(by, payload)


def lose_the_answer(sandbox, *, created: bool, calls: int = 1) -> None:
    """The next calls to create a contact break off, after it was created or before."""
    mode = "drop_after_creating" if created else "drop_after_reading"
    sandbox.misbehave(mode=mode, calls=calls, only="POST /contacts")


def create_elsewhere(sandbox, payload: dict[str, Any]) -> str:
    """A contact that somebody enters in Leonar itself. Returns its id."""
    answer = requests.post(
        f"{sandbox.api_url}/contacts", json=payload, headers={"Authorization": "Bearer leo_somebody_else"}, timeout=10
    )
    answer.raise_for_status()
    return answer.json()["data"]["id"]


def check_now(*, times: int = 1) -> None:
    """Makes every check that is planned, so many times over, without waiting for its time."""
    for _ in range(times):
        Submission.objects.filter(state="unconfirmed", due_at__isnull=False).update(due_at=timezone.now())
        Gate.objects.filter(reading_since__isnull=False).update(reading_closed_until=timezone.now())
        while check.check(worker="test"):
            pass


def redate(sandbox, by: timedelta) -> None:
    """Everything that Leonar holds was created so much later: the clock of its journal is turned."""
    sandbox.stop()
    journal = sandbox.data_dir / "contacts.jsonl"
    records = [json.loads(line) for line in journal.read_text().splitlines()]
    for record in records:
        created_at = datetime.fromisoformat(record["contact"]["created_at"]) + by
        record["contact"]["created_at"] = created_at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    journal.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    sandbox.start()


def claim_now(submission: Submission | None = None) -> check.Claim:
    """The next call of this one's check, or of the only one there is, taken but not made."""
    chosen = Submission.objects.filter(state="unconfirmed")
    if submission is not None:
        chosen = chosen.filter(pk=submission.pk)
    chosen.update(due_at=timezone.now())
    claimed = check.claim(worker="test")
    assert claimed is not None
    return claimed


def reply(contacts: list[dict[str, Any]], *, has_more: bool = False, skew: float | None = 0) -> Reply:
    """Leonar's answer to a search."""
    return Reply(contacts, Answer(200, "application/json", "", RateLimit(), 0.1, skew), has_more)


def checks(submission: Submission) -> list[Attempt]:
    """All that were made of it, in their order."""
    return list(submission.attempts.filter(kind=Attempt.Kind.CHECK).order_by("number"))
