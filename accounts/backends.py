"""Who may sign in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db import connection
from django.http import HttpRequest

from accounts.models import User
from contacts.models.asked import rows_where

_HELD = """
SELECT app_label, codename
FROM auth_permission JOIN django_content_type ON django_content_type.id = content_type_id
WHERE auth_permission.id IN (
    SELECT permission_id FROM accounts_user_user_permissions WHERE user_id = %s
    UNION ALL
    SELECT permission_id FROM auth_group_permissions JOIN accounts_user_groups USING (group_id) WHERE user_id = %s
)
"""


def may_sign_in(user: Any) -> bool:
    """Whether the account is active, and no demo account on a portal with real contacts."""
    return user.is_active and (settings.SANDBOX or not user.is_demo)


class AccountBackend(ModelBackend):
    """Django's own, less the demo accounts where there is a real key; sessions begun before end as well."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # type: ignore[override]
        """Whose name and password these are; nobody's where people sign in through their company alone."""
        return super().authenticate(request, **credentials) if settings.LOCAL_PASSWORDS else None

    def get_user(self, user_id: int) -> User | None:
        """Whose session it is, if they may sign in at all."""
        found = next(rows_where(User, id=user_id), None)
        return found if found is not None and self.user_can_authenticate(found) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """What the account and its groups may, as "app.codename".

        Each page asks: Django makes two queries of it and writes both anew, which takes a tenth of a page.
        """
        if not user_obj.is_active or user_obj.is_anonymous or user_obj.is_superuser or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            with connection.cursor() as cursor:
                cursor.execute(_HELD, [user_obj.pk, user_obj.pk])
                user_obj._perm_cache = {f"{app}.{codename}" for app, codename in cursor.fetchall()}
        return user_obj._perm_cache

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether they may sign in at all."""
        return may_sign_in(user)
