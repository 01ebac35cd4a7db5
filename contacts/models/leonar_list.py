"""What a workspace of Leonar's offers for entering contacts, as it last said."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.workspace import Workspace


class LeonarList(models.Model):
    """One list that is asked for now and then: the tags, the definitions of custom fields.

    Shared by every process. What was last answered is kept however long Leonar then refuses or fails; `answered_at` is
    null before the first answer, `failures` counts the asks in a row that came to nothing.
    """

    class Kind(models.TextChoices):
        """Which list it is."""

        TAGS = "tags", _("tags")
        CUSTOM_FIELDS = "custom_fields", _("custom fields")

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    items = models.JSONField(default=list)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("list of Leonar's")
        verbose_name_plural = _("lists of Leonar's")
        constraints = [models.UniqueConstraint(fields=["workspace", "kind"], name="one_list_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.workspace_id}"
