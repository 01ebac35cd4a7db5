"""A sign-in ends: unused, after its longest, by its owner, by an admin, with the account, with the password."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import DataError, InternalError, OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Session
from accounts.sessions import browser_name
from contacts.models import Event
from contacts.views import searched
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def by_hand(user, **environment: str) -> Client:
    """Another browser, signed in through the page."""
    browser = Client(**environment)
    browser.post(reverse("login"), {"username": user.username, "password": f"{user.username} of the portal"})
    assert is_in(browser)
    return browser


def is_in(browser: Client) -> bool:
    return browser.get(reverse("history")).status_code == 200


class TestLimits:
    def test_eight_hours_without_use_end_it(self, recruiter):
        start = timezone.now()
        with time_machine.travel(start, tick=False):
            browser = by_hand(recruiter)

        with time_machine.travel(start + timedelta(hours=7, minutes=59), tick=False):
            assert is_in(browser)
        with time_machine.travel(start + timedelta(hours=15), tick=False):
            assert is_in(browser)
        with time_machine.travel(start + timedelta(hours=23, minutes=1), tick=False):
            assert not is_in(browser)

    def test_seven_days_end_it_however_much_it_is_used(self, recruiter):
        start = timezone.now()
        with time_machine.travel(start, tick=False):
            browser = by_hand(recruiter)

        for hours in range(6, 7 * 24, 6):
            with time_machine.travel(start + timedelta(hours=hours), tick=False):
                assert is_in(browser)
        with time_machine.travel(start + timedelta(days=7, seconds=1), tick=False):
            assert not is_in(browser)

    def test_a_page_costs_no_query_more(self, recruiter):
        browser = by_hand(recruiter)
        # The first page of a session may note in it where its owner left off.
        browser.get(reverse("security"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(reverse("security"))

        of_sessions = [
            query["sql"]
            for query in asked
            if "accounts_session" in query["sql"] and "account_id" not in query["sql"].split("WHERE")[-1]
        ]
        assert len(of_sessions) == 1

    @pytest.mark.parametrize("key", ["\0" * 32, "x", "é" * 32, "A" * 32, "a" * 33, "' OR 1=1 --"])
    def test_what_is_no_session_key_never_reaches_the_database(self, key):
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = key

        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(reverse("login"))

        assert answer.status_code == 200
        assert len(asked) == 0


class TestWhileNothingCanBeWritten:
    """As on a read-only PostgreSQL: what only reads goes on."""

    @pytest.fixture(params=[OperationalError, InternalError])
    def read_only(self, request):
        def refuse(execute, sql, *rest):
            if sql.startswith(("UPDATE", "INSERT", "DELETE")):
                raise request.param("attempt to write a readonly database")
            return execute(sql, *rest)

        with connection.execute_wrapper(refuse):
            yield

    @pytest.fixture
    def used_before(self, signed_in) -> Client:
        """Sophie's browser, whose session is due to be put off."""
        Session.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
        return signed_in

    def test_pages_are_shown_though_the_end_of_the_session_is_not_put_off(self, used_before, read_only):
        assert used_before.get(reverse("security")).status_code == 200

    def test_a_search_whose_words_can_t_be_kept_is_a_wait_and_no_fault_of_whoever_searches(self, signed_in, read_only):
        signed_in.raise_request_exception = False

        answer = signed_in.post(reverse("history"), {"q": "Martin"})

        assert answer.status_code == 503
        assert answer["Retry-After"]

    def test_a_mistake_of_the_portals_own_is_no_end_of_a_session(self, signed_in):
        def fail(execute, sql, *rest):
            if sql.startswith("UPDATE") and "accounts_session" in sql:
                raise DataError("out of range")
            return execute(sql, *rest)

        with connection.execute_wrapper(fail), pytest.raises(DataError):
            signed_in.post(reverse("history"), {"q": "Martin"})

    def test_one_that_was_ended_meanwhile_is_over_with_the_next_request(self, signed_in, monkeypatch):
        keep = searched.keep
        monkeypatch.setattr(searched, "keep", lambda *given: Session.objects.all().delete() and keep(*given))

        answer = signed_in.post(reverse("history"), {"q": "Martin"})

        assert answer.status_code == 302
        assert signed_in.get(answer.url).url.startswith(reverse("login"))
        assert not Session.objects.exists()


