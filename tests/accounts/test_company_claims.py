"""What the company's provider says of a person, and how much of it is believed."""

import base64
import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.coming import come, whoever_is_in

pytestmark = pytest.mark.django_db


@pytest.mark.any_database
class TestStrength:
    @pytest.fixture(autouse=True)
    def _asked_for(self, settings):
        settings.OIDC_ACR = ["mfa", "phr"]

    def test_who_was_asked_for_enough_comes_in(self, company):
        company.knows("nadia", preferred_username="nadia", groups=["sales"], acr="phr")

        browser, _ = come(company, "nadia")

        assert whoever_is_in(browser).username == "nadia"

    @pytest.mark.parametrize("said", [{"acr": "pwd"}, {}, {"acr": ["mfa"]}], ids=str)
    def test_who_was_asked_for_less_is_told_so_and_has_no_account_made(self, company, said):
        company.knows("nadia", preferred_username="nadia", groups=["it"], **said)

        browser, answer = come(company, "nadia")

        assert answer.status_code == 401
        assert "stronger sign-in" in answer.text
        assert not whoever_is_in(browser).is_authenticated
        assert not User.objects.exists()


@pytest.mark.any_database
class TestProvedAnew:
    """Before accounts are changed, by whoever has no password here."""

    @pytest.fixture(autouse=True)
    def _off(self, settings):
        settings.LOCAL_PASSWORDS = False

    def invites(self, browser: Client):
        return browser.get(reverse("person", args=[whoever_is_in(browser).pk]))

    def test_a_proof_of_hours_ago_is_not_fresh_though_the_sign_in_is(self, company):
        company.knows("lea", preferred_username="lea", groups=["it"], auth_time=int(time.time()) - 3 * 3600)
        browser, _ = come(company, "lea")

        answer = self.invites(browser)

        assert answer.status_code == 302
        asked = parse_qs(urlsplit(browser.get(answer.url).url).query)
        assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])

    def test_a_fresh_one_is(self, company):
        company.knows("lea", preferred_username="lea", groups=["it"], auth_time=int(time.time()))
        browser, _ = come(company, "lea")

        assert self.invites(browser).status_code == 200

    def test_a_provider_that_does_not_ask_anew_is_told_of_instead_of_asked_for_ever(self, company):
        company.knows("lea", preferred_username="lea", groups=["it"], auth_time=int(time.time()) - 3 * 3600)
        browser, _ = come(company, "lea")

        browser, answer = come(company, "lea", browser=browser)

        assert answer.status_code == 401
        assert "were not asked there" in answer.text

    @pytest.mark.parametrize("said", ["soon", None, 9e18, True, [1]], ids=str)
    def test_a_time_that_is_none_or_to_come_is_now(self, company, said):
        company.knows("lea", preferred_username="lea", groups=["it"], auth_time=said)

        browser, _ = come(company, "lea")

        assert self.invites(browser).status_code == 200


class TestWhatTheProviderSays:
    def test_without_its_signature_it_counts_for_nothing(self, company, settings, monkeypatch):
        settings.OIDC_ACR = ["mfa"]
        company.knows("nadia", preferred_username="nadia", groups=["it"], acr="pwd")
        honest = OAuth2Client.get_access_token

        def forged(*arguments, **options):
            answer = honest(*arguments, **options)
            head, body, signature = answer["id_token"].split(".")
            said = json.loads(base64.urlsafe_b64decode(body + "==")) | {"acr": "mfa"}
            body = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
            return answer | {"id_token": f"{head}.{body}.{signature}"}

        monkeypatch.setattr(OAuth2Client, "get_access_token", forged)
        browser, answer = come(company, "nadia")

        assert answer.status_code == 401
        assert not whoever_is_in(browser).is_authenticated

    def test_nor_where_who_answers_is_another_than_the_settings_name(self, company, settings):
        company.knows("nadia", preferred_username="nadia", groups=["it"])
        settings.OIDC_ISSUER = "https://login.example.com"

        assert come(company, "nadia")[1].status_code == 401

    def test_nor_where_there_is_no_signed_part(self, company, monkeypatch):
        company.knows("nadia", preferred_username="nadia", groups=["it"])
        honest = OAuth2Client.get_access_token

        def unsigned(*arguments, **options):
            return {key: value for key, value in honest(*arguments, **options).items() if key != "id_token"}

        monkeypatch.setattr(OAuth2Client, "get_access_token", unsigned)

        assert come(company, "nadia")[1].status_code == 401

    @pytest.mark.parametrize(
        "claims",
        [
            {"preferred_username": "x" * 5000},
            {"preferred_username": "nul\0"},
            {"preferred_username": {"a": 1}},
            {"name": "N" * 5000},
            {"name": "nul\0"},
            {"name": 7},
            {"given_name": ["a"], "family_name": {"b": 2}},
            {"email": "a" * 5000 + "@example.com", "email_verified": True},
            {"email": ["a@example.com"], "email_verified": "yes"},
            {"email": "nul\0@example.com", "email_verified": True},
            {"groups": {"sales": True}},
            {"groups": 7},
            {"groups": [["it"], None, 7]},
            {"groups": "it"},
        ],
        ids=lambda claims: str(claims)[:40],
    )
    def test_whatever_it_says_of_somebody_is_no_mistake_of_the_portals(self, company, claims):
        company.knows("odd", **claims)

        _, answer = come(company, "odd")

        assert answer.status_code in (302, 401)
