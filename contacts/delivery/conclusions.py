"""What the end of a check makes of its submission. Call it in a transaction that holds the gate and the submission."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from contacts.delivery import doubt, outcomes, schedule
from contacts.delivery.doubt import Doubt
from contacts.delivery.matching import contact_id, judge
from contacts.models import Attempt, Event, Reason, Submission, SubmissionQuerySet

Verdict = Attempt.Verdict

# In the event of a person who had it sent again: the number of the check that they had seen.
SEEN_CHECK = "seen_check"
# What a check that Leonar answered comes to.
HEARD = (Verdict.FOUND, Verdict.ALIKE, Verdict.NOT_FOUND)


def answered(
    submission: Submission,
    check: Attempt,
    in_doubt: Doubt,
    found: list[Mapping[str, Any]],
    *,
    is_whole: bool,
    now: datetime,
) -> Verdict:
    """Leonar answered, and `found` is what may be it or looks like it; `is_whole` unless there is more than was read.

    The one is linked, unless a person has seen it and said that it isn't. Where a person wants it sent again, it is,
    unless there is something that they had not seen.
    """
    ruled_out = _ruled_out(submission) if found else set()
    unseen = [contact for contact in found if contact_id(contact) not in ruled_out]
    the_one = judge(in_doubt.wanted, unseen).the_one
    if len(the_one) == 1 and is_whole and not doubt.is_claimed_by_another(submission, the_one[0]):
        outcomes.created(_own(submission), contact=the_one[0], settled_by=Submission.SettledBy.CHECK, now=now)
        return Verdict.FOUND
    if submission.seen_check is not None and not unseen:
        outcomes.queued(_own(submission), reason=Reason.NONE, due_at=now, now=now)
        return Verdict.NOT_FOUND
    if found or not is_whole:
        outcomes.undecided(_own(submission), now=now)
        return Verdict.ALIKE
    _nothing_found(submission, check, now)
    return Verdict.NOT_FOUND


def unanswered(submission: Submission, check: Attempt, *, may_be_answered: bool, now: datetime) -> None:
    """Leonar did not answer; `may_be_answered` is whether it might if it is asked again."""
    earlier, heard_at = _since_last_send(submission, check)
    heard = earlier.filter(verdict__in=HEARD).first()
    if heard is not None:
        earlier, heard_at = earlier.filter(pk__gt=heard.pk), heard.finished_at or heard_at
    failures = 1 + (earlier.aggregate(tries=Sum("tries"))["tries"] or 0)
    due_at = schedule.retry(failures=failures, unanswered_since=heard_at, now=now)
    if due_at is not None and may_be_answered:
        outcomes.checking(_own(submission), due_at=due_at, now=now)
    elif _knew_that_no_check_is_answered(submission):
        outcomes.queued(_own(submission), reason=Reason.NONE, due_at=now, now=now)
    else:
        outcomes.undecided(_own(submission), now=now)


def overtaken(submissions: Collection[UUID], *, now: datetime) -> None:
    """These were settled, or are in doubt anew: a check of theirs that is under way, or between two calls, is over.

    Nothing of what it looked for and found is kept: the person may have been erased, and another check begins afresh.
    """
    under_way = Attempt.objects.filter(submission__in=submissions, kind=Attempt.Kind.CHECK, finished_at=None)
    under_way.update(
        verdict=Verdict.FAILED, reason=Reason.NONE, detail="settled meanwhile", candidates=None, finished_at=now
    )


def _nothing_found(submission: Submission, check: Attempt, now: datetime) -> None:
    earlier, attempt_ended = _since_last_send(submission, check)
    count = earlier.filter(verdict=Verdict.NOT_FOUND).count() + 1
    due_at = schedule.next_check(answered=count, attempt_ended=attempt_ended, now=now)
    if due_at is None:
        outcomes.undecided(_own(submission), now=now)
    else:
        outcomes.checking(_own(submission), due_at=due_at, now=now)


def _since_last_send(submission: Submission, check: Attempt) -> tuple[QuerySet[Attempt], datetime]:
    """The checks before `check` that were made since the last attempt to send, latest first, and when that ended."""
    earlier = submission.attempts.filter(pk__lt=check.pk)
    last = earlier.filter(kind=Attempt.Kind.SEND).first()
    checks = earlier.filter(kind=Attempt.Kind.CHECK)
    if last is None:
        return checks, submission.created_at
    return checks.filter(pk__gt=last.pk), last.finished_at or last.lease_until


def _ruled_out(submission: Submission) -> set[UUID | None]:
    """The contacts that a person had before them who said that it is none of these, and to send it again."""
    said = submission.events.filter(kind=Event.Kind.SENT_AGAIN).first()
    if said is None:
        return set()
    heard = submission.attempts.filter(kind=Attempt.Kind.CHECK, verdict__in=HEARD)
    shown = heard.filter(number__lte=said.details.get(SEEN_CHECK, 0)).first()
    return {contact_id(contact) for contact in (shown.candidates or [] if shown else [])}


def _knew_that_no_check_is_answered(submission: Submission) -> bool:
    """Whether a person wants it sent again who had been told so, and could look in Leonar instead."""
    if submission.seen_check is None:
        return False
    seen = submission.attempts.filter(kind=Attempt.Kind.CHECK, number=submission.seen_check)
    # One that was overtaken has no reason, and has told nobody that Leonar does not answer.
    return seen.filter(verdict=Verdict.FAILED).exclude(reason=Reason.NONE).exists()


def _own(submission: Submission) -> SubmissionQuerySet:
    return Submission.objects.filter(pk=submission.pk, revision=submission.revision)
