"""Sign-in on every page, throttling, headers, and no stack traces."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from contacts.views import entry
from tests.addresses import portal_addresses

pytestmark = pytest.mark.django_db

OPEN = {"/healthz", "/readyz", "/accounts/login/"}


@pytest.mark.parametrize("address", [address for address in portal_addresses() if address not in OPEN])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_is_behind_sign_in(client, address, method):
    answer = getattr(client, method)(address)

    assert answer.status_code in (302, 405)
    if answer.status_code == 302:
        assert answer.url.startswith(reverse("login"))


def test_health_needs_no_account(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


class TestThrottling:
    def fail(self, client, times: int, username="sophie") -> int:
        for _ in range(times):
            answer = client.post(reverse("login"), {"username": username, "password": "wrong"})
        return answer.status_code

    def sign_in(self, client, recruiter, address="127.0.0.1"):
        data = {"username": recruiter.username, "password": f"{recruiter.username} of the portal"}
        return client.post(reverse("login"), data, REMOTE_ADDR=address)

    def test_five_wrong_passwords_lock_the_name_at_that_address(self, client, recruiter):
        locked = self.fail(client, 5, recruiter.username)

        assert locked == 429
        assert self.sign_in(client, recruiter).status_code == 429

    def test_another_address_and_another_name_still_get_in(self, client, recruiter, other_recruiter):
        self.fail(client, 5, recruiter.username)

        assert self.sign_in(client, recruiter, address="127.0.0.2").status_code == 302
        assert self.sign_in(client, other_recruiter).status_code == 302

    def test_it_is_over_after_fifteen_minutes(self, client, recruiter):
        self.fail(client, 5, recruiter.username)

        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            assert self.sign_in(client, recruiter).status_code == 302


class TestHeaders:
    def test_scripts_and_styles_come_from_the_portal_alone(self, signed_in):
        policy = signed_in.get(reverse("entry"))["Content-Security-Policy"]

        assert "unsafe" not in policy
        assert "script-src 'self'" in policy
        assert "default-src 'none'" in policy

    def test_pages_hold_no_inline_script_style_or_handler(self, signed_in):
        text = signed_in.get(reverse("entry")).text

        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text
        assert all("src=" in tag for tag in text.split("<script")[1:] if "json" not in tag.split(">")[0])

    def test_the_usual_headers_are_set(self, signed_in):
        answer = signed_in.get(reverse("entry"))

        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"


def test_a_mistake_of_the_portals_own_shows_no_stack_trace(signed_in, monkeypatch):
    monkeypatch.setattr(entry, "_recent", lambda request: 1 / 0)
    signed_in.raise_request_exception = False

    answer = signed_in.get(reverse("entry"))

    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text


def test_an_unknown_page_keeps_the_top_bar(signed_in):
    answer = signed_in.get("/nowhere/")

    assert answer.status_code == 404
    assert reverse("history") in answer.text


def test_the_sandbox_line_is_there_while_there_is_no_key(signed_in, settings):
    with_sandbox = signed_in.get(reverse("entry")).text
    settings.SANDBOX, settings.LEONAR_API_KEY = False, "leo_invented_key"
    with_key = signed_in.get(reverse("entry")).text

    assert settings.SANDBOX_URL in with_sandbox
    assert settings.SANDBOX_URL not in with_key
