"""What an outcome means for the rows that record it; pure: columns in, columns out."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from contacts.leonar import errors
from contacts.leonar.client import Reply
from contacts.models import Attempt, Reason, Submission
from contacts.text.storable import storable

# When an unconfirmed submission is first looked for, counted from the end of the attempt.
FIRST_LOOK = timedelta(seconds=5)

State = Submission.State
Columns = dict[str, Any]


def of_submission(outcome: Reply | errors.LeonarError, now: datetime) -> Columns:
    """The submission after its attempt ended with `outcome`."""
    if isinstance(outcome, Reply):
        return created(outcome.data, by=Submission.SettledBy.ANSWER, now=now)
    if isinstance(outcome, errors.Invalid):
        return {
            "state": State.REJECTED,
            "reason": outcome.reason,
            "due_at": None,
            "error_field": storable(outcome.field or ""),
            "error_message": storable(outcome.message),
        }
    if isinstance(outcome, errors.NotSent | errors.Refused):
        # Nothing exists, nothing is wrong with it: due at once, when the gate lets it through.
        return {"state": State.QUEUED, "reason": outcome.reason, "due_at": now}
    return unconfirmed(outcome.reason, now=now)


def created(contact: Mapping[str, Any], *, by: str, now: datetime) -> Columns:
    """The submission once it is known to be `contact` in Leonar."""
    return {
        "state": State.CREATED,
        "reason": Reason.NONE,
        "due_at": None,
        "contact_id": UUID(str(contact["id"])),
        "contact": storable(dict(contact)),
        "settled_at": now,
        "settled_by": by,
        "finding": Submission.Finding.NONE,
    }


def unconfirmed(reason: str, *, now: datetime) -> Columns:
    """The submission while it is not known whether it was created; the checks begin."""
    return {
        "state": State.UNCONFIRMED,
        "reason": reason,
        "due_at": now + FIRST_LOOK,
        "look_count": 0,
        "finding": Submission.Finding.NONE,
        "contact_id": None,
        "contact": None,
        "settled_at": None,
        "settled_by": Submission.SettledBy.NONE,
    }


def of_attempt(attempt: Attempt, outcome: Reply | errors.LeonarError, now: datetime) -> Columns:
    """The attempt once it ended with `outcome`: what it proved, and the facts of the answer if there was one."""
    verdict, reason, detail = _verdict(outcome)
    columns: Columns = {"finished_at": now, "verdict": verdict, "reason": reason, "detail": detail}
    answer = outcome.answer
    if answer is None:
        return columns | {"duration": (now - attempt.started_at).total_seconds()}
    limit = answer.rate_limit
    return columns | {
        "http_status": answer.status,
        "content_type": answer.content_type,
        "answer": answer.excerpt,
        "duration": answer.duration,
        "rate_limit": {"limit": limit.limit, "remaining": limit.remaining, "reset_in": limit.reset_in},
    }


def _verdict(outcome: Reply | errors.LeonarError) -> tuple[str, str, str]:
    if isinstance(outcome, Reply):
        return Attempt.Verdict.CREATED, Reason.NONE, ""
    if isinstance(outcome, errors.NotSent):
        return Attempt.Verdict.NOT_SENT, outcome.reason, outcome.detail
    if isinstance(outcome, errors.Refused):
        return Attempt.Verdict.REFUSED, outcome.reason, outcome.detail
    return Attempt.Verdict.UNKNOWN, outcome.reason, outcome.detail
