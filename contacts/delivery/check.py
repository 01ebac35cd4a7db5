"""From an unknown outcome to certainty, or to a person: asks Leonar for what the attempts may have created.

A check searches for everything that was sent and comes to one of three findings (matching): the one is linked;
something like it is left to a person; nothing is believed only after the last check of the schedule. Each step makes
one call, so that a check of several holds up nobody for longer than that; what it has found so far is in its row.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from contacts.delivery import clients, conclusions, gate, outcomes
from contacts.delivery.doubt import Doubt, doubt_about, linked
from contacts.delivery.matching import Likeness, contact_id
from contacts.leonar import errors
from contacts.leonar.answers import Answer
from contacts.leonar.client import Reply
from contacts.models import Attempt, Reason, Submission, SubmissionQuerySet
from contacts.text.storable import storable

log = logging.getLogger(__name__)

State = Submission.State
Verdict = Attempt.Verdict

PAGE = 100
# Whoever has more namesakes of the last day than so many pages is left to a person.
PAGES_MOST = 20
# More than anybody would read through.
CANDIDATES_MOST = 50


@dataclass(frozen=True, slots=True)
class Claim:
    """One claimed call of a check: the submission as it was taken, the check's row, and what is looked for."""

    submission: Submission
    attempt: Attempt
    doubt: Doubt

    @property
    def own(self) -> SubmissionQuerySet:
        """The submission, as long as nobody has settled it or taken the check over."""
        taken = {"revision": self.submission.revision, "due_at": self.attempt.lease_until}
        return Submission.objects.filter(pk=self.submission.pk, state=State.UNCONFIRMED, **taken)


def check(*, worker: str) -> bool:
    """Makes one call for the unconfirmed submission that has been due longest. True if one was made.

    Raises django.db.OperationalError or InterfaceError; the call is then made again once its claim has run out.
    Whatever else goes wrong is raised too, and counts as no answer.
    """
    claimed = claim(worker=worker)
    if claimed is None:
        return False
    clients.release_database()
    try:
        _answered(claimed, _ask(claimed))
    except errors.LeonarError as error:
        _unanswered(claimed, error)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # Whatever it was, it counts as no answer, so that it is not met with again for ever and seen by nobody.
        _unanswered(claimed, errors.CreatedUnseen(type(error).__name__))
        raise
    return True


def claim(*, worker: str) -> Claim | None:
    """Takes one unconfirmed submission that is due, for one call; None where there is none or the gate is closed."""
    with transaction.atomic(durable=True):
        now = timezone.now()
        held = gate.hold()
        due = Submission.objects.select_for_update(skip_locked=True).due(now).filter(state=State.UNCONFIRMED)
        submission = due.order_by("due_at").first()
        if submission is None or not gate.take_read(held, now):
            return None
        until = now + timedelta(seconds=clients.lease_seconds())
        outcomes.claimed_for_check(Submission.objects.filter(pk=submission.pk), until=until)
        in_doubt = doubt_about(submission)
        attempt = _open_check(submission, in_doubt, worker=worker, until=until, now=now)
        return Claim(submission, attempt, in_doubt)


def _open_check(submission: Submission, in_doubt: Doubt, *, worker: str, until: datetime, now: datetime) -> Attempt:
    """The check that is under way, perhaps since a process was killed, or a new one."""
    last = submission.attempts.filter(kind=Attempt.Kind.CHECK).first()
    if last is not None and last.finished_at is None:
        last.lease_until, last.worker = until, worker
        last.save(update_fields=["lease_until", "worker"])
        return last
    return Attempt.objects.create(
        submission=submission,
        kind=Attempt.Kind.CHECK,
        number=last.number + last.tries if last else 1,
        worker=worker,
        started_at=now,
        lease_until=until,
        payload=in_doubt.looked_for,
    )


def _ask(claimed: Claim) -> Reply:
    search, page = divmod(claimed.attempt.position, PAGES_MOST)
    # Of what was erased meanwhile there is nothing to search for; whatever was created that day is no likeness of it.
    searches = claimed.doubt.searches or [""]
    return clients.client().search_contacts(
        search=searches[min(search, len(searches) - 1)],
        created_after=claimed.doubt.created_after,
        sort="-created_at",
        limit=PAGE,
        offset=page * PAGE,
    )


