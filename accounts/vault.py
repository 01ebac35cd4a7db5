"""What is kept encrypted in the database: by SECRET_KEY, and readable by the ones before it until they are gone."""

import base64
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def encrypt(text: str) -> str:
    """For the database, with the key of now."""
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()


def decrypt(encrypted_text: str) -> str:
    """Back from it. Raises InvalidToken where none of the keys has made it."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([_fernet(key) for key in keys]).decrypt(encrypted_text.encode()).decode()


@cache
def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(salted_hmac("accounts.factors", "", secret, algorithm="sha256").digest()))
