"""`manage.py portal_user` makes and changes accounts."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import roles
from accounts.account import role_of
from accounts.management.commands import portal_user
from accounts.models import User
from contacts.models import Event

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


def run(name: str, *arguments: str) -> str:
    printed = io.StringIO()
    call_command(name, *arguments, stdout=printed)
    return printed.getvalue()


@pytest.fixture
def type_in(monkeypatch):
    """What reaches the command on standard input."""

    def type_in(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return type_in


@pytest.fixture
def at_a_terminal(monkeypatch, type_in):
    """What a person answers to the prompts."""

    def at_a_terminal(*answers: str) -> None:
        type_in("")
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        left = list(answers)
        monkeypatch.setattr(portal_user, "getpass", lambda prompt: left.pop(0))

    return at_a_terminal


def test_it_makes_a_recruiter_who_can_sign_in(type_in, client):
    type_in(f"{PASSWORD}\n")

    said = run("portal_user", "sophie", "--role", "recruiter")

    sophie = User.objects.get(username="sophie")
    assert said == "sophie was made; role: recruiter.\n"
    assert client.post(reverse("login"), {"username": "sophie", "password": PASSWORD}).status_code == 302
    assert role_of(sophie) == roles.RECRUITER
    assert not sophie.is_staff


def test_an_admin_may_enter_django_admin(type_in):
    type_in(PASSWORD)

    run("portal_user", "ana", "--role", "admin")

    ana = User.objects.get(username="ana")
    assert role_of(ana) == roles.ADMIN
    assert ana.is_staff
    assert not ana.is_superuser


def test_a_second_run_changes_role_and_password(type_in):
    type_in(PASSWORD)
    run("portal_user", "ana", "--role", "admin")
    type_in("another long one")

    said = run("portal_user", "ana", "--role", "recruiter")

    ana = User.objects.get(username="ana")
    assert said == "ana was changed; role: recruiter.\n"
    assert ana.check_password("another long one")
    assert [group.name for group in ana.groups.all()] == ["recruiter"]
    assert not ana.is_staff


def test_an_account_that_was_switched_off_is_on_again(type_in, recruiter):
    User.objects.update(is_active=False)
    type_in(PASSWORD)

    run("portal_user", recruiter.username, "--role", "recruiter")

    assert User.objects.get().is_active


@pytest.mark.parametrize(
    ("password", "because"),
    [("", "too short"), ("short", "too short"), ("1234567890123", "common"), ("leonar-portal-2026", "words")],
)
def test_a_weak_password_is_refused_and_nothing_is_made(type_in, password, because):
    type_in(password)

    with pytest.raises(CommandError, match=because):
        run("portal_user", "sophie", "--role", "recruiter")

    assert not User.objects.exists()


def test_a_password_like_the_name_is_refused(type_in):
    type_in("sophie-martin")

    with pytest.raises(CommandError, match="similar"):
        run("portal_user", "sophie.martin", "--role", "recruiter")


def test_a_name_that_nobody_could_sign_in_with_is_refused(type_in):
    type_in(PASSWORD)

    with pytest.raises(CommandError, match="valid username"):
        run("portal_user", "sophie martin", "--role", "recruiter")


def test_a_name_is_kept_as_signing_in_reads_it(type_in, client):
    type_in(PASSWORD)

    run("portal_user", "ﬁona", "--role", "recruiter")

    assert client.post(reverse("login"), {"username": "ﬁona", "password": PASSWORD}).status_code == 302
    assert User.objects.filter(username="fiona").exists()


def test_a_role_that_does_not_exist_is_refused():
    with pytest.raises(CommandError, match="invalid choice"):
        run("portal_user", "sophie", "--role", "manager")


def test_a_prompt_asks_twice(at_a_terminal):
    at_a_terminal(PASSWORD, PASSWORD)

    run("portal_user", "sophie", "--role", "recruiter")

    assert User.objects.get().check_password(PASSWORD)


def test_two_different_answers_change_nothing(at_a_terminal):
    at_a_terminal(PASSWORD, "something else")

    with pytest.raises(CommandError, match="differ"):
        run("portal_user", "sophie", "--role", "recruiter")

    assert not User.objects.exists()


def test_a_changed_role_is_on_record_and_names_nobody_who_did_it(type_in):
    type_in(PASSWORD)
    run("portal_user", "ana", "--role", "recruiter")
    type_in(PASSWORD)
    run("portal_user", "ana", "--role", "admin")
    type_in(PASSWORD)
    run("portal_user", "ana", "--role", "admin")

    changes = Event.objects.filter(kind=Event.Kind.ROLE_CHANGED).order_by("pk")

    assert [event.details for event in changes] == [
        {"from": None, "to": "recruiter", "command": "portal_user"},
        {"from": "recruiter", "to": "admin", "command": "portal_user"},
    ]
    assert {event.account.username for event in changes} == {"ana"}
    assert {event.actor for event in changes} == {None}


def test_the_record_says_that_it_was_the_command_line(type_in, admin_signed_in):
    type_in(PASSWORD)
    run("portal_user", "sophie", "--role", "recruiter")

    page = admin_signed_in.get(reverse("events"), {"group": "accounts"})

    of_sophie = page.text.split("<tr ")[1]
    assert "The command line" in of_sophie
    assert "command: portal_user" in of_sophie


def test_it_lets_an_only_admin_in_again_whom_wrong_passwords_locked_out(type_in, admin):
    browser = Client()
    for _ in range(5):
        browser.post(reverse("login"), {"username": admin.username, "password": "wrong"})
    right = {"username": admin.username, "password": PASSWORD}
    assert browser.post(reverse("login"), right).status_code == 429
    type_in(PASSWORD)

    run("portal_user", admin.username, "--role", "admin")

    assert browser.post(reverse("login"), right).status_code == 302
