"""From an unknown outcome to certainty, or to a person: looks in Leonar for what an attempt may have created.

A look is a search; looks come 5 s, 30 s, 2, 10 and 60 min after the attempt, because Leonar's search may lag. Exactly
one contact that fits is linked; several wait for a person; none after the last look leaves the decision to a person.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from contacts.delivery import clients, gate, outcomes
from contacts.delivery.matching import Wanted, fits, fitting
from contacts.leonar import errors
from contacts.leonar.answers import Answer, RateLimit
from contacts.models import Attempt, Reason, Submission, SubmissionQuerySet
from contacts.text.folding import fold
from contacts.text.storable import storable

log = logging.getLogger(__name__)

State = Submission.State
Finding = Submission.Finding
Verdict = Attempt.Verdict

# Seconds after the attempt ended.
LOOKS = (5, 30, 2 * 60, 10 * 60, 60 * 60)
# A look that could not be made (an outage, a limit) is made again this much later, and does not count.
LOOK_AGAIN = timedelta(seconds=30)
PAGE = 100
PAGES_MOST = 5


@dataclass(slots=True)
class Look:
    """One claimed look: what is looked for, the row that records it, and what Leonar answered last."""

    submission: Submission
    attempt: Attempt
    wanted: Wanted
    answer: Answer | None = None

    @property
    def rate_limit(self) -> RateLimit | None:
        """What the last answer said about the hourly limit."""
        return self.answer.rate_limit if self.answer else None


def check(*, worker: str) -> bool:
    """Makes one look for the unconfirmed submission that has been due longest. True if one was made.

    Raises django.db.DatabaseError; the look is then made again once its claim has run out.
    """
    look = claim(worker=worker)
    if look is None:
        return False
    clients.release_database()
    try:
        found = _search(look)
    except errors.LeonarError as error:
        look.answer = error.answer
        _could_not_look(look, error)
    else:
        _looked(look, found)
    return True


def claim(*, worker: str) -> Look | None:
    """Takes one unconfirmed submission that is due, for one look; None where there is none or the gate is closed."""
    with transaction.atomic(durable=True):
        now = timezone.now()
        due = Submission.objects.select_for_update(skip_locked=True).due(now).filter(state=State.UNCONFIRMED)
        submission = due.order_by("due_at").first()
        if submission is None or not gate.take(now):
            return None
        submission.due_at = now + timedelta(seconds=2 * clients.lease_seconds())
        submission.save(update_fields=["due_at"])
        wanted = wanted_by(submission)
        looks = submission.attempts.filter(kind=Attempt.Kind.CHECK)
        # A look whose process was killed; it would be shown as under way for ever.
        looks.filter(finished_at=None).update(finished_at=now, verdict=Verdict.FAILED, reason=Reason.INTERRUPTED)
        attempt = Attempt.objects.create(
            submission=submission,
            kind=Attempt.Kind.CHECK,
            number=looks.count() + 1,
            worker=worker,
            started_at=now,
            lease_until=submission.due_at,
            payload=wanted.searched_for(),
        )
        return Look(submission, attempt, wanted)


def wanted_by(submission: Submission) -> Wanted:
    """What the last send of `submission` may have created."""
    last = submission.attempts.filter(kind=Attempt.Kind.SEND).order_by("-number").first()
    if last is None:
        return Wanted(submission.payload, submission.created_at)
    return Wanted(last.payload, last.started_at)


def _search(look: Look) -> list[Mapping[str, Any]]:
    """Every contact that Leonar finds for the name and for the LinkedIn address, newest first, each once."""
    found: dict[str, Mapping[str, Any]] = {}
    for text in look.wanted.searches():
        for page in range(PAGES_MOST):
            reply = clients.client().search_contacts(
                search=text,
                created_after=look.wanted.earliest.date() - timedelta(days=1),
                sort="-created_at",
                limit=PAGE,
                offset=page * PAGE,
            )
            look.answer = reply.answer
            found |= {str(contact.get("id")): contact for contact in reply.data}
            if not reply.has_more:
                break
    return list(found.values())


def _looked(look: Look, found: list[Mapping[str, Any]]) -> None:
    now = timezone.now()
    with transaction.atomic():
        current = _still_unconfirmed(look)
        gate.note(None, rate_limit=look.rate_limit, started_at=look.attempt.started_at)
        if current is None:
            _complete(look, Verdict.NOT_FOUND, now, detail="settled meanwhile")
            return
        unlinked = _without_linked(fitting(look.wanted, found))
        if len(unlinked) == 1 and not _is_claimed_by_another(current, unlinked[0]):
            outcomes.created(_own(current), contact=unlinked[0], settled_by=Submission.SettledBy.CHECK, now=now)
            _complete(look, Verdict.FOUND, now, candidates=unlinked)
        elif unlinked:
            outcomes.undecided(_own(current), finding=Finding.SEVERAL, now=now)
            _complete(look, Verdict.SEVERAL, now, candidates=unlinked)
        else:
            _found_nothing(current, now)
            _complete(look, Verdict.NOT_FOUND, now)


def _could_not_look(look: Look, error: errors.LeonarError) -> None:
    now = timezone.now()
    may_not_search = isinstance(error, errors.KeyRefused) and look.answer is not None and look.answer.status == 403
    with transaction.atomic():
        current = _still_unconfirmed(look)
        gate.note(
            # What stands against this search alone is no reason to stop sending.
            None if may_not_search or _is_about_the_search(error) else error,
            rate_limit=look.rate_limit,
            started_at=look.attempt.started_at,
        )
        _complete(look, Verdict.FAILED, now, reason=error.reason, detail=error.detail)
        if current is None:
            return
        if may_not_search:
            outcomes.undecided(_own(current), finding=Finding.NOT_ALLOWED, now=now)
        elif look.answer is not None and _attempt_ended(current) + timedelta(seconds=LOOKS[-1]) <= now:
            # Leonar answers, but not this search, and not for an hour: a person must look.
            outcomes.undecided(_own(current), finding=Finding.FAILED, now=now)
        else:
            outcomes.checking(_own(current), due_at=now + LOOK_AGAIN, now=now)


def _found_nothing(submission: Submission, now: datetime) -> None:
    attempt_ended = _attempt_ended(submission)
    upcoming = [attempt_ended + timedelta(seconds=after) for after in LOOKS[submission.look_count + 1 :]]
    if upcoming:
        # After an outage the looks that were missed are not made up for in one burst.
        due_at = max(upcoming[0], now + timedelta(seconds=LOOKS[0]))
        outcomes.checking(_own(submission), due_at=due_at, now=now, is_answered=True)
    else:
        outcomes.undecided(_own(submission), finding=Finding.NOTHING, now=now, is_answered=True)


def _attempt_ended(submission: Submission) -> datetime:
    ended = submission.attempts.filter(kind=Attempt.Kind.SEND).order_by("-number").values_list("finished_at", flat=True)
    return ended.first() or submission.changed_at


def _is_about_the_search(error: errors.LeonarError) -> bool:
    return isinstance(error, errors.AddressWrong | errors.Invalid)


def _still_unconfirmed(look: Look) -> Submission | None:
    """The submission, locked, unless somebody settled it while the search was under way."""
    return (
        Submission.objects.select_for_update()
        .filter(pk=look.submission.pk, state=State.UNCONFIRMED, revision=look.submission.revision)
        .first()
    )


def _without_linked(contacts: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those that no submission is linked to already."""
    ids = [str(contact["id"]) for contact in contacts]
    linked = {str(contact_id) for contact_id in _linked_ids(ids)}
    return [contact for contact in contacts if str(contact["id"]) not in linked]


