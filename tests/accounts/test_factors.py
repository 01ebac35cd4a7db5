"""Second factors: an app's codes, recovery codes, and the setting that makes them compulsory for admins."""

import io
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib import auth
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.account import give_role
from accounts.models import FailedSignIn
from contacts.models import Event, Submission
from tests.entry_form import typed_form

pytestmark = pytest.mark.django_db


def code(secret: str, *, later: int = 0) -> str:
    """What an authenticator app shows now, or so many half minutes later or earlier."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def set_up(browser: Client) -> str:
    """Sets up an app as a person does; returns its key.

    That is put where the page puts it which shows it: to draw its QR code takes longer than all the rest of a test.
    """
    session = browser.session
    secret = session[SECRET_SESSION_KEY] = generate_totp_secret()
    session.save()
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    return secret


def make_codes(browser: Client) -> list[str]:
    """Recovery codes, as their owner makes them and is shown them once."""
    return browser.post(reverse("mfa_view_recovery_codes")).context["codes"]


def give_password(user, to: str = "") -> Client:
    browser = Client()
    data = {"username": user.username, "password": f"{user.username} of the portal", "next": to}
    assert browser.post(reverse("login"), data).status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return browser.get(reverse("history")).status_code == 200


@pytest.fixture(autouse=True)
def clock():
    """Stands still, so that a code is good until the test moves on; sessions and passwords are of now."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def with_app(signed_in, clock, django_capture_on_commit_callbacks) -> str:
    """Sophie's app, which shows another code than the one that it was set up with; returns its key."""
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up(signed_in)
    clock.shift(30)
    return secret


class TestSigningIn:
    def test_a_password_alone_is_not_enough(self, recruiter, with_app):
        browser = give_password(recruiter)

        assert not is_in(browser)
        assert "Second factor" in browser.get(reverse("mfa_authenticate")).text

    def test_the_code_lets_in_and_leads_on(self, recruiter, with_app):
        browser = give_password(recruiter, to="/submissions/?state=needs")

        answer = browser.post(reverse("mfa_authenticate"), {"code": code(with_app)})

        assert answer.url == "/submissions/?state=needs"
        assert is_in(browser)

    def test_a_code_works_once_in_whichever_process(self, recruiter, with_app, settings):
        used = code(with_app)
        give_password(recruiter).post(reverse("mfa_authenticate"), {"code": used})
        # Another process has a cache of its own.
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "other"}}
        second = give_password(recruiter)

        answer = second.post(reverse("mfa_authenticate"), {"code": used})

        assert "used already" in answer.text
        assert not is_in(second)

    def test_the_code_that_an_app_was_set_up_with_lets_nobody_in(self, recruiter, signed_in):
        used = code(set_up(signed_in))
        browser = give_password(recruiter)

        answer = browser.post(reverse("mfa_authenticate"), {"code": used})

        assert "used already" in answer.text
        assert not is_in(browser)

    @pytest.mark.parametrize("later", [-1, 1])
    def test_a_code_is_good_for_its_own_half_minute_alone(self, recruiter, with_app, later):
        browser = give_password(recruiter)

        answer = browser.post(reverse("mfa_authenticate"), {"code": code(with_app, later=later)})

        assert "take the one of now" in answer.text
        assert not is_in(browser)

    def test_a_recovery_code_lets_in_once(self, recruiter, signed_in, with_app):
        one = make_codes(signed_in)[0]
        first, second = give_password(recruiter), give_password(recruiter)

        first.post(reverse("mfa_authenticate"), {"code": one})
        second.post(reverse("mfa_authenticate"), {"code": one})

        assert is_in(first)
        assert not is_in(second)

    def test_a_recovery_code_is_read_however_it_is_written(self, recruiter, signed_in, with_app):
        one = make_codes(signed_in)[0]
        browser = give_password(recruiter)

        browser.post(reverse("mfa_authenticate"), {"code": one.replace("-", " ").upper()})

        assert is_in(browser)

    def test_new_recovery_codes_take_the_place_of_the_earlier_ones(self, recruiter, signed_in, with_app):
        earlier, _new = make_codes(signed_in)[0], make_codes(signed_in)
        browser = give_password(recruiter)

        browser.post(reverse("mfa_authenticate"), {"code": earlier})

        assert not is_in(browser)

    def test_those_of_an_earlier_release_go_on_working(self, recruiter, signed_in, with_app):
        own = Authenticator.objects.get(user=recruiter, type=Authenticator.Type.RECOVERY_CODES)
        own.data["viewed_at"] = time.time()
        own.save()
        browser = give_password(recruiter)

        browser.post(reverse("mfa_authenticate"), {"code": own.wrap().get_unused_codes()[0]})

        assert is_in(browser)
        assert signed_in.get(reverse("security")).context["codes_left"] == 9

    def test_codes_are_not_guessed_without_end(self, recruiter, with_app):
        browser = give_password(recruiter)
        for number in range(12):
            browser.post(reverse("mfa_authenticate"), {"code": f"{number:06}"})

        answer = browser.post(reverse("mfa_authenticate"), {"code": code(with_app)})

        assert "Too many wrong codes" in answer.text
        assert not is_in(browser)
        assert FailedSignIn.objects.count() < 12

    def test_a_password_given_long_ago_has_to_be_given_again(self, recruiter, with_app):
        start = timezone.now()
        browser = give_password(recruiter)

        with time_machine.travel(start + timedelta(minutes=20), tick=False):
            answer = browser.post(reverse("mfa_authenticate"), {"code": code(with_app)})
            assert answer.url == reverse("login")
            assert not is_in(browser)

    def test_the_django_admin_s_own_page_asks_as_well(self, recruiter, with_app):
        browser = Client()

        browser.post(reverse("admin:login"), {"username": "sophie", "password": "sophie of the portal"})

        assert not auth.get_user(type("Request", (), {"session": browser.session})()).is_authenticated


