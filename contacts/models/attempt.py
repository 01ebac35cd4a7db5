"""Calls to Leonar."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.reason import Reason
from contacts.models.submission import Submission


class Attempt(models.Model):
    """One call to Leonar for a submission: written before a socket is opened, completed with what was seen."""

    class Kind(models.TextChoices):
        """What the call was for."""

        SEND = "send", _("Sent")
        CHECK = "check", _("Checked")

    class Verdict(models.TextChoices):
        """What the attempt proved."""

        OPEN = "", _("under way")
        CREATED = "created", _("created")
        NOT_SENT = "not_sent", _("not sent")
        REFUSED = "refused", _("refused")
        UNKNOWN = "unknown", _("outcome unknown")
        FOUND = "found", _("found")
        ALIKE = "alike", _("something like it found")
        NOT_FOUND = "not_found", _("not found")
        FAILED = "failed", _("no answer")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attempts")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.SEND)
    number = models.PositiveIntegerField(_("number"))
    # How many are told of here: those in a row that provably sent nothing, for the same reason, share a row.
    tries = models.PositiveIntegerField(_("tries"), default=1)
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
    # What Leonar's clock read more than ours, in seconds, where its answer told.
    skew = models.FloatField(_("clock skew"), null=True, blank=True)
    # Of a check: which call of its search comes next, and what its search has found.
    position = models.PositiveIntegerField(default=0)
    candidates = models.JSONField(_("candidates"), null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "kind", "number"], name="one_attempt_a_number"),
        ]
        indexes = [
            # The few in which an erasure looks for a person.
            models.Index("id", name="attempt_with_candidates", condition=models.Q(candidates__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.kind} {self.number}"
