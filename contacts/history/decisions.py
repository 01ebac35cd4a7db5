"""What people do to submissions: correct, send again, pick the match, discard. Each is recorded with name and time.

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

from contacts.delivery import gate, outbox, outcomes
from contacts.models import Attempt, Event, Reason, Submission, SubmissionQuerySet


class ActRefused(Exception):
    """Nothing was done; `sentence` says why, for the person."""

    sentence = _("That can't be done with this submission now.")


class Overtaken(ActRefused):
    """Somebody else, or the portal itself, changed the submission after the person's page was loaded."""

    sentence = _(
        "This submission changed while you were looking at it, so nothing was done. This is how it stands now."
    )


class NotACandidate(ActRefused):
    """The contact picked is not one that was found, or another submission is linked to it."""

    sentence = _("That contact can't be linked: it was not among those found, or another submission is linked to it.")


def correct(
    submission: Submission, *, by, revision: int, payload: Mapping[str, Any], typed: Mapping[str, Any]
) -> Submission:
    """A rejected submission gets new content and is due at once. Raises ActRefused."""

    def change(current: SubmissionQuerySet, now: datetime) -> int:
        return outcomes.corrected(current, payload=payload, typed=typed, due_at=now + outbox.INLINE_GRACE, now=now)

    return _act(submission, Event.Kind.CORRECTED, by, revision, allowed="may_be_corrected", change=change)


def send_again(submission: Submission, *, by, revision: int) -> Submission:
    """An unconfirmed submission that the checks did not find is due at once. Raises ActRefused."""

    def change(current: SubmissionQuerySet, now: datetime) -> int:
        return outcomes.queued(current, reason=Reason.NONE, due_at=now + outbox.INLINE_GRACE, now=now)

    return _act(submission, Event.Kind.SENT_AGAIN, by, revision, allowed="may_be_sent_again", change=change)


def match(submission: Submission, *, by, revision: int, contact_id: UUID) -> Submission:
    """An unconfirmed submission is linked to one of the contacts that the checks found. Raises ActRefused."""

    def change(current: SubmissionQuerySet, now: datetime) -> int:
        gate.hold()
        contact = candidates(submission).get(contact_id)
        if contact is None or Submission.objects.filter(contact_id=contact_id).exists():
            raise NotACandidate
        return outcomes.created(current, contact=contact, settled_by=Submission.SettledBy.PERSON, now=now)

    return _act(submission, Event.Kind.MATCHED, by, revision, allowed="may_be_matched", change=change)


def look_again(submission: Submission, *, by, revision: int) -> Submission:
    """An unconfirmed submission that waits for a person is looked for once more, now. Raises ActRefused."""

    def change(current: SubmissionQuerySet, now: datetime) -> int:
        return outcomes.checking(current, due_at=now, now=now)

    return _act(submission, Event.Kind.CHECKED_AGAIN, by, revision, allowed="may_be_matched", change=change)


def discard(submission: Submission, *, by, revision: int, note: str) -> Submission:
    """The submission is given up, for the reason in `note`. Raises ActRefused."""

    def change(current: SubmissionQuerySet, now: datetime) -> int:
        return outcomes.discarded(current, note=note, now=now)

    return _act(submission, Event.Kind.DISCARDED, by, revision, allowed="may_be_discarded", change=change)


def candidates(submission: Submission) -> dict[UUID, Mapping[str, Any]]:
    """The contacts that the latest look found to fit, by Leonar id."""
    look = submission.attempts.filter(kind=Attempt.Kind.CHECK, finished_at__isnull=False).first()
    found = look.candidates if look else None
    return {UUID(str(contact["id"])): contact for contact in found or []}


def looked_for(submission: Submission) -> Mapping[str, Any] | None:
    """What the latest look searched Leonar for, so that the person who decides knows; None before the first."""
    look = submission.attempts.filter(kind=Attempt.Kind.CHECK).first()
    return look.payload if look else None


def _act(
    submission: Submission,
    kind: Event.Kind,
    by,
    revision: int,
    *,
    allowed: str,
    change: Callable[[SubmissionQuerySet, datetime], int],
) -> Submission:
    with transaction.atomic():
        now = timezone.now()
        current = Submission.objects.select_for_update().get(pk=submission.pk)
        if current.revision != revision:
            raise Overtaken
        if not getattr(current, allowed):
            raise ActRefused
        if not change(Submission.objects.filter(pk=current.pk, revision=revision), now):
            raise Overtaken
        Event.objects.create(workspace_id=current.workspace_id, submission=current, kind=kind, actor=by, at=now)
    current.refresh_from_db()
    return current
