"""Who may sign in."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class AccountBackend(ModelBackend):
    """Django's own, less the demo accounts where there is a real key; sessions begun before end as well."""

    def user_can_authenticate(self, user) -> bool:
        """Whether the account is active, and no demo account on a portal with real contacts."""
        return super().user_can_authenticate(user) and (settings.SANDBOX or not user.is_demo)
