"""How many wait, for the header and the tabs: counted as far as a glance goes, at the same price for a million."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from contacts.models import SubmissionQuerySet

# More than that is "more than".
COUNTED_MOST = 200


@dataclass(frozen=True, slots=True)
class Glance:
    """How many of a viewer's submissions go nowhere unless a person acts, wait to be sent, and are being checked.

    `drafts` are the viewer's own forms that are not sent yet.
    """

    needing_person: int
    waiting: int
    checking: int
    drafts: int


def glance(viewer: Any) -> Glance:
    """What waits for `viewer`, of what is visible to them."""
    here, limit = str(settings.LEONAR_WORKSPACE), COUNTED_MOST + 1
    own: list[str | int] = [here, viewer.pk]
    sees_all = viewer.has_perm("contacts.review_all_submissions")
    visible = [here, limit] if sees_all else [*own, limit]
    with connection.cursor() as cursor:
        cursor.execute(_OF_ALL if sees_all else _OF_OWN, [*visible * 3, *own, limit])
        return Glance(*cursor.fetchone())


def up_to_most(submissions: SubmissionQuerySet) -> int:
    """How many these are; one more than COUNTED_MOST where there are more."""
    return submissions.order_by()[: COUNTED_MOST + 1].count()


def _counted(table: str, condition: str) -> str:
    return f"(SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {condition} LIMIT %s) AS counted)"  # noqa: S608


def _statement(visible: str) -> str:
    """In SQL: every page asks this, and having it composed anew would cost more than asking it."""
    columns = [
        _counted("contacts_submission", f"{visible} AND waits_for_person"),
        _counted("contacts_submission", f"{visible} AND due_at IS NOT NULL AND state IN ('queued', 'sending')"),
        _counted("contacts_submission", f"{visible} AND due_at IS NOT NULL AND state = 'unconfirmed'"),
        _counted("contacts_draft", _OWN.replace("created_by", "owner")),
    ]
    return f"SELECT {', '.join(columns)}"


_ALL = "workspace_id = %s"
_OWN = f"{_ALL} AND created_by_id = %s"
_OF_ALL, _OF_OWN = _statement(_ALL), _statement(_OWN)
