"""The portal's one way to Leonar: a client made from the settings, and the fingerprint that names its gate."""

import os
import socket
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from contacts.leonar.client import LeonarClient

# What the sandbox takes for a key.
SANDBOX_KEY = "leo_sandbox"
# How long a page waits for what only helps with entering.
HELP_SECONDS = 1.0


def client() -> LeonarClient:
    """The client for the configured key, or for the sandbox where there is none."""
    return _client(
        settings.LEONAR_API_URL,
        _key(),
        settings.LEONAR_CONNECT_TIMEOUT,
        settings.LEONAR_READ_TIMEOUT,
        settings.LEONAR_DEADLINE,
        settings.LEONAR_CA_BUNDLE,
    )


def quick_client() -> LeonarClient:
    """The same, for what a person waits for and can do without."""
    most = min(HELP_SECONDS, settings.LEONAR_DEADLINE)
    return _client(settings.LEONAR_API_URL, _key(), most, most, most, settings.LEONAR_CA_BUNDLE)


def fingerprint() -> str:
    """Names the key and address in use without telling them; another key or address has another fingerprint."""
    return _fingerprint(settings.LEONAR_API_URL, _key(), settings.SECRET_KEY)


def lease_seconds() -> float:
    """How long an attempt may be under way before it counts as interrupted: room for one whole call, twice."""
    return 2 * settings.LEONAR_DEADLINE


def worker_name(role: str) -> str:
    """Who makes an attempt, for the record: role, machine and process."""
    return f"{role} {socket.gethostname()}:{os.getpid()}"[:80]


def release_database() -> None:
    """Gives the database connection back, so that none is held while a call to Leonar is under way.

    An idle SQLite connection holds nothing that anybody waits for, and opening one costs more than a query.
    """
    if connection.vendor != "sqlite" and not connection.in_atomic_block:
        connection.close()


def drop_database() -> None:
    """Closes a connection that has failed; the next query opens a new one."""
    if not connection.in_atomic_block:
        connection.close()


def _key() -> str:
    return settings.LEONAR_API_KEY or SANDBOX_KEY


@lru_cache(maxsize=4)
def _fingerprint(url: str, key: str, secret: str) -> str:
    return salted_hmac("contacts.gate", f"{url} {key}", secret=secret, algorithm="sha256").hexdigest()


@lru_cache(maxsize=4)
def _client(
    url: str, key: str, connect_timeout: float, read_timeout: float, deadline: float, ca_bundle: str
) -> LeonarClient:
    return LeonarClient(
        base_url=url,
        api_key=key,
        connect_timeout=connect_timeout,
        read_timeout=read_timeout,
        deadline=deadline,
        ca_bundle=ca_bundle or None,
    )
