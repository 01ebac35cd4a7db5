"""A way of looking at the history that somebody comes back to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.workspace import Workspace

NAME_MOST = 60


class SavedView(models.Model):
    """Filters of the history under a name of its owner's choice; nobody else sees it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=NAME_MOST)
    # The address's query without the words: those may be somebody's name.
    query = models.TextField(_("filters"), blank=True)
    words = models.TextField(_("words searched for"), blank=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "workspace", "name"], name="one_view_a_name")]

    def __str__(self) -> str:
        return self.name
