"""What admins were last written to about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.workspace import Workspace


class Digest(models.Model):
    """The last mail to admins: when it went out and what it said, so that the next says something new or comes later.

    One row a workspace. `tried_at` keeps two deliverers from writing the same mail.
    """

    workspace = models.OneToOneField(Workspace, on_delete=models.PROTECT, primary_key=True)
    said = models.JSONField(_("what it said"), default=dict)
    sent_at = models.DateTimeField(_("sent"), null=True)
    tried_at = models.DateTimeField(_("tried"), null=True)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")

    def __str__(self) -> str:
        return f"digest of {self.pk}"
