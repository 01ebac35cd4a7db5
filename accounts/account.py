"""Accounts and their roles: made and changed alike by the command line, `make run` and Django admin."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from accounts import factors, roles, sessions, sign_ins, throttle
from accounts.models import User
from contacts.models.event import Event


def save_account(*, name: str, role: str, password: str, is_demo: bool = False) -> bool:
    """Makes the account `name`, or brings it up to date: active, this role and no other, this password, no lock.

    True if it is new. The password's strength is the caller's to judge. A password that is right already is left alone,
    because setting it anew would sign its owner out. Second factors stay: `rescue` takes them away.
    """
    # Before the transaction: it takes so long on a busy machine that PostgreSQL would end one that waits for it.
    hashed = _hash_of(name, password)
    with transaction.atomic():
        user, is_new = User.objects.select_for_update().get_or_create(username=name)
        is_another = user.password != hashed
        user.password, user.is_active, user.is_demo = hashed, True, is_demo
        user.save()
        if is_another:
            sign_ins.record(Event.Kind.PASSWORD_CHANGED, None, account=user)
        give_role(user, role)
        throttle.forget(user)
    return is_new


def _hash_of(name: str, password: str) -> str:
    """What the account holds already where the password is right, else what it is to hold."""
    known = User.objects.filter(username=name).first()
    return known.password if known is not None and known.check_password(password) else make_password(password)


def give_role(user: User, role: str | None, *, by=None) -> None:
    """Gives a stored account this role and takes any other; None takes both. Only admins get into Django admin.

    A change is on record, with who made it: `by`, or nobody where it was the command line.
    """
    with transaction.atomic():
        before = role_of(user)
        if role != before:
            if before is not None:
                user.groups.remove(*Group.objects.filter(name__in=roles.ROLES))
            if role is not None:
                user.groups.add(roles.group_of(role))
            sign_ins.record(Event.Kind.ROLE_CHANGED, None, account=user, by=by, **{"from": before, "to": role})
        user.is_staff = user.is_superuser or role == roles.ADMIN
        user.save(update_fields=["is_staff"])


def role_of(user: User) -> str | None:
    """The account's role; None where it has none."""
    return user.groups.filter(name__in=roles.ROLES).values_list("name", flat=True).first()


def rescue(user: User, *, by=None) -> int:
    """Takes away second factors that were lost, and with them all sessions. Returns how many factors there were."""
    with transaction.atomic():
        removed = factors.remove_all(user)
        if removed:
            sessions.end(user)
            sign_ins.record(Event.Kind.FACTOR_REMOVED, None, account=user, by=by, factor="all")
    return removed
