"""Who may sign in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.models import User


def may_sign_in(user: Any) -> bool:
    """Whether the account is active, and no demo account on a portal with real contacts."""
    return user.is_active and (settings.SANDBOX or not user.is_demo)


class AccountBackend(ModelBackend):
    """Django's own, less the demo accounts where there is a real key; sessions begun before end as well."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # type: ignore[override]
        """Whose name and password these are; nobody's where people sign in through their company alone."""
        return super().authenticate(request, **credentials) if settings.LOCAL_PASSWORDS else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether they may sign in at all."""
        return may_sign_in(user)
