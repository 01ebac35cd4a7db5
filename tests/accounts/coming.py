"""Coming in through the company's own sign-in."""

from django.contrib import auth
from django.test import Client

from accounts.company import sign_in_url
from tests.accounts.provider import ProviderProcess


def come(company: ProviderProcess, subject: str, *, to: str = "", browser: Client | None = None):
    """Through the button on the sign-in page; returns the browser and the portal's last answer."""
    browser = browser or Client()
    start = browser.get(sign_in_url(), {"next": to} if to else {})
    assert start.url.startswith(f"{company.issuer}/oauth2/authorize")
    return browser, browser.get(company.sign_in(start.url, subject))


def whoever_is_in(browser: Client):
    """The account that is signed in there, or nobody's."""
    return auth.get_user(type("Request", (), {"session": browser.session})())