class TestKept:
    def test_the_secret_is_not_in_the_database_as_it_is(self, with_app):
        assert with_app not in str(list(Authenticator.objects.values()))

    def test_recovery_codes_are_shown_once_and_not_kept(self, signed_in, with_app):
        codes = make_codes(signed_in)

        kept = str(list(Authenticator.objects.values()))
        assert len(set(codes)) == 10
        assert all(len(code.replace("-", "")) == 24 for code in codes)
        assert not any(code in kept or code.replace("-", "") in kept for code in codes)
        assert codes[0] not in signed_in.get(reverse("mfa_view_recovery_codes")).text
        assert signed_in.get(reverse("security")).context["codes_left"] == 10

    def test_they_are_made_after_a_fresh_proof(self, signed_in, with_app):
        with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
            answer = signed_in.post(reverse("mfa_view_recovery_codes"))

        assert answer.url.startswith(reverse("account_reauthenticate"))

    def test_it_is_on_record(self, recruiter, with_app):
        kinds = Event.objects.filter(kind=Event.Kind.FACTOR_ADDED, account=recruiter, actor=recruiter)

        assert {event.details["factor"] for event in kinds} == {"totp", "recovery_codes"}

    def test_the_picture_comes_from_the_portal(self, signed_in):
        answer = signed_in.get(reverse("mfa_activate_totp"))

        assert 'src="data:image/svg+xml;base64,' in answer.text
        assert "data:" in answer["Content-Security-Policy"].split("img-src")[1].split(";")[0]

    def test_the_key_that_the_page_shows_is_the_one_that_is_set_up(self, signed_in):
        shown = signed_in.get(reverse("mfa_activate_totp"))

        answer = signed_in.post(reverse("mfa_activate_totp"), {"code": code(shown.context["form"].secret)})

        assert shown.context["form"].secret in shown.text
        assert answer.url == reverse("mfa_view_recovery_codes")

    def test_setting_one_up_takes_a_fresh_proof(self, signed_in):
        with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
            answer = signed_in.get(reverse("mfa_activate_totp"))

        assert answer.url.startswith(reverse("account_reauthenticate"))


class TestCompulsory:
    @pytest.fixture(autouse=True)
    def _on(self, settings):
        settings.SECOND_FACTOR_FOR_ADMINS = True

    @pytest.mark.parametrize("page", ["entry", "history", "export", "admin:index", "security", "invite"])
    def test_an_admin_without_one_is_led_to_set_it_up(self, admin, page):
        browser = give_password(admin)

        answer = browser.get(reverse(page))

        assert answer.url == reverse("set_up_factor")
        assert "authenticator app" in browser.get(answer.url).text

    def test_then_everything_is_open(self, admin):
        browser = give_password(admin)

        set_up(browser)

        assert is_in(browser)

    def test_the_last_one_can_t_be_removed(self, admin):
        browser = give_password(admin)
        set_up(browser)

        browser.post(reverse("mfa_deactivate_totp"))

        assert Authenticator.objects.filter(user=admin, type=Authenticator.Type.TOTP).exists()

    def test_a_recruiter_is_not_asked(self, recruiter):
        assert is_in(give_password(recruiter))

    def test_signing_out_is_always_possible(self, admin):
        assert give_password(admin).post(reverse("logout")).url == reverse("login")


