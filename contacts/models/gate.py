"""The way to Leonar."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models.asked import change_where
from contacts.models.event import Event
from contacts.models.reason import Reason
from contacts.models.workspace import Workspace


class Gate(models.Model):
    """Whether calls to Leonar may be made: shared by every process, one row a workspace.

    The key is never stored, only a fingerprint of key and address: with another key or address the gate is open, and
    what it knew of the old one is forgotten. Nothing is sent while `reason` is set and `closed_until` has not passed;
    where that is null, until a person reopens it. Reading is judged apart.
    """

    workspace = models.OneToOneField(Workspace, on_delete=models.PROTECT, primary_key=True)
    fingerprint = models.CharField(max_length=64)

    reason = models.CharField(max_length=20, choices=Reason, default=Reason.NONE, blank=True)
    detail = models.TextField(blank=True)
    # Since when it has been as it is, open or closed.
    since = models.DateTimeField(null=True, blank=True)
    closed_until = models.DateTimeField(null=True, blank=True)
    # Leonar answers again, so that one send may go first.
    is_probed = models.BooleanField(default=False)
    # Calls in a row that came to nothing in the same way.
    failures = models.PositiveIntegerField(default=0)
    # Answers in a row as from a wrong address since a contact was created; null before the first was.
    odd_answers = models.PositiveIntegerField(null=True, blank=True)

    reading_failures = models.PositiveIntegerField(default=0)
    reading_since = models.DateTimeField(null=True, blank=True)
    reading_closed_until = models.DateTimeField(null=True, blank=True)

    # The portal's own count of what the hourly window still allows, corrected by each answer's headers.
    rate_limit = models.PositiveIntegerField(null=True, blank=True)
    rate_remaining = models.PositiveIntegerField(null=True, blank=True)
    rate_reset_at = models.DateTimeField(null=True, blank=True)

    # What its columns held when it was read; None where it is new.
    _stored: dict[str, Any] | None = None

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")

    def __str__(self) -> str:
        return f"gate of {self.workspace_id}"

    @property
    def waits_for_person(self) -> bool:
        """Whether only a person (or another key) opens it again."""
        return bool(self.reason) and self.closed_until is None

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any) -> Self:
        """See django.db.models.Model.from_db."""
        gate = super().from_db(db, field_names, values, **options)
        gate._stored = dict(vars(gate))
        return gate

    def keep(self, *, by: Any = None) -> None:
        """Stores what has changed since it was read: most calls change a count, and many nothing.

        That sending was closed or opened is on record, with the admin `by` whom it was opened.
        """
        self._put_on_record(by)
        if self._stored is None:
            self.save()
        elif changed := [field for field in self._meta.fields if self._is_changed(field.attname)]:
            new = {field.name: getattr(self, field.attname) for field in changed}
            change_where(Gate, new, workspace=self.workspace_id)
        self._stored = dict(vars(self))

    def _put_on_record(self, by: Any) -> None:
        before = (self._stored or {}).get("reason", Reason.NONE)
        if self.reason == before:
            return
        kind = Event.Kind.GATE_CLOSED if self.reason else Event.Kind.REOPENED if by else Event.Kind.GATE_OPENED
        details = {"reason": str(self.reason or before)}
        Event.objects.create(at=timezone.now(), kind=kind, actor=by, workspace_id=self.workspace_id, details=details)

    def _is_changed(self, name: str) -> bool:
        return self._stored is None or getattr(self, name) != self._stored[name]
