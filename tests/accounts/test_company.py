"""Signing in through the company's own provider: who comes in, as whom, and who does not."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings as project
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts import roles
from accounts.account import give_role, role_of
from accounts.adapters import AccountAdapter
from accounts.company import is_same_address, sign_in_url
from accounts.models import User
from contacts.models import Event
from tests.accounts.coming import come, whoever_is_in

pytestmark = pytest.mark.django_db


def test_a_member_of_a_group_comes_in_with_its_role(company):
    company.knows("nadia", preferred_username="nadia", email="nadia@example.com", name="Nadia Roux", groups=["sales"])

    browser, answer = come(company, "nadia")

    nadia = whoever_is_in(browser)
    assert answer.status_code == 302
    assert (nadia.username, nadia.get_full_name(), role_of(nadia)) == ("nadia", "Nadia Roux", roles.RECRUITER)
    assert not nadia.has_usable_password()
    assert browser.get(reverse("entry")).status_code == 200


def test_the_way_on_is_kept(company):
    company.knows("nadia", preferred_username="nadia", groups=["sales"])

    _, answer = come(company, "nadia", to="/submissions/?state=needs")

    assert answer.url == "/submissions/?state=needs"


@pytest.mark.parametrize("came_from", ["cross-site", "same-site"])
def test_a_link_of_another_site_signs_nobody_in_without_a_press(company, came_from):
    company.knows("nadia", preferred_username="nadia", groups=["sales"])
    way = f"{sign_in_url()}?next=/drafts/"

    answer = Client().get(way, headers={"Sec-Fetch-Site": came_from})

    assert answer.status_code == 200
    assert f'href="{way}"' in answer.text


def test_it_leads_nowhere_else(company):
    company.knows("nadia", preferred_username="nadia", groups=["sales"])

    _, answer = come(company, "nadia", to="https://evil.example/")

    assert "evil" not in answer.url


def test_the_stronger_role_counts_and_follows_the_groups(company):
    company.knows("lea", preferred_username="lea", groups=["sales", "it"])
    browser, _ = come(company, "lea")
    assert role_of(whoever_is_in(browser)) == roles.ADMIN

    company.knows("lea", preferred_username="lea", groups=[])
    browser, _ = come(company, "lea")

    assert role_of(whoever_is_in(browser)) is None
    page = browser.get(reverse("entry"))
    assert page.status_code == 403
    assert "Your account has no role yet" in page.text
    changes = Event.objects.filter(kind=Event.Kind.ROLE_CHANGED).order_by("pk")
    assert [event.details for event in changes] == [{"from": None, "to": "admin"}, {"from": "admin", "to": None}]


def test_without_a_mapping_roles_are_given_here(company, settings):
    settings.OIDC_ROLES = {}
    company.knows("lea", preferred_username="lea", groups=["it"])
    browser, _ = come(company, "lea")
    give_role(whoever_is_in(browser), roles.RECRUITER)

    browser, _ = come(company, "lea")

    assert role_of(whoever_is_in(browser)) == roles.RECRUITER


class TestAccountsThatWereThereBefore:
    def test_a_confirmed_address_is_the_same_person(self, company, recruiter):
        User.objects.filter(pk=recruiter.pk).update(email="sophie@example.com")
        company.knows("s-1", email="Sophie@example.com", email_verified=True, groups=["sales"])

        browser, _ = come(company, "s-1")

        assert whoever_is_in(browser) == recruiter
        recruiter.refresh_from_db()
        assert recruiter.has_usable_password()

    @pytest.mark.parametrize(
        ("address", "is_same"),
        [("Sophie@Example.com", True), ("soph\u0131e@example.com", False)],
    )
    def test_letters_that_a_database_takes_for_others_make_no_two_people_one(self, address, is_same):
        assert "SOPHIE@EXAMPLE.COM" in address.upper()
        assert is_same_address("sophie@example.com", address) is is_same

    def test_an_address_that_is_not_confirmed_is_not(self, company, admin):
        User.objects.filter(pk=admin.pk).update(email="ana@example.com")
        company.knows("mallory", email="ana@example.com", email_verified=False, groups=[])

        browser, _ = come(company, "mallory")

        assert whoever_is_in(browser) != admin
        assert role_of(whoever_is_in(browser)) is None

    def test_a_name_that_is_taken_is_not_taken_over(self, company, admin):
        company.knows("mallory", preferred_username="ana", groups=[])

        browser, _ = come(company, "mallory")

        assert whoever_is_in(browser) != admin

    def test_an_account_that_is_switched_off_stays_out(self, company):
        company.knows("nadia", preferred_username="nadia", groups=["sales"])
        come(company, "nadia")
        User.objects.filter(username="nadia").update(is_active=False)

        browser, answer = come(company, "nadia")

        assert not whoever_is_in(browser).is_authenticated
        assert "switched off" in browser.get(answer.url).text


class TestWhatGoesWrong:
    def test_who_cancels_there_is_told_so(self, company):
        browser = Client()
        state = parse_qs(urlsplit(browser.get(sign_in_url()).url).query)["state"][0]

        answer = browser.get(reverse("openid_connect_callback"), {"error": "access_denied", "state": state})

        assert answer.status_code == 401
        assert "cancelled" in answer.text

    def test_an_answer_that_was_not_asked_for_is_refused(self, company):
        company.knows("nadia", preferred_username="nadia", groups=["sales"])
        start = Client().get(sign_in_url())
        back = company.sign_in(start.url, "nadia")

        answer = Client().get(back)

        assert answer.status_code == 401
        assert not User.objects.filter(username="nadia").exists()

    def test_a_code_works_once(self, company):
        company.knows("nadia", preferred_username="nadia", groups=["sales"])
        browser = Client()
        back = company.sign_in(browser.get(sign_in_url()).url, "nadia")
        browser.get(back)

        assert Client().get(back).status_code == 401

    def test_a_provider_that_is_away_is_a_page_and_no_mistake_of_the_portals(self, company, settings):
        settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"

        answer = Client().get(sign_in_url())

        assert answer.status_code == 401
        assert "Not signed in" in answer.text

    def test_no_token_of_the_provider_s_is_kept(self, company):
        company.knows("nadia", preferred_username="nadia", groups=["sales"])

        come(company, "nadia")

        assert not SocialToken.objects.exists()


class TestWhatIsAskedOfTheProvider:
    """By the portal alone, whatever stands in the address that leads there."""

    def test_nothing_of_it_is_the_visitor_s_to_say(self, company):
        wanted = {"auth_params": "redirect_uri=https://evil.example/&prompt=none", "scope": "offline_access"}

        asked = parse_qs(urlsplit(Client().get(sign_in_url(), wanted).url).query)

        assert asked["redirect_uri"] == ["http://testserver/accounts/login/company/back/"]
        assert sorted(asked["scope"][0].split()) == ["email", "openid", "profile"]
        assert "prompt" not in asked

    def test_a_session_that_was_stolen_does_not_gain_another_s_sign_in(self, company, signed_in, recruiter):
        company.knows("mallory", preferred_username="mallory", groups=[])

        start = signed_in.get(sign_in_url(), {"process": "connect"})
        signed_in.get(company.sign_in(start.url, "mallory"))

        assert not SocialAccount.objects.filter(user=recruiter).exists()

    def test_a_strength_where_the_settings_name_one(self, company, settings):
        settings.OIDC_ACR = ["mfa", "phr"]

        asked = parse_qs(urlsplit(Client().get(sign_in_url()).url).query)

        assert asked["acr_values"] == ["mfa phr"]


class TestWithoutLocalPasswords:
    @pytest.fixture(autouse=True)
    def _off(self, company, settings):
        settings.LOCAL_PASSWORDS = False

    def test_the_sign_in_page_has_the_company_s_button_alone(self):
        page = Client().get(reverse("login")).text

        assert "Sign in with Example Ltd" in page
        assert 'name="password"' not in page

    def test_a_right_password_signs_nobody_in(self, recruiter):
        browser = Client()

        browser.post(reverse("login"), {"username": "sophie", "password": "sophie of the portal"})

        assert not whoever_is_in(browser).is_authenticated

    def test_nor_does_a_passkey_that_is_still_there(self, recruiter):
        request = RequestFactory().get("/")

        answer = AccountAdapter().pre_login(
            request,
            recruiter,
            email_verification="none",
            signal_kwargs=None,
            email=None,
            signup=False,
            redirect_url=None,
        )

        assert answer is not None
        assert answer.url == reverse("account_inactive")

    @pytest.mark.parametrize("page", ["password_change", "invite"])
    def test_there_is_no_password_to_set(self, admin_signed_in, page):
        assert admin_signed_in.get(reverse(page)).status_code == 404

    def test_who_is_proved_anew_goes_through_the_company(self, company, settings):
        settings.REAUTHENTICATE_SECONDS = 0
        company.knows("lea", preferred_username="lea", groups=["it"])
        browser, _ = come(company, "lea")

        answer = browser.get(reverse("person", args=[whoever_is_in(browser).pk]))

        assert answer.url.startswith(sign_in_url())


def test_the_page_without_a_provider_has_no_button():
    assert "Sign in with" not in Client().get(reverse("login")).text.replace("Sign in with a passkey", "")
    assert project.OIDC_ISSUER == ""


def test_nor_is_there_anything_behind_it():
    assert Client().get(sign_in_url(), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 404