class TestCompulsoryForAll:
    @pytest.fixture(autouse=True)
    def _on(self, settings):
        settings.SECOND_FACTOR_FOR_ALL = True

    def test_a_recruiter_without_one_is_led_to_set_it_up_and_then_goes_on(self, recruiter):
        browser = give_password(recruiter)
        assert browser.get(reverse("entry")).url == reverse("set_up_factor")

        set_up(browser)

        assert is_in(browser)

    def test_nothing_is_entered_before(self, recruiter):
        browser = give_password(recruiter)

        answer = browser.post(reverse("entry"), typed_form(last_name="Martin"))

        assert answer.url == reverse("set_up_factor")
        assert not Submission.objects.exists()

    def test_an_admin_and_somebody_without_a_role_are_asked_as_well(self, admin, recruiter):
        give_role(recruiter, None)

        for user in (admin, recruiter):
            assert give_password(user).get(reverse("security")).url == reverse("set_up_factor")

    def test_the_last_one_stays(self, recruiter):
        browser = give_password(recruiter)
        set_up(browser)

        browser.post(reverse("mfa_deactivate_totp"))

        assert Authenticator.objects.filter(user=recruiter, type=Authenticator.Type.TOTP).exists()

    def test_their_page_says_so_to_whoever_must_have_one(self, recruiter):
        browser = give_password(recruiter)
        set_up(browser)

        shown = browser.get(reverse("security")).text

        assert "You need one here." in shown
        assert "Admins" not in shown


class TestAnotherSecretKey:
    """With the one before it among the fallbacks nobody loses a second factor; without it, only before all is done."""

    OLD = "the one before, for tests alone 0123456789 abcdefgh"
    NEW = "the one of now, for tests alone 0123456789 abcdefgh"

    @pytest.fixture
    def codes(self, settings, signed_in, with_app) -> str:
        """A recovery code, of before the change."""
        return make_codes(signed_in)[0]

    @pytest.fixture(autouse=True)
    def _old(self, settings):
        settings.SECRET_KEY = self.OLD

    def rotate(self, settings) -> None:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = self.NEW, [self.OLD]

    def test_who_is_signed_in_stays_so(self, settings, signed_in):
        self.rotate(settings)

        assert is_in(signed_in)

    def test_an_app_s_code_and_a_recovery_code_let_in(self, settings, recruiter, with_app, codes):
        self.rotate(settings)
        first, second = give_password(recruiter), give_password(recruiter)

        first.post(reverse("mfa_authenticate"), {"code": code(with_app)})
        second.post(reverse("mfa_authenticate"), {"code": codes})

        assert is_in(first)
        assert is_in(second)

    def test_then_the_earlier_one_can_be_forgotten(self, settings, recruiter, with_app, codes, capsys):
        self.rotate(settings)
        call_command("encrypt_anew")
        settings.SECRET_KEY_FALLBACKS = []
        first, second = give_password(recruiter), give_password(recruiter)

        first.post(reverse("mfa_authenticate"), {"code": code(with_app)})
        second.post(reverse("mfa_authenticate"), {"code": codes})

        assert capsys.readouterr().out.startswith("1 second factors")
        assert is_in(first)
        assert is_in(second)

    def test_what_was_made_with_the_earlier_one_is_still_not_in_the_clear(self, settings, with_app):
        self.rotate(settings)
        before = str(list(Authenticator.objects.order_by("pk").values_list("data", flat=True)))

        call_command("encrypt_anew")

        after = str(list(Authenticator.objects.order_by("pk").values_list("data", flat=True)))
        assert before != after
        assert with_app not in after


class TestLost:
    def test_an_admin_removes_a_colleagues(self, admin_signed_in, admin, recruiter, with_app):
        admin_signed_in.post(reverse("remove_factors", args=[recruiter.pk]))

        assert is_in(give_password(recruiter))
        event = Event.objects.get(kind=Event.Kind.FACTOR_REMOVED)
        assert (event.actor, event.account) == (admin, recruiter)

    def test_a_recruiter_does_not(self, signed_in, with_app, recruiter):
        assert signed_in.post(reverse("remove_factors", args=[recruiter.pk])).status_code == 403

    def test_the_command_lets_an_only_admin_in_again(self, admin, admin_signed_in, monkeypatch, capsys):

        set_up(admin_signed_in)
        monkeypatch.setattr("sys.stdin", io.StringIO("ana of the portal"))

        call_command("portal_user", "ana", "--role", "admin")

        assert "second factors were removed" in capsys.readouterr().out
        assert is_in(give_password(admin))
        assert not is_in(admin_signed_in)
