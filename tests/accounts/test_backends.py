"""Demo accounts, whose password is printed, never get in where real contacts are."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import roles
from accounts.account import save_account

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


@pytest.fixture
def demo() -> dict[str, str]:
    save_account(name="recruiter", role=roles.RECRUITER, password=PASSWORD, is_demo=True)
    return {"username": "recruiter", "password": PASSWORD}


@pytest.fixture
def real_key(settings):
    """What turns the sandbox's portal into one with real contacts."""

    def real_key() -> None:
        settings.SANDBOX, settings.LEONAR_API_KEY, settings.LEONAR_WORKSPACE = False, "leo_invented_key", "leonar"

    return real_key


def is_signed_in(browser: Client) -> bool:
    return browser.get(reverse("entry")).status_code == 200


def test_a_demo_account_signs_in_to_the_sandbox(demo):
    browser = Client()

    browser.post(reverse("login"), demo)

    assert is_signed_in(browser)


def test_a_demo_account_does_not_sign_in_where_there_is_a_real_key(demo, real_key):
    browser = Client()
    real_key()

    browser.post(reverse("login"), demo)

    assert not is_signed_in(browser)


def test_a_session_of_a_demo_account_ends_with_the_real_key(demo, real_key):
    browser = Client()
    browser.post(reverse("login"), demo)
    assert is_signed_in(browser)

    real_key()

    assert not is_signed_in(browser)


def test_an_account_of_ones_own_signs_in_with_a_real_key(real_key):
    save_account(name="sophie", role=roles.RECRUITER, password=PASSWORD)
    real_key()
    browser = Client()

    browser.post(reverse("login"), {"username": "sophie", "password": PASSWORD})

    assert is_signed_in(browser)


def test_a_demo_account_that_is_made_ones_own_signs_in_with_a_real_key(demo, real_key):
    save_account(name="recruiter", role=roles.RECRUITER, password=PASSWORD)
    real_key()
    browser = Client()

    browser.post(reverse("login"), demo)

    assert is_signed_in(browser)


def test_a_session_of_an_account_that_is_switched_off_ends(recruiter, signed_in):
    assert is_signed_in(signed_in)

    recruiter.is_active = False
    recruiter.save()

    assert not is_signed_in(signed_in)
