"""The environment's variables, and the kinds of value that several of them have."""

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


def read_port(env: environ.Env, name: str, *, default: int) -> int:
    """A port that a server can be told to listen on."""
    value = env.str(name, default="").strip() or str(default)
    if not (value.isascii() and value.isdecimal()) or not 1 <= int(value) <= 65535:
        raise ImproperlyConfigured(f"{name} must be a number from 1 to 65535, such as {default}.")
    return int(value)


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
