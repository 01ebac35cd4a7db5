"""Proving anew who one is, before something that matters."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"])
@pytest.mark.parametrize("way_on", ["http://[", "//[::1", "https://evil.example/"])
def test_a_way_on_that_is_no_page_of_the_portals_leads_nowhere(signed_in, page, way_on):
    answer = signed_in.get(reverse(page), {"next": way_on})

    assert answer.status_code in (200, 302)
    assert "evil.example" not in answer.headers.get("Location", "")


class TestAStolenSession:
    """Somebody has Ana's cookie, and her sign-in is older than ten minutes."""

    @pytest.fixture(autouse=True)
    def _later(self, admin, admin_signed_in):
        with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
            yield

    @pytest.fixture
    def thief(self, admin_signed_in) -> Client:
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = admin_signed_in.cookies[settings.SESSION_COOKIE_NAME].value
        return thief

    @pytest.mark.parametrize("page", ["invite", "password_change", "mfa_activate_totp"])
    def test_changes_nothing_by_itself(self, thief, page):
        answer = thief.post(reverse(page), {"username": "mallory", "role": "admin"})

        assert answer.status_code in (200, 302)
        assert not User.objects.filter(username="mallory").exists()
        assert not Authenticator.objects.exists()

    def test_is_of_no_use_once_its_owner_has_proved_anew_who_she_is(self, thief, admin, admin_signed_in):
        assert thief.get(reverse("history")).status_code == 200

        answer = admin_signed_in.post(
            reverse("account_reauthenticate"), {"password": "ana of the portal", "next": reverse("invite")}
        )

        assert answer.url == reverse("invite")
        assert admin_signed_in.get(reverse("invite")).status_code == 200
        assert thief.get(reverse("invite")).url.startswith(reverse("login"))

    def test_a_wrong_password_renews_nothing(self, thief, admin_signed_in):
        admin_signed_in.post(reverse("account_reauthenticate"), {"password": "wrong"})

        assert thief.get(reverse("history")).status_code == 200

    def test_what_was_posted_before_is_done_once_after_the_proof(self, admin_signed_in):
        new = {"username": "nadia", "email": "", "role": "recruiter"}
        way = admin_signed_in.post(reverse("invite"), new)
        assert not User.objects.filter(username="nadia").exists()

        answer = admin_signed_in.post(way.url, {"password": "ana of the portal", "next": reverse("invite")})

        assert answer.status_code == 200
        assert "/accounts/invitation/" in answer.text
        assert User.objects.filter(username="nadia").count() == 1