def _answered(claimed: Claim, reply: Reply) -> None:
    now, check = timezone.now(), claimed.attempt
    with transaction.atomic():
        # First, because whoever links a contact holds it too: two places must not take the same one for theirs.
        gate.note_read(gate.hold(), reply, now=now)
        current = claimed.own.select_for_update().first()
        if current is None:
            _end_where_settled(claimed, now)
            return
        in_doubt = doubt_about(current, skew=reply.answer.skew)
        found = _gathered(in_doubt, check, reply.data)
        following = _position_after(check.position, reply, searches=len(in_doubt.searches))
        if following is not None:
            check.position, check.candidates = following, storable(found)
            check.save(update_fields=["position", "candidates"])
            outcomes.claimed_for_check(claimed.own, until=now)
            return
        verdict = conclusions.answered(current, check, in_doubt, found, is_whole=not _has_more(reply), now=now)
        check.candidates = storable(found)
        _finish(check, verdict, now, answer=reply.answer)


def _unanswered(claimed: Claim, error: errors.LeonarError) -> None:
    now, check = timezone.now(), claimed.attempt
    may_not_read = isinstance(error, errors.KeyRefused) and error.answer is not None and error.answer.status == 403
    with transaction.atomic():
        gate.note_read(gate.hold(), error, now=now)
        current = claimed.own.select_for_update().first()
        if current is None:
            _end_where_settled(claimed, now)
            return
        conclusions.unanswered(current, check, may_be_answered=not may_not_read, now=now)
        if not _fold(check, error, now):
            check.candidates = None
            _finish(check, Verdict.FAILED, now, answer=error.answer, reason=error.reason, detail=error.detail)


def _gathered(in_doubt: Doubt, check: Attempt, contacts: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    """What has been found so far, likeliest first: what may be it or looks like it, and is linked to no submission."""
    found: dict[object, Mapping[str, Any]] = {}
    for contact in [*(check.candidates or []), *contacts]:
        found.setdefault(contact_id(contact) or len(found), contact)
    likeness = {key: in_doubt.wanted.likeness(contact) for key, contact in found.items()}
    taken = linked(contact for key, contact in found.items() if likeness[key] is not Likeness.OTHER)
    return [
        found[key]
        for wanted in (Likeness.THE_ONE, Likeness.ALIKE)
        for key in found
        if likeness[key] is wanted and key not in taken
    ][:CANDIDATES_MOST]


def _position_after(position: int, reply: Reply, *, searches: int) -> int | None:
    """The next call of the same check; None after the last, or where there is more than is read."""
    search, page = divmod(position, PAGES_MOST)
    if _has_more(reply):
        return position + 1 if page + 1 < PAGES_MOST else None
    return (search + 1) * PAGES_MOST if search + 1 < searches else None


def _has_more(reply: Reply) -> bool:
    # A full page is followed up even where nothing is said of more.
    return bool(reply.data) and (reply.has_more or len(reply.data) >= PAGE)


def _fold(check: Attempt, error: errors.LeonarError, now: datetime) -> bool:
    """Counts it with the one before, where that came to nothing in the same way: an outage fills no pages."""
    before = Attempt.objects.filter(submission=check.submission_id, pk__lt=check.pk).first()
    if before is None or (before.kind, before.verdict) != (Attempt.Kind.CHECK, Verdict.FAILED):
        return False
    if (before.reason, before.detail) != (error.reason, error.detail):
        return False
    before.tries, before.finished_at = before.tries + 1, now
    before.save(update_fields=["tries", "finished_at"])
    check.delete()
    return True


def _end_where_settled(claimed: Claim, now: datetime) -> None:
    """Somebody was faster: whoever took the check over goes on with it, and whoever settled the submission ended it."""
    if not Submission.objects.filter(pk=claimed.submission.pk, state=State.UNCONFIRMED).exists():
        conclusions.overtaken([claimed.submission.pk], now=now)


def _finish(
    check: Attempt,
    verdict: Verdict,
    now: datetime,
    *,
    answer: Answer | None = None,
    reason: str = Reason.NONE,
    detail: str = "",
) -> None:
    check.verdict, check.reason, check.detail, check.finished_at = verdict, reason, detail, now
    check.duration = (now - check.started_at).total_seconds()
    if answer is not None:
        check.http_status, check.content_type, check.skew = answer.status, answer.content_type, answer.skew
    check.save()
    log.info(
        "submission=%s check=%s verdict=%s reason=%s status=%s seconds=%.3f",
        check.submission_id,
        check.number,
        verdict,
        reason or "-",
        check.http_status or "-",
        check.duration,
    )
