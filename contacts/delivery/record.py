"""Write 3: what an attempt came to, on the attempt, the submission and the gate, in one transaction."""

import logging
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from contacts.delivery import conclusions, doubt, gate, outcomes
from contacts.leonar import errors
from contacts.leonar.client import Reply
from contacts.models import Attempt, Reason, Submission, SubmissionQuerySet
from contacts.models.asked import change_where, rows_where

log = logging.getLogger(__name__)

# When an unconfirmed submission is first checked, counted from the end of the attempt.
FIRST_CHECK = timedelta(seconds=5)

State = Submission.State
SettledBy = Submission.SettledBy
Verdict = Attempt.Verdict
Outcome = Reply | errors.LeonarError

OPEN = (State.SENDING, State.UNCONFIRMED)


def record(attempt: Attempt, outcome: Outcome, *, is_repeated: bool = False) -> None:
    """What was seen of an attempt, however late: Leonar's own answer outranks whatever was concluded without it.

    Where it `is_repeated`, because a commit was not acknowledged, nothing is counted twice if that was made all the
    same.
    """
    now = timezone.now()
    with transaction.atomic():
        # First, because whoever links a contact holds it too: two places must not take the same one for theirs.
        held = gate.hold()
        if is_repeated and not _is_unseen(attempt):
            return
        outcome = gate.judged(held, outcome)
        is_last_word = _settle(attempt, outcome, now)
        if not (isinstance(outcome, errors.NotSent) and _fold(attempt, outcome, now)):
            _finish(attempt, outcome, now, keeps_answer=is_last_word or not _is_erased(attempt))
        gate.note_send(held, outcome, started_at=attempt.started_at, now=now)
    log.info(
        "submission=%s attempt=%s verdict=%s reason=%s status=%s seconds=%.3f%s",
        attempt.submission_id,
        attempt.number,
        _verdict(outcome),
        _reason(outcome) or "-",
        outcome.answer.status if outcome.answer else "-",
        _duration(attempt, outcome, now),
        "" if is_last_word else " late",
    )


def _settle(attempt: Attempt, outcome: Outcome, now: datetime) -> bool:
    """Changes the submission, as far as the outcome still has a say. True if it did."""
    if isinstance(outcome, Reply):
        return _settle_created(attempt, outcome, now)
    own = _not_erased(attempt)
    if not isinstance(outcome, errors.OutcomeUnknown) and _undo_link(own, attempt, outcome, now):
        return True
    if _sends(attempt).filter(pk__gt=attempt.pk).exists():
        return False
    is_last_word = _settle_open(own.filter(state__in=OPEN), outcome, now)
    conclusions.overtaken([attempt.submission_id], now=now)
    return is_last_word


def _settle_open(own: SubmissionQuerySet, outcome: errors.LeonarError, now: datetime) -> bool:
    if isinstance(outcome, errors.Invalid):
        return bool(
            outcomes.rejected(own, reason=outcome.reason, field=outcome.field or "", message=outcome.message, now=now)
        )
    if isinstance(outcome, errors.NotSent | errors.Refused):
        # Nothing exists, nothing is wrong with it: due at once, when the gate lets it through.
        return bool(outcomes.queued(own, reason=outcome.reason, due_at=now, now=now))
    return bool(outcomes.unconfirmed(own, reason=outcome.reason, due_at=now + FIRST_CHECK, now=now))


def _undo_link(own: SubmissionQuerySet, attempt: Attempt, outcome: Outcome, now: datetime) -> bool:
    """The attempt created nothing, so what was linked is not its contact. True if that is left to a new check.

    What Leonar answered outranks a person's pick too.
    """
    other = _sends(attempt).filter(doubt.UNKNOWN).exclude(pk=attempt.pk).first()
    reason = other.reason if other is not None else Reason.INTERRUPTED
    outranked = [SettledBy.CHECK] if isinstance(outcome, errors.NotSent) else [SettledBy.CHECK, SettledBy.PERSON]
    linked = own.filter(state=State.CREATED, settled_by__in=outranked)
    undone = outcomes.unconfirmed(linked, reason=reason, due_at=now + FIRST_CHECK, now=now)
    return bool(undone) and other is not None


def _sends(attempt: Attempt) -> QuerySet[Attempt]:
    return Attempt.objects.filter(submission=attempt.submission_id, kind=Attempt.Kind.SEND)


def _not_erased(attempt: Attempt) -> SubmissionQuerySet:
    # One that was erased since stays as it is: it would be checked and sent without content.
    return Submission.objects.filter(pk=attempt.submission_id, erased_at=None)


