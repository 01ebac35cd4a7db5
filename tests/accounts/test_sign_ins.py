"""Each sign-in, failure, lockout, denial, sign-out and change of role is a line of log: who and from where, no more."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from accounts import roles
from accounts.account import give_role

pytestmark = pytest.mark.django_db

WHERE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture(autouse=True)
def _at_info(caplog):
    caplog.set_level(logging.INFO, logger="accounts")


def sign_in(name: str, password: str) -> Client:
    browser = Client(**WHERE)
    browser.post(reverse("login"), {"username": name, "password": password})
    return browser


def test_a_sign_in(caplog, recruiter):
    sign_in("sophie", "sophie of the portal")

    assert caplog.messages[-1] == f"signed_in account={recruiter.pk} address=203.0.113.7 how=password"


def test_a_wrong_password(caplog, recruiter):
    sign_in("sophie", "not the password")

    assert caplog.messages[-1] == f"sign_in_failed account={recruiter.pk} address=203.0.113.7 how=password"
    assert "not the password" not in caplog.text


@pytest.mark.parametrize("typed", ["hunter2 typed in the wrong box", "line\nbreak", "nul\0", "x" * 5000])
@pytest.mark.parametrize("page", ["login", "admin:login"])
def test_what_is_typed_as_a_name_and_is_none_stays_out(caplog, typed, page):
    answer = Client(**WHERE).post(reverse(page), {"username": typed, "password": "x"})

    assert answer.status_code == 200
    assert typed[:20] not in caplog.text
    assert all("\n" not in message for message in caplog.messages)


def test_a_lockout(caplog, recruiter):
    for _ in range(5):
        sign_in("sophie", "wrong")

    assert f"locked_out account={recruiter.pk} address=203.0.113.7 how=password" in caplog.messages


def test_a_sign_out(caplog, recruiter):
    browser = sign_in("sophie", "sophie of the portal")

    browser.post(reverse("logout"))

    assert caplog.messages[-1] == f"signed_out account={recruiter.pk} address=203.0.113.7"


def test_a_denial_names_the_page_but_not_its_address(caplog, recruiter):
    browser = sign_in("sophie", "sophie of the portal")

    answer = browser.post(reverse("reopen_gate"))

    assert answer.status_code == 403
    said = f"denied account={recruiter.pk} address=203.0.113.7 page=reopen_gate"
    assert caplog.messages[-1] == said


@pytest.mark.parametrize(
    ("method", "page", "status"), [("get", "/events/export.csv?since=x", 400), ("put", "/contacts/new/", 405)]
)
def test_a_request_that_no_page_makes(caplog, admin, method, page, status):
    browser = sign_in("ana", "ana of the portal")

    getattr(browser, method)(page)

    assert any(
        message.startswith(f"refused account={admin.pk} address=203.0.113.7 page=")
        and message.endswith(f" status={status}")
        for message in caplog.messages
    )


def test_a_change_of_role(caplog, recruiter, admin):
    give_role(recruiter, roles.ADMIN, by=admin)

    said = f"role_changed account={recruiter.pk} address=- from=recruiter to=admin by={admin.pk}"
    assert caplog.messages[-1] == said
