"""What says which Leonar the portal talks to, and what may be done there."""

import re
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from leonar_portal.environment.encryption import is_this_machine
from leonar_portal.environment.variables import read_switch

KEY_SHAPE = re.compile(r"leo_[A-Za-z0-9._~-]{4,}")

SANDBOX_WORKSPACE = "sandbox"
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
    if parts.scheme == "http" and not sandbox and not is_this_machine(parts.hostname):
        raise ImproperlyConfigured(
            "LEONAR_API_URL must begin with https:// where there is a LEONAR_API_KEY: over plain http the key and "
            "every contact could be read on the way. Only addresses of this machine, such as 127.0.0.1, may do without."
        )
    return url.rstrip("/")


def read_debug(env: environ.Env, *, sandbox: bool) -> bool:
    """DEBUG. Raises ImproperlyConfigured where it would show real contacts and settings on error pages."""
    debug = read_switch(env, "DEBUG")
    if debug and not sandbox:
        raise ImproperlyConfigured(
            "DEBUG must be off where there is a LEONAR_API_KEY: its error pages show contacts and settings."
        )
    return debug
