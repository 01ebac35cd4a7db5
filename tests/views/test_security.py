"""Sign-in on every page, throttling, headers, and no stack traces."""

import gzip
import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from contacts.views import entry
from tests.addresses import portal_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

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
    monkeypatch.setattr(entry, "_draft", lambda request: 1 / 0)
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


class TestMethodNotAllowed:
    @pytest.mark.parametrize("act", ["discard", "correct", "send_again", "check_again", "pick"])
    def test_opening_an_acts_address_says_that_nothing_was_done_and_leads_back(self, signed_in, act):
        some_id = "0b1f7a56-8f53-4f0e-9a51-3c1a0f6b8c11"

        answer = signed_in.get(reverse(act, args=[some_id]))

        assert answer.status_code == 405
        assert answer["Allow"] == "POST"
        assert "Nothing was done" in answer.text
        assert reverse("submission", args=[some_id]) in answer.text

    def test_posting_to_a_page_says_so_too(self, signed_in):
        answer = signed_in.post(reverse("drafts"))

        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD"
        assert "Nothing was done" in answer.text


class TestCompression:
    def pages(self, client) -> list:
        return [client.get(reverse("entry"), headers={"Accept-Encoding": "gzip"}) for _ in range(12)]

    def test_pages_are_compressed(self, signed_in):
        page = self.pages(signed_in)[0]

        assert page["Content-Encoding"] == "gzip"
        assert "<form" in gzip.decompress(page.content).decode()

    def test_the_token_beside_it_is_masked_anew_for_each_page(self, signed_in):
        tokens = {
            re.search(r'csrfmiddlewaretoken" value="(\w+)"', gzip.decompress(page.content).decode())[1]
            for page in self.pages(signed_in)
        }

        assert len(tokens) == 12

    def test_the_length_tells_nothing_of_what_is_in_a_page(self, signed_in):
        # Bytes of the header that decompression leaves out: RFC 1952's FILENAME, which ends with a zero.
        paddings = {page.content.index(0, 10) for page in self.pages(signed_in)}

        assert len(paddings) > 3

    def test_another_sites_request_carries_no_session(self, settings):
        assert settings.SESSION_COOKIE_SAMESITE == "Lax"
