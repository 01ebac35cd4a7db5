"""Who did what, and when: kept for ever, and never changed."""

import logging
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from contacts import origin
from contacts.models.submission import Submission
from contacts.models.workspace import Workspace

log = logging.getLogger(__name__)


class EventQuerySet(models.QuerySet["Event"]):
    """Events can be added and read; a database trigger holds the same for whoever goes around this."""

    def update(self, **columns: object) -> int:
        """Raises TypeError: an event is never changed."""
        raise TypeError("events are append-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Raises TypeError: an event is never deleted."""
        raise TypeError("events are append-only")


class Event(models.Model):
    """One thing that somebody did, to a submission, an account or the portal.

    Holds no contact's data: `details` are facts such as a state or a count. Outlives what it is about, so it names the
    submission without hanging on to it.
    """

    class Kind(models.TextChoices):
        """What people can do."""

        ENTERED = "entered", _("entered it")
        CORRECTED = "corrected", _("corrected it")
        TWIN_ASKED = "twin_asked", _("was asked whether to enter somebody again")
        SENT_AGAIN = "sent_again", _("had it sent again")
        CHECKED_AGAIN = "checked_again", _("had it checked again")
        MATCHED = "matched", _("picked the contact in Leonar")
        DISCARDED = "discarded", _("discarded it")
        RESTORED = "restored", _("had it checked after a restored backup")
        REOPENED = "reopened", _("reopened the way to Leonar")
        GATE_CLOSED = "gate_closed", _("closed the way to Leonar")
        GATE_OPENED = "gate_opened", _("opened the way to Leonar again")
        SETTINGS_CHANGED = "settings_changed", _("started with other settings")
        ROLE_CHANGED = "role_changed", _("changed a role")
        ERASED = "erased", _("erased personal data")
        CLEARED = "cleared", _("took what was erased out of the database's files")
        PERSON_EXPORTED = "person_exported", _("exported one person's data")
        DENIED = "denied", _("was denied a page")
        TOLD = "told", _("noted that the person was told")
        VIEWED = "viewed", _("looked at somebody else's entry")
        EXPORT_BEGUN = "export_begun", _("began an export")
        EXPORTED = "exported", _("exported entries")
        SIGNED_IN = "signed_in", _("signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("gave a wrong password or code")
        LOCKED_OUT = "locked_out", _("has to wait after too many wrong passwords or codes")
        PASSWORD_CHANGED = "password_changed", _("set a password")
        FACTOR_ADDED = "factor_added", _("set up a second factor")
        FACTOR_REMOVED = "factor_removed", _("removed a second factor")
        INVITED = "invited", _("made a link to set a password")
        SESSION_ENDED = "session_ended", _("ended sessions")

    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who"),
    )
    workspace = models.ForeignKey(Workspace, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(
        Submission, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="events"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    details = models.JSONField(_("details"), default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="event_newest"),
            models.Index(fields=["kind", "-id"], name="event_kind_newest"),
            models.Index(fields=["actor", "kind", "-id"], name="event_actor_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.submission_id or ''}".strip()

    def save(self, *args: object, **options: object) -> None:
        """Adds the event. Raises TypeError where it is there already: an event is never changed."""
        if not self._state.adding:
            raise TypeError("events are append-only")
        self.details = {**self.details, **origin.command_facts()}
        asked = origin.current.get()
        if asked is None or self.kind in WORK or not (self.actor_id or self.account_id):
            # The portal's own acts come from nowhere, whichever request they fall into.
            super().save(*args, **options)  # type: ignore[arg-type]
        else:
            with transaction.atomic():
                super().save(*args, **options)  # type: ignore[arg-type]
                EventOrigin.objects.create(event=self, address=asked.address, request=asked.request)
        # What is done to accounts, and exports, are logged where more is known of them.
        if self.account_id is None and self.kind not in (self.Kind.EXPORT_BEGUN, self.Kind.EXPORTED):
            facts = {"what": str(self.kind), "account": self.actor_id, "submission": self.submission_id}
            facts |= self.details if self.kind in PORTAL else origin.command_facts()
            line = " ".join(f"{name}={_said(value)}" for name, value in facts.items() if name != "what")
            log.info("%s %s", self.kind, line, extra={"facts": facts})

    def delete(self, *args: object, **options: object) -> tuple[int, dict[str, int]]:
        """Raises TypeError: an event is never deleted."""
        raise TypeError("events are append-only")


Kind = Event.Kind
# What becomes of the portal itself, which names or reasons say.
PORTAL = (Kind.SETTINGS_CHANGED, Kind.GATE_CLOSED, Kind.GATE_OPENED, Kind.REOPENED)
# The daily work: where people sit while they enter contacts is nobody's business.
WORK = (
    *(Kind.ENTERED, Kind.CORRECTED, Kind.SENT_AGAIN, Kind.CHECKED_AGAIN, Kind.MATCHED, Kind.DISCARDED),
    *(Kind.TOLD, Kind.VIEWED, Kind.TWIN_ASKED),
)


class EventOrigin(models.Model):
    """The address that an event's request came from, and the id that its lines of log have.

    Kept apart, because retention erases it while the event stays as it is.
    """

    event = models.OneToOneField(Event, on_delete=models.DO_NOTHING, primary_key=True, related_name="origin")
    address = models.CharField(_("from"), max_length=45, blank=True)
    request = models.CharField(_("request"), max_length=16)

    class Meta:
        verbose_name = _("origin of an event")
        verbose_name_plural = _("origins of events")

    def __str__(self) -> str:
        return self.request


def _said(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value or "-")
