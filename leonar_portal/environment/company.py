"""The company's own sign-in, by OpenID Connect."""

from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from leonar_portal.environment.encryption import is_this_machine
from leonar_portal.environment.variables import read_switch


def read_issuer(env: environ.Env) -> str:
    """The address of the company's OpenID Connect provider without a trailing slash; empty where there is none.

    Raises ImproperlyConfigured where names and secrets would travel unencrypted to another machine.
    """
    url = env.str("OIDC_ISSUER", default="").strip()
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.username):
        raise ImproperlyConfigured(
            "OIDC_ISSUER must be an https address such as https://login.example.com/realms/main."
        )
    if parts.scheme == "http" and not is_this_machine(parts.hostname or ""):
        raise ImproperlyConfigured(
            "OIDC_ISSUER must begin with https://; only addresses of this machine may do without."
        )
    return url.rstrip("/")


def read_oidc_apps(env: environ.Env, *, issuer: str, name: str) -> list[dict]:
    """What allauth is told of the provider; nothing where there is none."""
    client, secret = env.str("OIDC_CLIENT_ID", default=""), env.str("OIDC_CLIENT_SECRET", default="")
    if not issuer:
        return []
    if not client or not secret:
        raise ImproperlyConfigured(
            "With OIDC_ISSUER the provider's OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are needed too."
        )
    settings = {"server_url": issuer}
    return [{"provider_id": "company", "name": name, "client_id": client, "secret": secret, "settings": settings}]


def read_roles_of_groups(env: environ.Env, *, roles: tuple[str, ...]) -> dict[str, str]:
    """Which role each of the provider's groups gives: `OIDC_ROLES="sales=recruiter, it staff=admin"`."""
    given = {}
    for pair in filter(None, (one.strip() for one in env.str("OIDC_ROLES", default="").split(","))):
        group, _, role = pair.rpartition("=")
        if not group or role.strip() not in roles:
            raise ImproperlyConfigured(
                f"OIDC_ROLES must be pairs such as sales=recruiter; roles are {', '.join(roles)}."
            )
        given[group.strip()] = role.strip()
    return given


def read_local_passwords(env: environ.Env, *, issuer: str) -> bool:
    """Whether the portal keeps passwords of its own; on where that is not said."""
    if env.str("LOCAL_PASSWORDS", default="") == "" or read_switch(env, "LOCAL_PASSWORDS"):
        return True
    if not issuer:
        raise ImproperlyConfigured("LOCAL_PASSWORDS can be off only with an OIDC_ISSUER: nobody could sign in.")
    return False