class TestEnding:
    def test_a_person_sees_where_they_are_signed_in(self, signed_in, recruiter):
        by_hand(recruiter, HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.7")

        page = signed_in.get(reverse("security")).text

        assert "This browser" in page
        assert "Firefox, Windows" in page
        assert "203.0.113.7" in page

    def test_a_session_s_key_is_on_no_page(self, signed_in, recruiter):
        by_hand(recruiter)

        page = signed_in.get(reverse("security")).text

        assert not any(row.session_key in page for row in Session.objects.all())

    def test_a_person_ends_one_of_their_own(self, signed_in, recruiter):
        other = by_hand(recruiter)
        page = signed_in.get(reverse("security")).text
        name = page.split('name="session" value="')[1].split('"')[0]

        signed_in.post(reverse("end_session"), {"session": name})

        assert not is_in(other)
        assert is_in(signed_in)
        event = Event.objects.get(kind=Event.Kind.SESSION_ENDED)
        assert (event.actor, event.account, event.details) == (recruiter, recruiter, {"count": 1})

    def test_a_person_ends_all_but_this_one(self, signed_in, recruiter):
        others = [by_hand(recruiter), by_hand(recruiter)]

        signed_in.post(reverse("end_session"))

        assert not any(is_in(other) for other in others)
        assert is_in(signed_in)

    def test_a_while_after_signing_in_they_prove_who_they_are_first(self, recruiter):
        start = timezone.now()
        with time_machine.travel(start, tick=False):
            here, there = by_hand(recruiter), by_hand(recruiter)
        with time_machine.travel(start + timedelta(hours=1), tick=False):
            asked = here.post(reverse("end_session"), {})

            assert asked.url.startswith(reverse("account_reauthenticate"))
            assert is_in(there)

            here.post(asked.url, {"password": "sophie of the portal", "next": reverse("end_session")})

            assert not is_in(there)
            assert is_in(here)

    def test_nobody_ends_a_colleagues(self, signed_in, other_recruiter):
        colleague = by_hand(other_recruiter)
        page = colleague.get(reverse("security"))
        names = [session.key for session in page.context["sessions"]]

        signed_in.post(reverse("end_session"), {"session": names[0]})

        assert is_in(colleague)

    def test_an_admin_ends_anybodys(self, admin_signed_in, admin, recruiter):
        browsers = [by_hand(recruiter), by_hand(recruiter)]
        assert "End all" in admin_signed_in.get(reverse("person", args=[recruiter.pk])).text

        admin_signed_in.post(reverse("end_sessions", args=[recruiter.pk]))

        assert not any(is_in(browser) for browser in browsers)
        event = Event.objects.get(kind=Event.Kind.SESSION_ENDED)
        assert (event.actor, event.account) == (admin, recruiter)

    def test_a_recruiter_does_not(self, signed_in, admin):
        colleague = by_hand(admin)

        assert signed_in.get(reverse("person", args=[admin.pk])).status_code == 403
        assert signed_in.post(reverse("end_sessions", args=[admin.pk])).status_code == 403
        assert is_in(colleague)

    def test_an_account_that_is_switched_off_is_out_at_its_next_request(self, recruiter):
        browser = by_hand(recruiter)

        recruiter.is_active = False
        recruiter.save()

        assert not is_in(browser)

    def test_another_password_ends_all_other_sessions(self, recruiter):
        own, other = by_hand(recruiter), by_hand(recruiter)
        new = "a new and rather long one"
        fields = {"old_password": "sophie of the portal", "new_password1": new, "new_password2": new}

        own.post(reverse("password_change"), fields)

        assert is_in(own)
        assert not is_in(other)
        assert Session.objects.filter(account=recruiter).count() == 1


class TestSigningOut:
    def test_the_browser_forgets_what_it_keeps(self, signed_in):
        answer = signed_in.post(reverse("logout"))

        assert answer.status_code == 302
        assert answer["Clear-Site-Data"] == '"cache", "storage"'

    def test_what_a_person_sees_is_not_stored(self, signed_in):
        for page in ("entry", "history", "security"):
            assert "no-store" in signed_in.get(reverse(page))["Cache-Control"]

    def test_it_takes_a_post(self, signed_in):
        answer = signed_in.get(reverse("logout"))

        assert answer.status_code == 405
        assert "Clear-Site-Data" not in answer
        assert is_in(signed_in)


def test_the_admin_pages_are_for_whoever_proved_a_short_while_ago_who_they_are(admin, recruiter):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        browser = sign_in(Client(), admin)

    with time_machine.travel(start + timedelta(hours=1), tick=False):
        for page in (
            reverse("person", args=[recruiter.pk]),
            reverse("invite"),
            reverse("admin:accounts_user_change", args=[recruiter.pk]),
            reverse("admin:accounts_user_add"),
            reverse("admin:auth_user_password_change", args=[recruiter.pk]),
        ):
            answer = browser.get(page)
            assert answer.status_code == 302
            assert answer.url.startswith(reverse("account_reauthenticate"))
            assert browser.post(page, {"role": "admin"}).status_code in (302, 405)
        proof = {"password": "ana of the portal", "next": reverse("history")}
        assert browser.post(reverse("account_reauthenticate"), proof).url == reverse("history")
        assert browser.get(reverse("invite")).status_code == 200
        assert browser.get(reverse("admin:accounts_user_change", args=[recruiter.pk])).status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
            "Chrome, Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge, Windows"),
        ("curl/8", "Unknown browser"),
    ],
)
def test_a_browser_is_called_what_people_call_it(agent, name):
    assert browser_name(agent) == name
