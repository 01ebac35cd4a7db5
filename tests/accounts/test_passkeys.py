"""What a browser says of its passkey: anybody may post anything, signed in or not."""

import json
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.models import Event

pytestmark = pytest.mark.django_db

ENDLESS = 20_000
WORD = "A" * 40
NONSENSE = {
    "deep lists": "[" * ENDLESS,
    "deep objects": '{"a":' * ENDLESS,
    "a number without end": "1" * 5000,
    "a number": "1",
    "a list": "[]",
    "an object": "{}",
    "a text": '"x"',
    "nothing": "null",
    "too much": json.dumps({"id": "A" * 100_000}),
    "no base64": json.dumps({"id": "²", "rawId": "²", "type": "public-key", "response": {}}),
    "another shape": json.dumps({"id": WORD, "rawId": WORD, "type": "public-key", "response": []}),
    "no CBOR": json.dumps(
        {
            "id": WORD,
            "rawId": WORD,
            "type": "public-key",
            "response": {
                "clientDataJSON": WORD,
                "attestationObject": WORD,
                "authenticatorData": WORD,
                "signature": WORD,
            },
        }
    ),
    "a user beyond all numbers": json.dumps(
        {
            "id": WORD,
            "rawId": WORD,
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "A" * 60,
                "signature": WORD,
                "userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
            },
        }
    ),
}


@pytest.mark.parametrize("what", NONSENSE)
def test_a_stranger_s_nonsense_lets_nobody_in_and_is_no_mistake(what):
    browser = Client()
    browser.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})

    answer = browser.post(reverse("mfa_login_webauthn"), {"credential": NONSENSE[what]})

    assert answer.status_code == 302
    assert answer.url == reverse("login")


@pytest.mark.parametrize("what", NONSENSE)
def test_nor_does_it_become_a_passkey(what, signed_in):
    signed_in.get(reverse("mfa_add_webauthn"))

    answer = signed_in.post(reverse("mfa_add_webauthn"), {"credential": NONSENSE[what], "name": "x"})

    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_a_passkey_that_is_none_is_in_the_log(caplog):
    caplog.set_level("INFO", logger="accounts")

    Client(REMOTE_ADDR="203.0.113.7").post(reverse("mfa_login_webauthn"), {"credential": NONSENSE["no CBOR"]})

    assert "sign_in_failed account=- address=203.0.113.7 how=passkey" in caplog.messages


class TestTheLastOne:
    @pytest.fixture
    def passkey(self, admin) -> Authenticator:
        return Authenticator.objects.create(
            user=admin, type=Authenticator.Type.WEBAUTHN, data={"name": "My laptop", "credential": {}}
        )

    def test_stays_where_a_second_factor_is_compulsory(self, settings, admin_signed_in, passkey):
        settings.SECOND_FACTOR_FOR_ADMINS = True

        page = admin_signed_in.post(reverse("mfa_remove_webauthn", args=[passkey.pk]), follow=True)

        assert "Add another first" in page.text
        assert Authenticator.objects.filter(pk=passkey.pk).exists()

    def test_goes_where_there_is_another_or_none_is_asked_for(self, admin, admin_signed_in, passkey):
        admin_signed_in.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))

        assert not Authenticator.objects.filter(pk=passkey.pk).exists()
        assert Event.objects.filter(kind=Event.Kind.FACTOR_REMOVED, account=admin).exists()


@pytest.mark.parametrize("page", ["invite", "mfa_activate_totp", "admin:accounts_user_add"])
def test_who_has_nothing_to_prove_themselves_with_is_told_to_sign_in_again(admin, admin_signed_in, page):
    admin.set_unusable_password()
    admin.save()
    browser = Client()
    browser.force_login(admin, backend="accounts.backends.AccountBackend")

    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        answer = browser.get(reverse(page), follow=True)

    assert answer.status_code == 200
    assert "Sign in again" in answer.text
    assert reverse("logout") in answer.text
