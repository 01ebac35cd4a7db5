"""What waits in other workspaces: entered for another Leonar account, and never sent with the configured key."""

from django.db.models import Count

from contacts.models import Submission


def waiting() -> list[tuple[str, int]]:
    """Each other workspace in which something is unfinished, by name, and how much."""
    unfinished = Submission.objects.elsewhere().unfinished().order_by("workspace")
    return list(unfinished.values_list("workspace").annotate(count=Count("pk")))
