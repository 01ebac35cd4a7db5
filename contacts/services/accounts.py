"""Accounts and their roles: made and changed alike by the command line, `make run` and Django admin."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db import transaction

from contacts import roles


def save_account(*, name: str, role: str, password: str) -> bool:
    """Makes the account `name`, or brings it up to date: active, this role and no other, this password.

    True if it is new. The password's strength is the caller's to judge. A password that is right already is left alone,
    because setting it anew would sign its owner out.
    """
    with transaction.atomic():
        user, is_new = get_user_model().objects.select_for_update().get_or_create(username=name)
        if is_new or not user.check_password(password):
            user.set_password(password)
        user.is_active = True
        user.save()
        give_role(user, role)
    return is_new


def give_role(user: User, role: str) -> None:
    """Gives a stored account this role and takes the other."""
    user.groups.remove(*Group.objects.filter(name__in=roles.ROLES).exclude(name=role))
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    follow_role(user)


def follow_role(user: User) -> None:
    """Lets into Django admin whoever may see everybody's submissions, and nobody else."""
    user.is_staff = user.is_superuser or user.groups.filter(name=roles.ADMIN).exists()
    user.save(update_fields=["is_staff"])
