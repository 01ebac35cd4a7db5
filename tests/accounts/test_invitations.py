"""An invitation: a link by which somebody chooses a password, good once and for a while."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.account import role_of
from accounts.models import User
from accounts.views.people import FirstPasswordForm
from contacts.models import Event
from tests.conftest import make_account
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


def invite(browser: Client, **fields: str):
    chosen = {"username": "noor", "email": "noor@example.com", "role": roles.RECRUITER} | fields
    return browser.post(reverse("invite"), chosen)


def open_link(link: str) -> tuple[Client, object]:
    """A stranger's browser on the link's page."""
    browser = Client()
    return browser, browser.get(urlsplit(link).path, follow=True)


def choose(link: str, password: str = PASSWORD):
    browser, page = open_link(link)
    return browser.post(page.request["PATH_INFO"], {"new_password1": password, "new_password2": password})


def signs_in(name: str, password: str = PASSWORD) -> bool:
    return Client().post(reverse("login"), {"username": name, "password": password}).status_code == 302


@pytest.fixture
def link(admin_signed_in) -> str:
    return invite(admin_signed_in).context["link"]


class TestTheLink:
    def test_whoever_has_it_chooses_the_password_and_signs_in(self, link):
        assert choose(link).url == reverse("login")

        noor = User.objects.get(username="noor")
        assert role_of(noor) == roles.RECRUITER
        assert signs_in("noor")

    def test_it_works_once(self, link):
        choose(link)

        choose(link, "somebody else's choice")

        assert "This link has ended" in open_link(link)[1].text
        assert not signs_in("noor", "somebody else's choice")

    def test_it_works_once_for_two_who_press_at_the_same_moment(self, link, monkeypatch):
        browser, page = open_link(link)
        own = FirstPasswordForm.clean

        def clean(form):
            # Whoever has opened it as well is done between this one's first look at the link and the password.
            monkeypatch.setattr(FirstPasswordForm, "clean", own)
            choose(link)
            return own(form)

        monkeypatch.setattr(FirstPasswordForm, "clean", clean)
        late = {"new_password1": "somebody else's choice", "new_password2": "somebody else's choice"}
        answer = browser.post(page.request["PATH_INFO"], late)

        assert "This link has ended" in answer.text
        assert signs_in("noor")
        assert not signs_in("noor", "somebody else's choice")

    def test_it_ends_after_three_days(self, link):
        with time_machine.travel(timezone.now() + timedelta(hours=75), tick=False):
            assert "This link has ended" in open_link(link)[1].text

    def test_it_ends_when_another_is_made(self, link, admin_signed_in):
        noor = User.objects.get(username="noor")

        another = admin_signed_in.post(reverse("new_link", args=[noor.pk])).context["link"]

        assert "This link has ended" in open_link(link)[1].text
        assert choose(another).url == reverse("login")

    def test_it_ends_when_the_account_is_switched_off(self, link):
        User.objects.filter(username="noor").update(is_active=False)

        assert "This link has ended" in open_link(link)[1].text

    def test_a_made_up_one_opens_nothing(self, link):
        assert "This link has ended" in open_link(link[:-3] + "xx/")[1].text

    def test_the_token_does_not_stay_in_the_address(self, link):
        token = link.rstrip("/").rsplit("/", 1)[1]

        _, page = open_link(link)

        assert token not in page.request["PATH_INFO"]

    @pytest.mark.parametrize("password", ["short", "leonarportal2026", "password1234"])
    def test_a_weak_password_is_refused(self, link, password):
        assert choose(link, password).status_code == 200
        assert not User.objects.get(username="noor").has_usable_password()

    def test_until_then_nobody_signs_in(self, link):
        assert not signs_in("noor", "")


class TestMakingIt:
    def test_it_is_on_record_and_the_link_is_not(self, link, admin):
        event = Event.objects.get(kind=Event.Kind.INVITED)

        assert (event.actor, event.account.username) == (admin, "noor")
        assert link.rstrip("/").rsplit("/", 1)[1] not in str(event.details)

    def test_it_is_mailed_where_mail_goes_out(self, admin_signed_in, settings):
        settings.SENDS_MAIL = True

        page = invite(admin_signed_in)

        assert mail.outbox[0].to == ["noor@example.com"]
        assert page.context["link"] in mail.outbox[0].body
        assert "It was sent to noor@example.com" in page.text

    def test_a_name_that_is_taken_is_refused(self, admin_signed_in, recruiter):
        assert invite(admin_signed_in, username=recruiter.username).status_code == 422

    @pytest.mark.parametrize("name", ["SOPHIE", "ｓｏｐｈｉｅ"])
    def test_so_is_one_that_passes_for_another(self, admin_signed_in, recruiter, name):
        assert invite(admin_signed_in, username=name).status_code == 422

    def test_a_name_is_kept_as_signing_in_reads_it(self, admin_signed_in):
        link = invite(admin_signed_in, username="ﬁona", email="fiona@EXAMPLE.com").context["link"]

        choose(link)

        assert signs_in("fiona")
        assert signs_in("ﬁona")
        assert User.objects.get(username="fiona").email == "fiona@example.com"

    @pytest.mark.parametrize("page", ["invite"])
    def test_a_recruiter_invites_nobody(self, signed_in, page):
        assert signed_in.get(reverse(page)).status_code == 403
        assert invite(signed_in).status_code == 403

    def test_a_lost_password_is_replaced_by_the_same_way(self, admin_signed_in, recruiter):
        owner = sign_in(Client(), recruiter)
        link = admin_signed_in.post(reverse("new_link", args=[recruiter.pk])).context["link"]

        choose(link)

        assert signs_in(recruiter.username)
        assert owner.get(reverse("history")).status_code == 302

    def test_a_superuser_is_out_of_an_admins_reach(self, admin_signed_in):
        owner = User.objects.create_superuser("owner")

        for act in ("new_link", "end_sessions", "remove_factors"):
            assert admin_signed_in.post(reverse(act, args=[owner.pk])).status_code == 403
        assert admin_signed_in.get(reverse("person", args=[owner.pk])).status_code == 403

    def test_another_admin_is_not(self, admin_signed_in):
        other = make_account("bob", roles.ADMIN)

        assert admin_signed_in.get(reverse("person", args=[other.pk])).status_code == 200
