"""Signing in without the sign-in page."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login
from django.http import HttpRequest
from django.test import Client

BACKEND = "accounts.backends.AccountBackend"


def sign_in(browser: Client, user: Any) -> Client:
    """The browser, in which this account is now signed in."""
    if settings.SESSION_COOKIE_NAME in browser.cookies:
        browser.force_login(user, backend=BACKEND)
        return browser
    # What `force_login` does, without a session before the one that is wanted, which takes it as long again: with whose
    # it is in it already, it is written once.
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    request.session.update({SESSION_KEY: str(user.pk), HASH_SESSION_KEY: user.get_session_auth_hash()})
    login(request, user, backend=BACKEND)
    request.session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return browser
