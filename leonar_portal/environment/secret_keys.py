"""Django's secrets: refused where they can be guessed, made where the sandbox needs none that lasts."""

import contextlib
import os
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from leonar_portal.environment.files import own_folder

# What Django's own deployment check asks of a secret.
SECRET_LEAST, SECRET_LEAST_DIFFERENT = 50, 5


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
