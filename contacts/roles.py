"""The two roles, which are groups: recruiters enter contacts, admins see and settle everybody's."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

RECRUITER = "recruiter"
ADMIN = "admin"
ROLES = (RECRUITER, ADMIN)


def is_admin(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether `user` sees and settles everybody's submissions; asked of the database once a request."""
    known = getattr(user, "_is_portal_admin", None)
    if known is None:
        known = _looks_like_admin(user)
        user._is_portal_admin = known  # type: ignore[union-attr]
    return known


def _looks_like_admin(user: AbstractBaseUser | AnonymousUser) -> bool:
    if isinstance(user, AnonymousUser) or not user.is_active:
        return False
    return user.is_superuser or user.groups.filter(name=ADMIN).exists()  # type: ignore[attr-defined]
