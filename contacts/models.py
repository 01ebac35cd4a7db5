"""What the portal keeps: submissions, the attempts made for them, people's acts on them, and the gate towards Leonar.

Data, choices, constraints and questions a row can answer about itself; no calls, no policy. A *submission*
is what a recruiter entered; an *attempt* is one call to Leonar for it, a send or a check.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why a submission, an attempt or the gate is where it is: a closed list. The values are those of leonar.errors."""

    NONE = "", _("none")
    UNREACHABLE = "unreachable", _("Leonar can't be reached")
    UNTRUSTED = "untrusted", _("the connection is not trusted")
    ABANDONED = "abandoned", _("stopped before anything was sent")
    RATE_LIMITED = "rate_limited", _("Leonar's hourly limit is reached")
    KEY_REFUSED = "key_refused", _("Leonar refused the portal's key")
    ADDRESS_WRONG = "address_wrong", _("Leonar's address looks wrong")
    INVALID = "invalid", _("Leonar found a mistake")
    REFUSED = "refused", _("Leonar did not accept it")
    NO_ANSWER = "no_answer", _("no answer came in time")
    CONNECTION_LOST = "connection_lost", _("the connection broke before the answer")
    SERVER_ERROR = "server_error", _("Leonar answered with an error of its own")
    ANSWER_UNREADABLE = "answer_unreadable", _("created, but the answer was unreadable")
    INTERRUPTED = "interrupted", _("the portal was interrupted while sending")
    HUNG = "hung", _("Leonar takes too long to answer")


