"""Accounts and their roles: made and changed alike by the command line, `make run` and Django admin."""

from django.contrib.auth.models import Group
from django.db import transaction

from accounts import roles
from accounts.models import User


def save_account(*, name: str, role: str, password: str, is_demo: bool = False) -> bool:
    """Makes the account `name`, or brings it up to date: active, this role and no other, this password.

    True if it is new. The password's strength is the caller's to judge. A password that is right already is left alone,
    because setting it anew would sign its owner out.
    """
    with transaction.atomic():
        user, is_new = User.objects.select_for_update().get_or_create(username=name)
        if is_new or not user.check_password(password):
            user.set_password(password)
        user.is_active, user.is_demo = True, is_demo
        user.save()
        give_role(user, role)
    return is_new


def give_role(user: User, role: str | None) -> None:
    """Gives a stored account this role and takes any other; None takes both. Only admins get into Django admin."""
    user.groups.remove(*Group.objects.filter(name__in=roles.ROLES))
    if role is not None:
        user.groups.add(roles.group_of(role))
    user.is_staff = user.is_superuser or role == roles.ADMIN
    user.save(update_fields=["is_staff"])


def role_of(user: User) -> str | None:
    """The account's role; None where it has none."""
    return user.groups.filter(name__in=roles.ROLES).values_list("name", flat=True).first()
