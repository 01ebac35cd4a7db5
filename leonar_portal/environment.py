"""Readers for settings that need more than a type: each refuses a wrong value and says how to fix it."""

import contextlib
import os
import re
import secrets
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping


class _Files(FileAwareMapping):
    """The environment, in which NAME_FILE may name a file with NAME's value: so a vault hands over what is secret."""

    def __getitem__(self, name: str) -> str:
        try:
            value = super().__getitem__(name)
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names a file that can't be read.") from error
        return value.rstrip("\r\n") if f"{name}_FILE" in self.env else value


class Environment(environ.FileAwareEnv):
    """What settings are read from."""

    ENVIRON = _Files()


KEY_SHAPE = re.compile(r"leo_[A-Za-z0-9._~-]{4,}")

SANDBOX_WORKSPACE = "sandbox"
# What Django's own deployment check asks of a secret.
SECRET_LEAST, SECRET_LEAST_DIFFERENT = 50, 5

WORKSPACE_SHAPE = re.compile(r"[A-Za-z0-9._-]{1,64}")


def read_api_key(env: environ.Env) -> str | None:
    """The `leo_` key, or None where there is none and the sandbox is meant. Never shows the value it refuses."""
    key = env.str("LEONAR_API_KEY", default="").strip()
    if not key:
        return None
    if not KEY_SHAPE.fullmatch(key):
        raise ImproperlyConfigured(
            "LEONAR_API_KEY does not look like a Leonar key: keys start with leo_ and hold no spaces or quotes. "
            "Copy the whole key again, or remove the setting to use the sandbox."
        )
    return key


def read_workspace(env: environ.Env, *, sandbox: bool) -> str:
    """The name of the Leonar account behind the key; the sandbox's own where there is none."""
    if sandbox:
        return SANDBOX_WORKSPACE
    name = env.str("LEONAR_WORKSPACE", default="leonar").strip()
    if not WORKSPACE_SHAPE.fullmatch(name) or name == SANDBOX_WORKSPACE:
        raise ImproperlyConfigured(
            "LEONAR_WORKSPACE must be a short name for the Leonar account, of letters, digits, dots and "
            f"dashes, and not “{SANDBOX_WORKSPACE}”, which is the stand-in's."
        )
    return name


def read_api_url(env: environ.Env, *, default: str, sandbox: bool) -> str:
    """The base URL of the API without a trailing slash.

    Raises ImproperlyConfigured where a real key would travel unencrypted to another machine.
    """
    url = env.str("LEONAR_API_URL", default="").strip() or default
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ImproperlyConfigured(
            "LEONAR_API_URL must be a plain http or https address such as https://app.leonar.app/api/v1."
        )
    if parts.scheme == "http" and not sandbox and not _is_this_machine(parts.hostname):
        raise ImproperlyConfigured(
            "LEONAR_API_URL must begin with https:// where there is a LEONAR_API_KEY: over plain http the key and "
            "every contact could be read on the way. Only addresses of this machine, such as 127.0.0.1, may do without."
        )
    return url.rstrip("/")


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
    if parts.scheme == "http" and not _is_this_machine(parts.hostname or ""):
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


def read_debug(env: environ.Env, *, sandbox: bool) -> bool:
    """DEBUG. Raises ImproperlyConfigured where it would show real contacts and settings on error pages."""
    debug = read_switch(env, "DEBUG")
    if debug and not sandbox:
        raise ImproperlyConfigured(
            "DEBUG must be off where there is a LEONAR_API_KEY: its error pages show contacts and settings."
        )
    return debug


def read_seconds(env: environ.Env, name: str, *, default: float) -> float:
    """A positive number of seconds."""
    try:
        seconds = env.float(name, default=default)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a number of seconds, such as {default:g}.") from error
    if not 0 < seconds < 3600:
        raise ImproperlyConfigured(f"{name} must be more than 0 and less than 3600 seconds.")
    return seconds


def read_whole_number(env: environ.Env, name: str, *, default: int, minimum: int) -> int:
    """An integer of at least `minimum`."""
    try:
        number = env.int(name, default=default)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, such as {default}.") from error
    if number < minimum:
        raise ImproperlyConfigured(f"{name} must be {minimum} or more.")
    return number


def read_switch(env: environ.Env, name: str) -> bool:
    """On or off; off where it is absent. A misspelt "true" is refused instead of taken for off."""
    value = env.str(name, default="").strip().lower()
    if value in ("true", "yes", "on", "1"):
        return True
    if value in ("", "false", "no", "off", "0"):
        return False
    raise ImproperlyConfigured(f"{name} must be true or false.")


def read_choice(env: environ.Env, name: str, *, choices: tuple[str, ...]) -> str:
    """One of the choices; the first where it is absent."""
    value = env.str(name, default="").strip().lower() or choices[0]
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}.")
    return value


def read_time_zone(env: environ.Env, *, default: str) -> str:
    """A name of the time zone database."""
    name = env.str("TIME_ZONE", default=default)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImproperlyConfigured(f"TIME_ZONE must be the name of a time zone, such as {default}.") from error
    return name


def read_secret_key(env: environ.Env, *, var: Path, required: bool) -> str:
    """SECRET_KEY; where the sandbox is used it may be absent, and one is made once and kept in `var`.

    Raises ImproperlyConfigured where it is `required` and absent, because several machines must share one, or so weak
    that sessions could be forged.
    """
    key = env.str("SECRET_KEY", default="")
    if not required:
        return key or _kept_secret_key(var / "secret_key")
    if not key:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. With a Leonar key the portal needs its own secret: any 50 random characters, "
            "the same on every machine."
        )
    _refuse_guessable("SECRET_KEY", key)
    return key


def read_earlier_secret_keys(env: environ.Env, *, required: bool) -> list[str]:
    """SECRET_KEY_FALLBACKS. Raises ImproperlyConfigured where there is a real key and one of them can be guessed."""
    keys = env.list("SECRET_KEY_FALLBACKS", default=[])
    for key in keys if required else ():
        _refuse_guessable("SECRET_KEY_FALLBACKS", key)
    return keys


def _refuse_guessable(name: str, key: str) -> None:
    if len(key) < SECRET_LEAST or len(set(key)) < SECRET_LEAST_DIFFERENT or key.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            f"{name} can be guessed. With a Leonar key it must be {SECRET_LEAST} random characters or more, such "
            "as those that `openssl rand -base64 48` prints."
        )


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


def _needs_no_tls(host: str, without_tls: list[str]) -> bool:
    """Whether nothing leaves this machine, a socket in a folder included, or somebody has said that it may."""
    return not host or host.startswith("/") or _is_this_machine(host) or host in without_tls


def own_folder(folder: Path) -> Path:
    """Makes `folder` where it is missing, for its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def own_file(file: Path) -> Path:
    """Makes `file` where it is missing, and closes it to everybody but its owner.

    SQLite gives its journal the same permissions. A folder that is not there is told of when the file is opened.
    """
    if file.parent.is_dir():
        file.touch(mode=0o600)
        if file.stat().st_uid == os.getuid():
            file.chmod(0o600)
    return file


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _kept_secret_key(path: Path) -> str:
    if not path.exists():
        own_folder(path.parent)
        own = path.with_name(f"{path.name}.{os.getpid()}")
        own.touch(mode=0o600)
        own.write_text(secrets.token_urlsafe(64), encoding="ascii")
        # Processes that start together agree: only the first link succeeds, and nobody reads half a key.
        with contextlib.suppress(FileExistsError):
            os.link(own, path)
        own.unlink()
    return path.read_text(encoding="ascii")
