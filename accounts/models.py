"""People who sign in, what is open for them, and which sign-ins failed."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account. Its role is a group (accounts.roles); it is switched off instead of deleted: events name it."""

    # Made by `make run` with a password that is printed: such an account never gets in where real contacts are.
    is_demo = models.BooleanField(_("demo account"), default=False, editable=False)

    @property
    def shown_name(self) -> str:
        """What others read: the full name, or else what they sign in with."""
        return self.get_full_name() or self.get_username()


class Session(AbstractBaseSession):
    """Django's session, with whose it is, so that a person's sessions can be listed and ended."""

    account = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    seen_at = models.DateTimeField(_("last seen"))

    class Meta(AbstractBaseSession.Meta):
        pass

    @classmethod
    def get_session_store_class(cls):
        """What reads and writes it."""
        # By its name: that module imports this one.
        return import_module(settings.SESSION_ENGINE).SessionStore


class FailedSignIn(models.Model):
    """A secret that was wrong: a password, or a code of a second factor. Kept for as long as it slows anybody down.

    What was typed as a name may be a password, so only a keyed digest of it is kept.
    """

    at = models.DateTimeField()
    name = models.CharField(max_length=64)
    address = models.CharField(max_length=45)
    # Which browser, where it has signed in to this account before; empty for any other.
    device = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["name", "at"], name="failed_by_name"),
            models.Index(fields=["address", "at"], name="failed_by_address"),
            models.Index(fields=["at"], name="failed_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at}"
