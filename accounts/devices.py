"""Which browsers have signed in to an account before, by a signed cookie of theirs.

Wrong passwords from elsewhere never use up what such a browser may try: that is what keeps a colleague, or anybody
else, from locking an account for its owner.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

SALT = "accounts.devices"
KEPT_SECONDS = 365 * 24 * 3600
# A machine that many share stays a small cookie.
ACCOUNTS_MOST = 8


def device_of(request: HttpRequest, name: str) -> str:
    """What this browser is called where it has signed in to the account `name` before; empty where it has not."""
    return _read(request).get(name, "")


def remember(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Has the browser known as one that signed in to the account `name`."""
    known = _read(request)
    device = known.pop(name, None) or secrets.token_urlsafe(16)
    latest = dict([*known.items(), (name, device)][-ACCOUNTS_MOST:])
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(latest, salt=SALT, compress=True),
        max_age=KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        return signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return {}