def _linked_ids(ids: list[str]):
    return Submission.objects.here().filter(contact_id__in=ids).values_list("contact_id", flat=True)


def _is_claimed_by_another(submission: Submission, contact: Mapping[str, Any]) -> bool:
    """Whether another submission with an open outcome may have created it just as well: then a person decides."""
    namesakes = Submission.objects.here().filter(search_text__startswith=fold(submission.name))
    rivals = namesakes.filter(state__in=[State.SENDING, State.UNCONFIRMED])
    return any(fits(wanted_by(rival), contact) for rival in rivals.exclude(pk=submission.pk))


def _own(submission: Submission) -> SubmissionQuerySet:
    """The submission as it was read: what an outcome of its check is compared with."""
    return Submission.objects.filter(pk=submission.pk, revision=submission.revision)


def _complete(
    look: Look,
    verdict: str,
    now: datetime,
    *,
    reason: str = Reason.NONE,
    detail: str = "",
    candidates: list[Mapping[str, Any]] | None = None,
) -> None:
    attempt = look.attempt
    attempt.verdict, attempt.reason, attempt.detail, attempt.finished_at = verdict, reason, detail, now
    attempt.candidates = storable(candidates)
    attempt.duration = (now - attempt.started_at).total_seconds()
    if look.answer is not None:
        attempt.http_status, attempt.content_type = look.answer.status, look.answer.content_type
    attempt.save()
    log.info(
        "submission=%s look=%s verdict=%s reason=%s status=%s seconds=%.3f",
        look.submission.pk,
        attempt.number,
        verdict,
        reason or "-",
        attempt.http_status or "-",
        attempt.duration,
    )
