"""What people do to submissions: correct, check again, pick, send again, discard. Each is recorded with name and time.

Every act names the revision its person saw; if the submission has changed since, nothing is done and `Overtaken` says
so. Whether the person may see the submission at all is decided before (history.visible_to).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.delivery import conclusions, doubt, gate, matching, outbox, outcomes
from contacts.models import Attempt, Event, Submission, SubmissionQuerySet


class ActRefused(Exception):
    """Nothing was done; `sentence` says why, for the person."""

    sentence = _("That can't be done with this entry now.")


class Overtaken(ActRefused):
    """Somebody else, or the portal itself, changed the submission after the person's page was loaded."""

    sentence = _("This entry changed while you were looking at it, so nothing was done. This is how it stands now.")


class LinkedElsewhere(ActRefused):
    """Another submission is linked to the contact that was picked."""

    sentence = _("That contact can't be linked: another entry is linked to it.")


def correct(
    submission: Submission,
    *,
    by,
    revision: int,
    payload: Mapping[str, Any],
    typed: Mapping[str, Any],
    facts: Mapping[str, int] | None = None,
) -> Submission:
    """A rejected submission gets new content and is due at once; `facts` count its correction too. Raises ActRefused.

    Where an earlier attempt may have created something, it is checked first, like whatever is sent again.
    """

    def change(current: SubmissionQuerySet, now: datetime) -> int:
        due_at = now + outbox.INLINE_GRACE
        corrected = outcomes.corrected(current, payload=payload, typed=typed, facts=facts, due_at=due_at, now=now)
        doubted = submission.attempts.filter(doubt.UNKNOWN).first()
        if corrected and doubted is not None:
            own = Submission.objects.filter(pk=submission.pk)
            outcomes.unconfirmed(own, reason=doubted.reason, due_at=now, now=now)
            outcomes.sending_again(own, seen_check=_seen(submission), now=now)
        return corrected

    return _act(submission, Event.Kind.CORRECTED, by, revision, allowed="may_be_corrected", change=change)


def check_again(submission: Submission, *, by, revision: int) -> Submission:
    """An unconfirmed submission that waits for a person is checked once more, now. Raises ActRefused."""

    def change(current: SubmissionQuerySet, now: datetime) -> int:
        return outcomes.checking(current, due_at=now, now=now)

    return _act(submission, Event.Kind.CHECKED_AGAIN, by, revision, allowed="may_be_decided", change=change)


def pick(submission: Submission, *, by, revision: int, contact_id: UUID) -> Submission:
    """An unconfirmed submission is the contact with this id, whether the checks found it or not. Raises ActRefused."""

    def change(current: SubmissionQuerySet, now: datetime) -> int:
        if Submission.objects.here().filter(contact_id=contact_id).exists():
            raise LinkedElsewhere
        for contact in candidates(submission):
            if matching.contact_id(contact) == contact_id:
                return outcomes.created(current, contact=contact, settled_by=Submission.SettledBy.PERSON, now=now)
        return outcomes.named(current, contact_id=contact_id, now=now)

    return _act(submission, Event.Kind.MATCHED, by, revision, allowed="may_be_decided", change=change)


def send_again(submission: Submission, *, by, revision: int) -> Submission:
    """An unconfirmed submission that waits for a person is sent again, if a check finds nothing new. Raises ActRefused.

    The check is due at once. What it finds that this person has not seen is shown, and nothing is sent then.
    """

    seen_check = _seen(submission)

    def change(current: SubmissionQuerySet, now: datetime) -> int:
        return outcomes.sending_again(current, seen_check=seen_check, now=now)

    return _act(
        submission,
        Event.Kind.SENT_AGAIN,
        by,
        revision,
        allowed="may_be_decided",
        change=change,
        details={conclusions.SEEN_CHECK: seen_check},
    )


def discard(submission: Submission, *, by, revision: int, note: str) -> Submission:
    """The submission is given up, for the reason in `note`. Raises ActRefused."""

    def change(current: SubmissionQuerySet, now: datetime) -> int:
        conclusions.overtaken([submission.pk], now=now)
        return outcomes.discarded(current, note=note, now=now)

    return _act(submission, Event.Kind.DISCARDED, by, revision, allowed="may_be_discarded", change=change)


def note_told(submission: Submission, *, by) -> bool:
    """The person of a created contact was told that their data is held. False where there is nobody to tell."""
    now = timezone.now()
    with transaction.atomic():
        if not Submission.objects.filter(pk=submission.pk).untold().update(told_at=now):
            return False
        Event.objects.create(
            workspace_id=submission.workspace_id, submission=submission, kind=Event.Kind.TOLD, actor=by, at=now
        )
    return True


def last_check(submission: Submission) -> Attempt | None:
    """The latest check that is over, answered or not; None before the first."""
    return submission.attempts.filter(kind=Attempt.Kind.CHECK, finished_at__isnull=False).first()


def candidates(submission: Submission) -> list[Mapping[str, Any]]:
    """What the latest check that Leonar answered found that may be it or looks like it, the likeliest first."""
    heard = submission.attempts.filter(kind=Attempt.Kind.CHECK, verdict__in=conclusions.HEARD).first()
    return heard.candidates or [] if heard else []


def _seen(submission: Submission) -> int:
    seen = last_check(submission)
    return seen.number if seen else 0


def _act(
    submission: Submission,
    kind: Event.Kind,
    by,
    revision: int,
    *,
    allowed: str,
    change: Callable[[SubmissionQuerySet, datetime], int],
    details: Mapping[str, Any] | None = None,
) -> Submission:
    with transaction.atomic():
        # Before the submission, as whoever records an answer does: two that wait for each other would both fail.
        gate.hold()
        now = timezone.now()
        current = Submission.objects.select_for_update().get(pk=submission.pk)
        if current.revision != revision:
            raise Overtaken
        if not getattr(current, allowed):
            raise ActRefused
        if not change(Submission.objects.filter(pk=current.pk, revision=revision), now):
            raise Overtaken
        Event.objects.create(
            workspace_id=current.workspace_id,
            submission=current,
            kind=kind,
            actor=by,
            at=now,
            details=dict(details or {}),
        )
    current.refresh_from_db()
    return current
