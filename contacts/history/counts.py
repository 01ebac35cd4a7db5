"""How many wait, for the header and the tabs: counted as far as a glance goes, at the same price for a million."""

from typing import Any

from contacts.models import Submission, SubmissionQuerySet

# More than that is "more than".
COUNTED_MOST = 200

State = Submission.State


def needing_person(viewer: Any) -> int:
    """Those that go nowhere unless a person acts."""
    return up_to_most(Submission.objects.visible_to(viewer).needing_person())


def waiting(viewer: Any) -> int:
    """Those that wait to be sent, or are being sent."""
    return up_to_most(_unfinished(viewer, State.QUEUED, State.SENDING))


def checking(viewer: Any) -> int:
    """Those that the portal is checking."""
    return up_to_most(_unfinished(viewer, State.UNCONFIRMED))


def up_to_most(submissions: SubmissionQuerySet) -> int:
    """How many these are; one more than COUNTED_MOST where there are more."""
    return submissions.order_by()[: COUNTED_MOST + 1].count()


def _unfinished(viewer: Any, *states: str) -> SubmissionQuerySet:
    return Submission.objects.visible_to(viewer).filter(due_at__isnull=False, state__in=states)
