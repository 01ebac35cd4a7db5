"""What waits in other workspaces: entered for another Leonar account, and never sent with the configured key."""

from contacts.history import counts
from contacts.models import Submission, other_workspaces


def waiting() -> list[tuple[str, int]]:
    """Each other workspace in which something is unfinished, by name, and how much, counted as far as a glance goes."""
    # Workspace by workspace: so asked, each part has an index, however many submissions there are here.
    counted = [(name, _unfinished(name)) for name in other_workspaces()]
    return [(name, count) for name, count in counted if count]


def _unfinished(workspace: str) -> int:
    there = Submission.objects.filter(workspace=workspace)
    return counts.up_to_most(there.needing_person()) + counts.up_to_most(there.filter(due_at__isnull=False))
