"""Files of submissions that people are being given, or were given lately."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from contacts.models.workspace import Workspace

# One that has not been heard of for so long is over: its process was killed, or its reader has gone to sleep.
SILENCE = timedelta(minutes=2)


class Export(models.Model):
    """One file: how far it is, and which columns its owner chose, who finds them chosen next time.

    That somebody exported stays in the events; this row goes a day later.
    """

    class Format(models.TextChoices):
        """What programs open it."""

        CSV = "csv", _("CSV")
        XLSX = "xlsx", _("Excel")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    format = models.CharField(_("format"), max_length=4, choices=Format)
    columns = models.JSONField(_("columns"))
    rows = models.PositiveIntegerField(_("rows"), default=0)
    seen_at = models.DateTimeField(_("last heard of"))
    is_over = models.BooleanField(_("over"), default=False)
    is_whole = models.BooleanField(_("whole"), default=False)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.format} {self.id}"
