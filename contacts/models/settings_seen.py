"""The settings that the portal was last started with, as far as they matter for its safety."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SettingsSeen(models.Model):
    """One row: a digest of each value by the setting's name. Two digests that are alike say nothing but that."""

    digests = models.JSONField(_("digests"), default=dict)

    class Meta:
        verbose_name = verbose_name_plural = _("settings seen")

    def __str__(self) -> str:
        return ", ".join(self.digests)
