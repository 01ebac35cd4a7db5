"""What was typed and not yet submitted."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from contacts.models.submission import Submission
from contacts.models.workspace import Workspace


class Draft(models.Model):
    """A form as one person left it: a new entry, or the correction of `submission`. Nobody else ever sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts")
    # The form's own token comes back with it, so that a press after signing in again can't make a second contact.
    token = models.UUIDField(editable=False)
    typed = models.JSONField(_("what was typed"))
    # The button was pressed and the form could not be taken. Such a form comes back by itself, others when asked for.
    was_pressed = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("begun"))
    updated_at = models.DateTimeField(_("last changed"))

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-updated_at"]
        constraints = [models.UniqueConstraint(fields=["owner", "token"], name="one_draft_a_form")]
        indexes = [models.Index(fields=["owner", "-updated_at"], name="draft_own_newest")]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        """The page that shows the form again: the entry page, or that of the submission it corrects."""
        page = reverse("submission", args=[self.submission_id]) if self.submission_id else reverse("entry")
        return f"{page}?{urlencode({'draft': str(self.id)})}"
