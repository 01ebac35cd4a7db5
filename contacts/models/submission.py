"""What a recruiter entered, and what became of it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.base import ModelState
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from contacts.models.reason import Reason
from contacts.models.workspace import Workspace

# Where a submission goes nowhere by itself once it is not due: the one definition of "needs a person".
WAITING_STATES = ("rejected", "unconfirmed")
# Where nothing more happens.
FINISHED_STATES = ("created", "discarded")
WAITS_FOR_PERSON = Q(due_at__isnull=True, state__in=WAITING_STATES)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """The sets of submissions that have a name."""

    def here(self) -> Self:
        """Those of the configured workspace."""
        return self.filter(workspace=settings.LEONAR_WORKSPACE)

    def elsewhere(self) -> Self:
        """Those of other workspaces, which the configured key must never see."""
        return self.exclude(workspace=settings.LEONAR_WORKSPACE)

    def visible_to(self, viewer: Any) -> Self:
        """Those here that `viewer` may see: everybody's for admins, else the viewer's own."""
        if viewer.has_perm("contacts.review_all_submissions"):
            return self.here()
        return self.here().filter(created_by=viewer)

    def due(self, now: datetime) -> Self:
        """Those here on which the machine acts now: retries, checks and expired leases alike."""
        return self.here().filter(due_at__lte=now)

    def expired(self, now: datetime) -> Self:
        """Those here whose attempt has outlasted its lease."""
        return self.due(now).filter(state=Submission.State.SENDING)

    def unfinished_before(self, now: datetime) -> Self:
        """Those that wait for a person, or on which the machine should have acted by `now`."""
        return self.filter(Q(waits_for_person=True) | Q(due_at__lte=now))

    def unfinished(self) -> Self:
        """Those that wait for the machine or for a person."""
        return self.filter(Q(waits_for_person=True) | Q(due_at__isnull=False))

    def finished_before(self, limit: datetime) -> Self:
        """Those of every workspace that were created or given up, are untouched since `limit` and not erased yet."""
        return self.filter(state__in=FINISHED_STATES, changed_at__lt=limit, erased_at__isnull=True)

    def untold(self) -> Self:
        """Those whose person is in Leonar and has not been told of it."""
        return self.filter(state=Submission.State.CREATED, told_at__isnull=True, erased_at__isnull=True)

    def needing_person(self) -> Self:
        """Those that go nowhere unless a person acts."""
        return self.filter(waits_for_person=True)


class Submission(models.Model):
    """One contact as a recruiter entered it, and its one true outcome.

    `due_at` is when the machine acts on it next; null means that it waits for a person or is done. "Due" is one indexed
    query and the whole queue. `revision` counts the changes of state, so that two people acting at once get one result.
    """

    class State(models.TextChoices):
        """Where a submission stands, in the words of every page; a rejected one is among those that need a person."""

        QUEUED = "queued", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        CREATED = "created", _("Created in Leonar")
        REJECTED = "rejected", _("Needs you")
        UNCONFIRMED = "unconfirmed", _("Checking with Leonar")
        DISCARDED = "discarded", _("Discarded")

    class SettledBy(models.TextChoices):
        """How a created contact's id became known."""

        NONE = "", _("not settled")
        ANSWER = "answer", _("Leonar's answer")
        CHECK = "check", _("found by checking")
        PERSON = "person", _("picked by a person")

    # In the order of time, so that a new row goes to the end of every index that holds the key.
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="submissions")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("entered by")
    )
    created_at = models.DateTimeField(_("entered"))
    token = models.UUIDField(_("form token"), editable=False)

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, default=Reason.NONE, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(_("changed"))

    payload = models.JSONField(_("what is sent"))
    typed = models.JSONField(_("what was typed"))
    name = models.CharField(_("name"), max_length=210)
    company = models.TextField(_("company"), blank=True)

    # The number of the check that a person had seen who asked for it to be sent again, 0 where there was none: it is
    # sent once a check finds nothing else. Null where nobody has asked.
    seen_check = models.PositiveIntegerField(null=True, blank=True)

    # How it was entered, in a few numbers (entry.facts); nothing of what was entered.
    facts = models.JSONField(_("how it was entered"), null=True, blank=True)

    error_field = models.TextField(_("field refused"), blank=True)
    error_message = models.TextField(_("Leonar's message"), blank=True)

    contact_id = models.UUIDField(_("Leonar id"), null=True, blank=True, db_index=True)
    contact = models.JSONField(_("contact in Leonar"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.CharField(max_length=8, choices=SettledBy, default=SettledBy.NONE, blank=True)

    # Why it was given up, in the words of whoever did.
    discard_reason = models.TextField(_("why it was discarded"), blank=True)

    # When what it held of a person was emptied; the row, its counts and its events stay.
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    # When the person was told that their data is held, as article 14 of the GDPR asks.
    told_at = models.DateTimeField(_("person told"), null=True, blank=True)

    waits_for_person = models.GeneratedField(
        expression=models.ExpressionWrapper(WAITS_FOR_PERSON, models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-created_at", "-id"]
        permissions = [
            ("enter_contacts", _("Can enter contacts")),
            ("review_all_submissions", _("Can see and settle everybody's submissions")),
            ("reopen_gate", _("Can reopen the way to Leonar")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["created_by", "token"], name="one_submission_a_form"),
            # Among those linked by a check or a person; Leonar's own answers are the truth, even where two name one.
            models.UniqueConstraint(
                fields=["workspace", "contact_id"],
                condition=Q(settled_by__in=["check", "person"]),
                name="one_submission_a_contact",
            ),
            models.CheckConstraint(
                condition=~Q(state="created") | Q(contact_id__isnull=False), name="created_means_id_known"
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=False) | ~Q(state__in=["queued", "sending"]), name="queued_means_due"
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(state__in=["queued", "sending", "unconfirmed"]),
                name="done_means_not_due",
            ),
        ]
        indexes = [
            models.Index("workspace", "due_at", name="submission_due", condition=Q(due_at__isnull=False)),
            models.Index("workspace", F("created_at").desc(), F("id").desc(), name="submission_newest"),
            models.Index(
                "workspace", "created_by", F("created_at").desc(), F("id").desc(), name="submission_own_newest"
            ),
            models.Index("workspace", "state", F("created_at").desc(), F("id").desc(), name="submission_state_newest"),
            models.Index(
                "workspace",
                "created_by",
                F("created_at").desc(),
                name="submission_waits_for_person",
                condition=Q(waits_for_person=True),
            ),
            models.Index(
                "workspace", "state", "created_by", name="submission_unfinished", condition=Q(due_at__isnull=False)
            ),
            # For what is old enough to be erased, and for who has to be told: the oldest first.
            # SQLite sees no index behind a condition with several values; few of the old ones are unfinished.
            models.Index("changed_at", name="submission_not_erased", condition=Q(erased_at__isnull=True)),
            # The state is in the columns as well: by them SQLite chooses, rather than by the condition.
            models.Index(
                "workspace",
                "state",
                "created_at",
                name="submission_to_tell",
                condition=Q(state="created", told_at__isnull=True, erased_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        """The page that shows the outcome now and the record for ever after."""
        return reverse("submission", args=[self.id])

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **_: Any) -> Self:
        """One that was read, with the columns that were read; any other is read when it is asked for."""
        # Django's own sets each column by itself and tells signals that nobody listens to, which takes several times as
        # long; lists and exports are made of these.
        submission = cls.__new__(cls)
        submission._state = ModelState()
        submission._state.adding, submission._state.db = False, db
        submission.__dict__.update(zip(field_names, values, strict=True))
        return submission

    @property
    def shown_name(self) -> str:
        """The name of the person, or that it is no longer kept."""
        return self.name or str(_("Erased"))

    @staticmethod
    def visible_among(rows: Iterable["Submission"], viewer: Any) -> list["Submission"]:
        """Those that `viewer` may see: what the set `visible_to` says, of some that are read already."""
        here, sees_all = settings.LEONAR_WORKSPACE, viewer.has_perm("contacts.review_all_submissions")
        return [row for row in rows if row.workspace_id == here and (sees_all or row.created_by_id == viewer.pk)]

    @property
    def needs_person(self) -> bool:
        """Whether nothing more happens unless a person acts."""
        return self.due_at is None and self.state in WAITING_STATES

    @property
    def may_be_corrected(self) -> bool:
        """Whether its content may be changed and sent as the same submission: Leonar has refused it."""
        return self.state == self.State.REJECTED

    @property
    def may_be_discarded(self) -> bool:
        """Whether a person may give it up. Not while it is on its way, and not once it exists in Leonar."""
        return self.state in (self.State.QUEUED, self.State.REJECTED, self.State.UNCONFIRMED)

    @property
    def may_be_decided(self) -> bool:
        """Whether a person may say what became of it: the portal can't, or not without a person."""
        return self.state == self.State.UNCONFIRMED and self.due_at is None
