"""What one recruiter's entries of one day came to, in numbers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.workspace import Workspace


class DayFigures(models.Model):
    """Counted from the submissions, so that nobody counts a million of them to look at a year; outlives erasure.

    `is_open` is whether one of them may still change: then the day is counted anew now and then.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    recruiter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField(_("figures"))
    is_open = models.BooleanField(_("open"))
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("figures of a day")
        verbose_name_plural = _("figures of days")
        constraints = [
            models.UniqueConstraint(fields=["workspace", "day", "recruiter"], name="one_row_a_day_and_recruiter")
        ]
        indexes = [
            models.Index(fields=["workspace", "counted_at"], name="day_figures_open", condition=models.Q(is_open=True)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.recruiter_id}"
