"""System checks: settings that are well-formed each by itself, and yet can't work."""

from collections.abc import Sequence
from pathlib import Path

import phonenumbers
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register
def phone_region(app_configs: Sequence[AppConfig] | None = None, **kwargs: object) -> list[CheckMessage]:
    """E001: numbers typed without a prefix belong to a country that exists."""
    if settings.DEFAULT_PHONE_REGION in phonenumbers.SUPPORTED_REGIONS:
        return []
    return [
        Error(
            f"DEFAULT_PHONE_REGION is {settings.DEFAULT_PHONE_REGION}, which is no country that has phone numbers.",
            hint="Use the two letters of a country, such as FR, GB or US.",
            id="contacts.E001",
        )
    ]


@register
def timeouts(app_configs: Sequence[AppConfig] | None = None, **kwargs: object) -> list[CheckMessage]:
    """E002: no single wait is longer than the whole call may last."""
    names = ("LEONAR_CONNECT_TIMEOUT", "LEONAR_READ_TIMEOUT")
    return [
        Error(
            f"{name} is longer than LEONAR_DEADLINE, which is how long a whole call may last.",
            hint=f"Lower {name}, or raise LEONAR_DEADLINE.",
            id="contacts.E002",
        )
        for name in names
        if getattr(settings, name) > settings.LEONAR_DEADLINE
    ]


@register
def ca_bundle(app_configs: Sequence[AppConfig] | None = None, **kwargs: object) -> list[CheckMessage]:
    """E003: the certificates to trust can be read."""
    if not settings.LEONAR_CA_BUNDLE or Path(settings.LEONAR_CA_BUNDLE).exists():
        return []
    return [
        Error(
            "LEONAR_CA_BUNDLE names a file that is not there.",
            hint="Give the full path of a file of PEM certificates, or remove the setting to trust the usual ones.",
            id="contacts.E003",
        )
    ]


@register(Tags.security, deploy=True)
def host_names(app_configs: Sequence[AppConfig] | None = None, **kwargs: object) -> list[CheckMessage]:
    """W001: nobody else says what the portal is called, which stands in invitations and is what passkeys belong to."""
    if not any(host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS):
        return []
    return [
        Warning(
            "ALLOWED_HOSTS takes names that are not the portal's own.",
            hint="Name its hosts one by one: links that set a password are made with the name that a request gives.",
            id="contacts.W001",
        )
    ]
