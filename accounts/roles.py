"""The two roles: groups whose permissions say what members may do. Pages ask for a permission, never for a role."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

RECRUITER = "recruiter"
ADMIN = "admin"

# The permissions of each role, as "app.codename".
PERMISSIONS = {
    RECRUITER: ("contacts.enter_contacts",),
    ADMIN: (
        "contacts.enter_contacts",
        "contacts.review_all_submissions",
        "contacts.reopen_gate",
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
    ),
}
ROLES = tuple(PERMISSIONS)
# How they are offered.
CHOICES = [(RECRUITER, _("Recruiter")), (ADMIN, _("Admin"))]
HELP = _("Recruiters see their own entries, admins all.")
# What tells an admin, wherever that is asked of more than one page.
MANAGES_ACCOUNTS = "accounts.change_user"


def group_of(role: str) -> Group:
    """The group of `role` with exactly its permissions; made where it is missing."""
    group, is_new = Group.objects.get_or_create(name=role)
    if is_new:
        group.permissions.set(_permissions(PERMISSIONS[role]))
    return group


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    wanted = Q()
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.filter(wanted))
