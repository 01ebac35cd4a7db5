"""The words that contacts have in common, and how many submissions of a workspace use each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from contacts.contact import SHARED_MOST, shared_words
from contacts.models.workspace import Workspace
from contacts.text.folding import fold
from contacts.text.identity import KEY_MOST, shortened

_ROWS_AT_ONCE = 200

Payload = Mapping[str, Any]


class UsedValueQuerySet(models.QuerySet["UsedValue"]):
    """Counting, and what was counted for a workspace."""

    def here(self) -> Self:
        """Those of the configured workspace: what one workspace uses is never suggested in another."""
        return self.filter(workspace=settings.LEONAR_WORKSPACE)

    def count_in(self, workspace: str, payloads: Iterable[Payload]) -> None:
        """Counts the words of stored payloads; call it in the transaction that stores them."""
        self._count(workspace, payloads, 1)

    def count_out(self, workspace: str, payloads: Iterable[Payload]) -> None:
        """Counts the words out again; call it in the transaction that erases or replaces the payloads.

        What nobody else uses is gone then.
        """
        counted = self._count(workspace, payloads, -1)
        fields = {field for field, _value in counted}
        self.filter(workspace=workspace, field__in=fields, uses__lte=0).delete()

    def _count(self, workspace: str, payloads: Iterable[Payload], step: int) -> Counter[tuple[str, str]]:
        counted = Counter(word for payload in payloads for word in shared_words(payload))
        # In one order, so that two that count at once do not wait for each other.
        words = sorted(counted)
        for start in range(0, len(words), _ROWS_AT_ONCE):
            rows = [
                (workspace, field, value, shortened(fold(value)), step * counted[field, value])
                for field, value in words[start : start + _ROWS_AT_ONCE]
            ]
            _upsert(rows)
        return counted


class UsedValue(models.Model):
    """One word of one field, as it is spelt, with how many submissions of the workspace use it.

    Written with its submissions, in the same transaction, so that suggesting costs the same at a million of them.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=20)
    value = models.CharField(max_length=SHARED_MOST)
    # Folded, for finding.
    key = models.CharField(max_length=KEY_MOST)
    uses = models.IntegerField()

    objects = UsedValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("used value")
        verbose_name_plural = _("used values")
        constraints = [
            models.UniqueConstraint(fields=["workspace", "field", "value"], name="one_count_a_value"),
        ]
        indexes = [
            models.Index(fields=["workspace", "field", "-uses"], name="used_value_most"),
            # Begins-with by an index, whatever the database's collation.
            models.Index(
                fields=["workspace", "field", "key"],
                opclasses=["varchar_ops", "varchar_ops", "varchar_pattern_ops"],
                name="used_value_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.workspace_id}"


def _upsert(rows: list[tuple[str, str, str, str, int]]) -> None:
    """Adds to the counts of all rows in one statement: read and written apart, two at once would lose one's uses."""
    places = ", ".join(["(%s, %s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO contacts_usedvalue (workspace_id, field, value, key, uses) VALUES {places} "  # noqa: S608
            "ON CONFLICT (workspace_id, field, value) DO UPDATE SET uses = contacts_usedvalue.uses + excluded.uses",
            [part for row in rows for part in row],
        )
