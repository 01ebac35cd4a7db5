"""Wrong passwords slow whoever is not known, and lock nobody out of an account of their own."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import FailedSignIn
from accounts.throttle import ACCOUNT, ACCOUNT_AND_ADDRESS, KNOWN_BROWSER
from contacts.models import Event

pytestmark = pytest.mark.django_db

# Where TRUSTED_PROXIES is not set, everybody behind the proxy has its address.
SHARED = "127.0.0.1"


def attempt(browser: Client, name: str, password: str, address: str = SHARED) -> int:
    data = {"username": name, "password": password}
    return browser.post(reverse("login"), data, REMOTE_ADDR=address).status_code


def right(user) -> str:
    return f"{user.username} of the portal"


def attack(name: str, times: int, **environment: str) -> int:
    """Wrong passwords from a browser that keeps nothing. Returns the last answer's status."""
    for number in range(times):
        data = {"username": name, "password": f"wrong {number}"}
        status = Client().post(reverse("login"), data, **({"REMOTE_ADDR": SHARED} | environment)).status_code
    return status


@pytest.fixture
def own_browser(admin) -> Client:
    """One in which the only admin has signed in before, and signed out."""
    browser = Client()
    assert attempt(browser, admin.username, right(admin)) == 302
    browser.post(reverse("logout"))
    return browser


class TestAColleagueIsNotLocked:
    def test_the_only_admin_gets_in_from_a_known_browser_behind_a_shared_address(self, admin, own_browser):
        assert attack(admin.username, 20) == 429

        assert attempt(own_browser, admin.username, right(admin)) == 302

    def test_whatever_addresses_the_attacker_makes_up(self, admin, own_browser):
        for number in range(10):
            attack(admin.username, 3, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, {SHARED}")

        assert attempt(own_browser, admin.username, right(admin)) == 302

    def test_however_many_machines_the_attacker_has(self, admin, own_browser):
        now = timezone.now()
        attack(admin.username, 1)
        one = FailedSignIn.objects.get()
        rows = [
            FailedSignIn(at=now, name=one.name, address=f"10.0.0.{number}", device="")
            for number in range(ACCOUNT.failures)
        ]
        FailedSignIn.objects.bulk_create(rows)

        assert attempt(Client(), admin.username, right(admin), "198.51.100.7") == 429
        assert attempt(own_browser, admin.username, right(admin)) == 302

    def test_a_new_browser_waits_and_its_wait_grows_no_longer_by_what_others_do(self, admin):
        attack(admin.username, ACCOUNT_AND_ADDRESS.failures)
        with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
            attack(admin.username, 20)

        with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
            assert attempt(Client(), admin.username, right(admin)) == 302

    def test_another_account_in_the_same_office_is_not_concerned(self, admin, recruiter):
        attack(admin.username, 20)

        assert attempt(Client(), recruiter.username, right(recruiter)) == 302


class TestGuessingIsSlow:
    def test_of_many_tries_five_are_looked_at(self, recruiter):
        attack(recruiter.username, 12)

        assert FailedSignIn.objects.count() == ACCOUNT_AND_ADDRESS.failures

    def test_one_network_of_ipv6_is_one_address_however_many_it_has(self, recruiter):
        for number in range(ACCOUNT_AND_ADDRESS.failures):
            attack(recruiter.username, 1, REMOTE_ADDR=f"2001:db8:1:2:{number}::1")

        assert attack(recruiter.username, 1, REMOTE_ADDR="2001:db8:1:2:ffff::1") == 429
        assert attack(recruiter.username, 1, REMOTE_ADDR="2001:db8:1:3::1") == 200

    def test_a_known_browser_has_an_allowance_and_no_more(self, admin, own_browser):
        for _ in range(KNOWN_BROWSER.failures):
            last = attempt(own_browser, admin.username, "wrong")

        assert last == 429
        assert attempt(own_browser, admin.username, right(admin)) == 429

    def test_a_browser_known_to_one_account_is_not_known_to_another(self, admin, recruiter, own_browser):
        for _ in range(ACCOUNT_AND_ADDRESS.failures):
            last = attempt(own_browser, recruiter.username, "wrong")

        assert last == 429

    def test_a_made_up_cookie_makes_no_browser_known(self, recruiter):
        browser = Client()
        browser.cookies[settings.DEVICE_COOKIE_NAME] = '{"sophie":"x"}'
        for _ in range(ACCOUNT_AND_ADDRESS.failures):
            last = attempt(browser, recruiter.username, "wrong")

        assert last == 429

    def test_a_name_that_is_no_account_is_answered_alike(self, recruiter):
        answers = [
            [attempt(Client(), name, "wrong") for _ in range(6)] for name in (recruiter.username, "nobody.of.that.name")
        ]

        assert answers[0] == answers[1]

    def test_what_was_typed_as_a_name_is_not_kept(self):
        attack("my-password-by-mistake", 1)

        assert "my-password" not in str(FailedSignIn.objects.values())

    def test_the_wait_is_said(self, recruiter):
        attack(recruiter.username, 5)

        answer = Client().post(reverse("login"), {"username": recruiter.username, "password": "x"})

        assert answer.status_code == 429
        assert "Wait 15 minutes" in answer.text
        assert 0 < int(answer["Retry-After"]) <= 900


class TestRecord:
    def test_a_lockout_is_one_event_however_often_it_is_tried(self, recruiter):
        attack(recruiter.username, 20)

        kinds = list(Event.objects.filter(account=recruiter).values_list("kind", flat=True))
        assert kinds.count(Event.Kind.SIGN_IN_FAILED) == ACCOUNT_AND_ADDRESS.failures
        assert kinds.count(Event.Kind.LOCKED_OUT) == 1


class TestChangingThePassword:
    def change(self, browser: Client, old: str):
        new = "a new and rather long one"
        return browser.post(
            reverse("password_change"), {"old_password": old, "new_password1": new, "new_password2": new}
        )

    def test_the_old_one_is_not_guessed_there_without_end(self, signed_in, recruiter):
        answers = [self.change(signed_in, f"guess {number}").status_code for number in range(20)]
        answers.append(self.change(signed_in, right(recruiter)).status_code)

        recruiter.refresh_from_db()
        assert answers[-1] == 429
        assert recruiter.check_password(right(recruiter))

    def test_nor_where_it_is_asked_for_anew(self, signed_in, recruiter):
        page = reverse("account_reauthenticate")
        for number in range(12):
            signed_in.post(page, {"password": f"guess {number}"})

        assert "Too many wrong passwords" in signed_in.post(page, {"password": right(recruiter)}).text

    def test_the_last_minute_of_the_wait_is_one(self, signed_in):
        page = reverse("account_reauthenticate")
        for number in range(12):
            signed_in.post(page, {"password": f"guess {number}"})

        with time_machine.travel(timezone.now() + KNOWN_BROWSER.within - timedelta(seconds=30)):
            assert "Wait a minute, then try again." in signed_in.post(page, {"password": "one more"}).text
