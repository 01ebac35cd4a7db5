"""The app's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People: accounts, roles, sign-in."""

    name = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begins the log of sign-ins."""
        from accounts import sign_ins  # needs the app registry, as do the models it imports

        sign_ins.connect()