class Submission(models.Model):
    """One contact as a recruiter entered it, and its one true outcome.

    `due_at` is when the machine acts on it next; null means that it waits for a person or is done. "Due" is one indexed
    query and the whole queue. `revision` counts the changes of state, so that two people acting at once get one result.
    """

    class State(models.TextChoices):
        """Where a submission stands."""

        QUEUED = "queued", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        CREATED = "created", _("Created in Leonar")
        REJECTED = "rejected", _("Not accepted")
        UNCONFIRMED = "unconfirmed", _("Checking with Leonar")
        DISCARDED = "discarded", _("Discarded")

    class Finding(models.TextChoices):
        """What the checks of an unconfirmed submission came to, once they are over."""

        NONE = "", _("not finished")
        NOTHING = "nothing", _("no matching contact was found")
        SEVERAL = "several", _("several contacts match")
        NOT_ALLOWED = "not_allowed", _("the key may not search contacts")
        FAILED = "failed", _("Leonar did not answer the search")

    class SettledBy(models.TextChoices):
        """How a created contact's id became known."""

        NONE = "", _("not settled")
        ANSWER = "answer", _("Leonar's answer")
        CHECK = "check", _("found by checking")
        PERSON = "person", _("picked by a person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
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
    search_text = models.TextField(editable=False)

    send_count = models.PositiveIntegerField(default=0)
    look_count = models.PositiveIntegerField(default=0)
    finding = models.CharField(_("finding"), max_length=12, choices=Finding, default=Finding.NONE, blank=True)

    error_field = models.TextField(_("field refused"), blank=True)
    error_message = models.TextField(_("Leonar's message"), blank=True)

    contact_id = models.UUIDField(_("Leonar id"), null=True, blank=True, db_index=True)
    contact = models.JSONField(_("contact in Leonar"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.CharField(max_length=8, choices=SettledBy, default=SettledBy.NONE, blank=True)

    # When admins were written to because it had been waiting for long, so that each is announced once.
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["created_by", "token"], name="one_submission_a_form"),
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
            models.Index("due_at", name="submission_due", condition=Q(due_at__isnull=False)),
            models.Index(F("created_at").desc(), F("id").desc(), name="submission_newest"),
            models.Index("created_by", F("created_at").desc(), F("id").desc(), name="submission_own_newest"),
            models.Index("state", F("created_at").desc(), F("id").desc(), name="submission_state_newest"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        """The page that shows the outcome now and the record for ever after."""
        return reverse("submission", args=[self.id])

    def change(self, columns: Mapping[str, Any]) -> None:
        """Takes over these columns, without saving."""
        for name, value in columns.items():
            setattr(self, name, value)

    @property
    def needs_person(self) -> bool:
        """Whether nothing more happens unless a person acts."""
        if self.state == self.State.REJECTED:
            return True
        return self.state == self.State.UNCONFIRMED and self.due_at is None

    @property
    def may_be_sent_again(self) -> bool:
        """Whether a person may have it sent again: the checks found nothing, and Leonar never said that it exists."""
        return (
            self.state == self.State.UNCONFIRMED
            and self.due_at is None
            and self.finding == self.Finding.NOTHING
            and self.reason != Reason.ANSWER_UNREADABLE
        )

    @property
    def may_be_corrected(self) -> bool:
        """Whether its content may be changed and sent as the same submission: Leonar has refused it."""
        return self.state == self.State.REJECTED

    @property
    def may_be_discarded(self) -> bool:
        """Whether a person may give it up. Not while it is on its way, and not once it exists in Leonar."""
        return self.state in (self.State.QUEUED, self.State.REJECTED, self.State.UNCONFIRMED)

    @property
    def may_be_matched(self) -> bool:
        """Whether a person may say which contact in Leonar it became, or have it looked for once more."""
        return self.state == self.State.UNCONFIRMED and self.due_at is None


class Attempt(models.Model):
    """One call to Leonar for a submission: written before a socket is opened, completed with what was seen."""

    class Kind(models.TextChoices):
        """What the call was for."""

        SEND = "send", _("Sent")
        CHECK = "check", _("Looked for")

    class Verdict(models.TextChoices):
        """What the attempt proved."""

        OPEN = "", _("under way")
        CREATED = "created", _("created")
        NOT_SENT = "not_sent", _("not sent")
        REFUSED = "refused", _("refused")
        UNKNOWN = "unknown", _("outcome unknown")
        FOUND = "found", _("found")
        SEVERAL = "several", _("several found")
        NOT_FOUND = "not_found", _("not found")
        FAILED = "failed", _("could not look")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attempts")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.SEND)
    number = models.PositiveIntegerField(_("number"))
    worker = models.CharField(_("made by"), max_length=80)
    started_at = models.DateTimeField(_("started"))
    lease_until = models.DateTimeField(_("lease until"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    payload = models.JSONField(_("what was sent"))

    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.OPEN, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, default=Reason.NONE, blank=True)
    http_status = models.PositiveIntegerField(_("HTTP status"), null=True, blank=True)
    content_type = models.TextField(_("content type"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    rate_limit = models.JSONField(_("rate limit"), null=True, blank=True)
    detail = models.TextField(_("detail"), blank=True)
    duration = models.FloatField(_("seconds"), null=True, blank=True)
    candidates = models.JSONField(_("candidates"), null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "kind", "number"], name="one_attempt_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.kind} {self.number}"


class Act(models.Model):
    """Something a person did to a submission or to the gate: who, what, when, and why if they said."""

    class Kind(models.TextChoices):
        """What people can do."""

        CORRECTED = "corrected", _("corrected it")
        SENT_AGAIN = "sent_again", _("had it sent again")
        LOOKED_AGAIN = "looked_again", _("had it looked for again")
        MATCHED = "matched", _("picked the contact in Leonar")
        DISCARDED = "discarded", _("discarded it")
        REOPENED = "reopened", _("reopened the way to Leonar")

    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=12, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.submission_id or ''}".strip()


class Gate(models.Model):
    """Whether calls to Leonar may be made with one key: shared by every process, one row a key.

    The key is never stored, only a fingerprint of key and address, so a changed key finds an open gate. Closed while
    `reason` is set: until `closed_until`, or, where that is null, until a person reopens it. The rate fields are the
    portal's own count of what the hourly window still allows, corrected by each answer's headers.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=20, choices=Reason, default=Reason.NONE, blank=True)
    detail = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_until = models.DateTimeField(null=True, blank=True)
    strikes = models.PositiveIntegerField(default=0)
    slow_calls = models.PositiveIntegerField(default=0)

    rate_limit = models.PositiveIntegerField(null=True, blank=True)
    rate_remaining = models.PositiveIntegerField(null=True, blank=True)
    rate_reset_at = models.DateTimeField(null=True, blank=True)

    # When admins were last written to about this closure, so that each is announced once.
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")

    def __str__(self) -> str:
        return f"gate {self.fingerprint[:8]}"

    @property
    def waits_for_person(self) -> bool:
        """Whether only a person (or another key) opens it again."""
        return bool(self.reason) and self.closed_until is None
