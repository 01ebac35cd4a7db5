"""The app's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    """Entering, delivering and reviewing contacts."""

    name = "contacts"
    verbose_name = _("Contacts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers the system checks, and what happens when somebody signs in."""
        from django.contrib.auth.signals import user_logged_in

        from contacts import checks  # noqa: F401  (imported for its registrations, which need the app registry)
        from contacts.history import remembered

        user_logged_in.connect(remembered.recall)
