"""People who sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account. Its role is a group (accounts.roles); it is switched off instead of deleted: events name it."""

    # Made by `make run` with a password that is printed: such an account never gets in where real contacts are.
    is_demo = models.BooleanField(_("demo account"), default=False, editable=False)