def _settle_created(attempt: Attempt, outcome: Reply, now: datetime) -> bool:
    _take_back_from_others(attempt, outcome, now)
    if outcomes.answered(attempt.submission_id, contact=outcome.data, now=now):
        return True
    own = _not_erased(attempt)
    may_change = own.exclude(Q(state=State.DISCARDED) | Q(settled_by=SettledBy.ANSWER))
    if outcomes.created(may_change, contact=outcome.data, settled_by=SettledBy.ANSWER, now=now):
        conclusions.overtaken([attempt.submission_id], now=now)
        return True
    # A person gave it up meanwhile, and it exists all the same: the record says which contact it is.
    outcomes.known_after_all(own.filter(state=State.DISCARDED, contact_id=None), contact=outcome.data, now=now)
    # Of one that was erased, the id alone: by it the person is erased in Leonar too.
    erased = Submission.objects.filter(pk=attempt.submission_id, erased_at__isnull=False, contact_id=None)
    outcomes.known_after_erasure(erased, contact_id=outcome.data["id"])
    return False


def _take_back_from_others(attempt: Attempt, outcome: Reply, now: datetime) -> None:
    """Whoever was linked to this contact without an answer of Leonar's is checked again."""
    linked_by = [SettledBy.CHECK, SettledBy.PERSON]
    # By the contact alone: told the workspace too, SQLite might walk through all of it.
    for other in rows_where(Submission, contact_id=outcome.data["id"]):
        if other.pk == attempt.submission_id:
            continue
        last = Attempt.objects.filter(submission=other, kind=Attempt.Kind.SEND).order_by("-number").first()
        reason = last.reason if last is not None and last.reason else Reason.INTERRUPTED
        linked = Submission.objects.here().filter(pk=other.pk, settled_by__in=linked_by, erased_at=None)
        linked = linked.filter(contact_id=outcome.data["id"])
        outcomes.unconfirmed(linked, reason=reason, due_at=now + FIRST_CHECK, now=now)


def _fold(attempt: Attempt, outcome: errors.NotSent, now: datetime) -> bool:
    """Counts it with the one before, where that came to nothing in the same way: an outage fills no pages."""
    before = _sends(attempt).filter(pk__lt=attempt.pk).order_by("-pk").first()
    if before is None or (before.verdict, before.reason) != (Verdict.NOT_SENT, outcome.reason):
        return False
    if not Attempt.objects.filter(pk=before.pk).update(tries=F("tries") + 1, finished_at=now, detail=outcome.detail):
        return False
    _this(attempt).delete()
    return True


def _is_erased(attempt: Attempt) -> bool:
    return Submission.objects.filter(pk=attempt.submission_id, erased_at__isnull=False).exists()


def _finish(attempt: Attempt, outcome: Outcome, now: datetime, *, keeps_answer: bool) -> None:
    """The attempt: what it proved, and the facts of the answer if there was one."""
    answer = outcome.answer
    limit = answer.rate_limit if answer else None
    seen = {
        "finished_at": now,
        "verdict": _verdict(outcome),
        "reason": _reason(outcome),
        "detail": outcome.detail if isinstance(outcome, errors.LeonarError) and keeps_answer else "",
        "duration": _duration(attempt, outcome, now),
        "http_status": answer.status if answer else None,
        "content_type": answer.content_type if answer else "",
        "answer": answer.excerpt if answer and keeps_answer else "",
        "skew": answer.skew if answer else None,
        "rate_limit": asdict(limit) if limit else None,
    }
    # By its submission too: where its commit failed, its number may have gone to another.
    change_where(Attempt, seen, id=attempt.pk, submission=attempt.submission_id, kind=Attempt.Kind.SEND)


def _is_unseen(attempt: Attempt) -> bool:
    """Whether its outcome is still to be recorded. One that is gone was counted with another, or never stored."""
    standing = _this(attempt).values_list("verdict", "reason").first()
    unseen = [(Verdict.OPEN, Reason.NONE), (Verdict.UNKNOWN, Reason.INTERRUPTED), (Verdict.UNKNOWN, Reason.RESTORED)]
    return standing in unseen


def _this(attempt: Attempt) -> QuerySet[Attempt]:
    # By its submission too: where its commit failed, its number may have gone to another.
    return Attempt.objects.filter(pk=attempt.pk, submission=attempt.submission_id, kind=Attempt.Kind.SEND)


def _verdict(outcome: Outcome) -> Attempt.Verdict:
    if isinstance(outcome, Reply):
        return Verdict.CREATED
    if isinstance(outcome, errors.NotSent):
        return Verdict.NOT_SENT
    return Verdict.REFUSED if isinstance(outcome, errors.Refused) else Verdict.UNKNOWN


def _reason(outcome: Outcome) -> str:
    return outcome.reason if isinstance(outcome, errors.LeonarError) else Reason.NONE


def _duration(attempt: Attempt, outcome: Outcome, now: datetime) -> float:
    return outcome.answer.duration if outcome.answer else (now - attempt.started_at).total_seconds()
