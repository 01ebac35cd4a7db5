"""The Leonar account that submissions are meant for."""

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from contacts.models.asked import rows_where


class Workspace(models.Model):
    """One Leonar account, by the name that LEONAR_WORKSPACE gives it; the sandbox is one of its own.

    What waits in one workspace is never sent to another: a new key for the same account goes on with its queue, a key
    for another account never sees it.
    """

    name = models.CharField(_("name"), max_length=64, primary_key=True)

    class Meta:
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")

    def __str__(self) -> str:
        return self.name


def current_workspace() -> Workspace:
    """The workspace of the configured key, or the sandbox's where there is none."""
    name = settings.LEONAR_WORKSPACE
    return next(rows_where(Workspace, name=name), None) or Workspace.objects.get_or_create(name=name)[0]


def other_workspaces() -> list[str]:
    """The names of all but the configured one."""
    # In SQL, as each page of an admin asks it: having it composed anew would cost more than asking it.
    others = "SELECT name FROM contacts_workspace WHERE name <> %s ORDER BY name"
    with connection.cursor() as cursor:
        cursor.execute(others, [settings.LEONAR_WORKSPACE])
        return [name for (name,) in cursor.fetchall()]
