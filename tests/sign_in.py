"""Signing in without the sign-in page."""

from typing import Any

from django.test import Client


def sign_in(browser: Client, user: Any) -> Client:
    """The browser, in which this account is now signed in."""
    browser.force_login(user, backend="accounts.backends.AccountBackend")
    return browser
