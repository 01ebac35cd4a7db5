"""Ways over the network that may not be without TLS."""

from ipaddress import ip_address

import environ
from django.core.exceptions import ImproperlyConfigured

# What libpq takes for a connection that is never without TLS, and never to somebody else.
ENCRYPTED = ("verify-ca", "verify-full")


def refuse_unencrypted_database(database: dict, *, without_tls: list[str]) -> None:
    """Raises ImproperlyConfigured where contacts would travel unencrypted to another machine, or might."""
    options = database.get("OPTIONS") or {}
    host = options.get("host") or database.get("HOST") or ""
    if (
        "postgresql" not in database["ENGINE"]
        or options.get("sslmode") in ENCRYPTED
        or _needs_no_tls(host, without_tls)
    ):
        return
    raise ImproperlyConfigured(
        f"DATABASE_URL must end with ?sslmode=verify-full, or verify-ca, where there is a LEONAR_API_KEY: contacts "
        f"could be read on the way to {host}, or by another machine in its place. If the way is your own, name "
        "that host in WITHOUT_TLS."
    )


def refuse_unencrypted_mail(env: environ.Env, *, without_tls: list[str]) -> None:
    """Raises ImproperlyConfigured where a password and links to sign in would travel unencrypted to another machine."""
    mail = env.email("EMAIL_URL")
    host, is_encrypted = mail["EMAIL_HOST"] or "", mail.get("EMAIL_USE_TLS") or mail.get("EMAIL_USE_SSL")
    if "smtp" not in mail["EMAIL_BACKEND"] or is_encrypted or _needs_no_tls(host, without_tls):
        return
    raise ImproperlyConfigured(
        "EMAIL_URL must begin with smtp+tls:// or smtp+ssl:// where there is a LEONAR_API_KEY: links to sign in could "
        f"be read on the way to {host}. If the way is your own, name that host in WITHOUT_TLS."
    )


def is_this_machine(host: str) -> bool:
    """Whether nothing that is sent to `host` leaves this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _needs_no_tls(host: str, without_tls: list[str]) -> bool:
    """Whether nothing leaves this machine, a socket in a folder included, or somebody has said that it may."""
    return not host or host.startswith("/") or is_this_machine(host) or host in without_tls
