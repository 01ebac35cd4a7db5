"""Which settings changed since the portal was last started: on record by name, because nobody changes them in it."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from contacts.models import Event, SettingsSeen

log = logging.getLogger(__name__)

# By the names in the environment. Of these the values can't be guessed from what is kept of them.
SECRETS = {
    "SECRET_KEY": "SECRET_KEY",
    "LEONAR_API_KEY": "LEONAR_API_KEY",
    "OIDC_CLIENT_ID, OIDC_CLIENT_SECRET": "SOCIALACCOUNT_PROVIDERS",
    "DATABASE_URL": "DATABASES",
    "EMAIL_URL": "EMAIL_HOST",
    "DIGEST_RECIPIENTS": "DIGEST_RECIPIENTS",
}
OTHERS = {
    "DEBUG": "DEBUG",
    "PLAIN_HTTP": "PLAIN_HTTP",
    "ALLOWED_HOSTS": "ALLOWED_HOSTS",
    "TRUSTED_PROXIES": "TRUSTED_PROXIES",
    "LEONAR_API_URL": "LEONAR_API_URL",
    "LEONAR_CA_BUNDLE": "LEONAR_CA_BUNDLE",
    "LEONAR_WORKSPACE": "LEONAR_WORKSPACE",
    "RETENTION_DAYS": "RETENTION_DAYS",
    "SESSION_IDLE_HOURS": "SESSION_IDLE_SECONDS",
    "SESSION_DAYS": "SESSION_COOKIE_AGE",
    "INVITATION_HOURS": "PASSWORD_RESET_TIMEOUT",
    "SECOND_FACTOR_FOR_ADMINS": "SECOND_FACTOR_FOR_ADMINS",
    "SECOND_FACTOR_FOR_ALL": "SECOND_FACTOR_FOR_ALL",
    "OIDC_ACR": "OIDC_ACR",
    "WITHOUT_TLS": "WITHOUT_TLS",
    "LOCAL_PASSWORDS": "LOCAL_PASSWORDS",
    "OIDC_ISSUER": "OIDC_ISSUER",
    "OIDC_ROLES": "OIDC_ROLES",
    "OIDC_GROUPS_CLAIM": "OIDC_GROUPS_CLAIM",
    "LOG_FORMAT": "LOG_FORMAT",
}

# What DATABASE_URL and EMAIL_URL come apart into.
DATABASE = ("ENGINE", "NAME", "HOST", "PORT", "USER", "PASSWORD")
MAIL = (
    *("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"),
    *("EMAIL_USE_TLS", "EMAIL_USE_SSL"),
)


def note_changes() -> None:
    """Compares with the last start, and puts the names of what changed on record; the first start has nothing to say.

    A database that can't be asked keeps nobody from starting.
    """
    now = _digests()
    try:
        # Most starts change nothing, and write nothing.
        if SettingsSeen.objects.filter(digests=now).exists():
            return
        with transaction.atomic():
            _note(now)
    except (DatabaseError, InterfaceError) as error:
        log.warning("settings not compared: %s", type(error).__name__)
    finally:
        connection.close()


def _note(now: dict[str, str]) -> None:
    seen, is_new = SettingsSeen.objects.select_for_update().get_or_create(pk=1, defaults={"digests": now})
    changed = _changed(seen.digests, now)
    # Of processes that start together the first has said it.
    if is_new or seen.digests == now:
        return
    seen.digests = now
    seen.save()
    if changed:
        Event.objects.create(at=timezone.now(), kind=Event.Kind.SETTINGS_CHANGED, details={"names": changed})


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What differs. With another SECRET_KEY the digests of all secrets do, and nothing can be said of the others."""
    names = [name for name in now if name in before and before[name] != now[name]]
    return [name for name in names if name not in SECRETS or name == "SECRET_KEY" or "SECRET_KEY" not in names]


def _digests() -> dict[str, str]:
    kept = {name: _digest(name, attribute, settings.SECRET_KEY) for name, attribute in SECRETS.items()}
    return kept | {name: _digest(name, attribute, "") for name, attribute in OTHERS.items()}


def _digest(name: str, attribute: str, secret: str) -> str:
    value = json.dumps(_value(attribute), sort_keys=True, default=str)
    return salted_hmac(f"contacts.settings.{name}", value, secret=secret or "-", algorithm="sha256").hexdigest()


def _value(attribute: str) -> Any:
    if attribute == "DATABASES":
        return {key: settings.DATABASES["default"].get(key) for key in DATABASE}
    if attribute == "EMAIL_HOST":
        return [getattr(settings, name, None) for name in MAIL]
    return getattr(settings, attribute, None)
