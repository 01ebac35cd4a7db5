"""The headers of every answer: pages, errors, redirects, static files, Django admin, health."""

import re

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from contacts.views import entry
from tests.observatory import score

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
PAGES = {
    "a page": ("get", "/contacts/new/", 200),
    "an invalid form": ("post", "/contacts/new/", 422),
    "Django admin": ("get", "/admin/", 200),
    "a list of Django admin": ("get", "/admin/contacts/submission/", 200),
    "a form of Django admin": ("get", "/admin/accounts/user/add/", 200),
    "a redirect": ("get", "/", 302),
    "a redirect without a slash": ("get", "/contacts/new", 301),
    "JSON": ("get", "/suggestions/?field=tags", 200),
    "the export": ("get", "/submissions/export.csv", 200),
    "400": ("get", "/submissions/export.csv?since=never", 400),
    "404": ("get", "/nowhere/", 404),
    "405": ("get", "/gate/reopen/", 405),
    "another 405": ("put", "/contacts/new/", 405),
    "health": ("get", "/healthz", 200),
    "readiness": ("get", "/readyz", 200),
    "a style": ("get", "/static/css/base.css", 200),
    "a script": ("get", "/static/js/submit-once.js", 200),
    "a script of Django admin": ("get", "/static/admin/js/theme.js", 200),
    "a picture": ("get", "/static/img/favicon.svg", 200),
    "no such file": ("get", "/static/nowhere.css", 404),
}
# Where what is sent is the same for everybody.
PUBLIC = ("/static/", "/healthz", "/readyz")


def policy(answer) -> dict[str, str]:
    """The content security policy, by directive."""
    directives = answer["Content-Security-Policy"].split(";")
    return {name: value for name, _space, value in (one.strip().partition(" ") for one in directives)}


def check(answer) -> None:
    """Asserts that an answer has all headers, over https."""
    assert {name: answer.get(name) for name in ALWAYS} == ALWAYS
    rules = policy(answer)
    assert {name: rules.get(name) for name in ("default-src", "object-src", "base-uri", "frame-ancestors")} == {
        "default-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert (rules["script-src"], rules["style-src"], rules["form-action"]) == ("'self'", "'self'", "'self'")
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "camera=()" in answer["Permissions-Policy"]
    assert int(re.search(r"max-age=(\d+); includeSubDomains", answer["Strict-Transport-Security"])[1]) >= 31536000
    assert "Server" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers or not answer.headers["Content-Type"].startswith(
        "text/html"
    )


@pytest.mark.parametrize("name", PAGES)
def test_every_answer_has_them(admin_signed_in, name):
    method, path, status = PAGES[name]

    answer = getattr(admin_signed_in, method)(path, secure=True)
    answer.getvalue()

    assert answer.status_code == status
    check(answer)
    kind = answer.get("Content-Type", "")
    assert re.search('charset="?utf-8', kind) or not kind.startswith("text/")
    assert "no-store" in answer.get("Cache-Control", "") or path.startswith(PUBLIC) or status == 301


def test_the_sign_in_page_and_what_leads_to_it(client):
    for path in ("/", "/accounts/login/", "/submissions/"):
        check(client.get(path, secure=True))


def test_a_host_that_is_not_ours(client):
    answer = client.get("/accounts/login/", secure=True, headers={"Host": "elsewhere.example"})

    assert answer.status_code == 400
    check(answer)


def test_a_form_without_its_token(recruiter):
    browser = Client(enforce_csrf_checks=True)

    answer = browser.post("/accounts/login/", {"username": "sophie", "password": "x"}, secure=True)

    assert answer.status_code == 403
    check(answer)


def test_too_many_wrong_passwords(client, recruiter):
    for _ in range(6):
        answer = client.post(reverse("login"), {"username": "sophie", "password": "x"}, secure=True)

    assert answer.status_code == 429
    check(answer)


@pytest.mark.parametrize(("fault", "status"), [(ZeroDivisionError, 500), (OperationalError, 503)])
def test_a_mistake_and_a_database_that_is_away(signed_in, monkeypatch, fault, status):
    def fail(request):
        raise fault

    monkeypatch.setattr(entry, "_draft", fail)
    signed_in.raise_request_exception = False

    answer = signed_in.get(reverse("entry"), secure=True)

    assert answer.status_code == status
    check(answer)
    assert "no-store" in answer["Cache-Control"]


def come_in(browser: Client) -> None:
    """Signs Sophie in by the page, over https."""
    browser.get(reverse("login"), secure=True)
    browser.post(reverse("login"), {"username": "sophie", "password": "sophie of the portal"}, secure=True)


class TestCookies:
    def test_over_https_each_is_bound_to_this_host(self, client, recruiter):
        come_in(client)

        assert set(client.cookies) == {"__Host-sessionid", "__Host-csrftoken", "__Host-device"}
        for cookie in client.cookies.values():
            assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
            assert (cookie["path"], cookie["domain"]) == ("/", "")

    def test_so_is_the_one_that_holds_a_message(self, admin_signed_in):
        answer = admin_signed_in.post(reverse("reopen_gate"), secure=True)

        assert "__Host-messages" in answer.cookies


class TestObservatory:
    def test_the_sign_in_page_has_what_can_be_had_without_being_on_browsers_lists(self, client):
        assert score(client, "/accounts/login/") >= 135

    def test_a_page_of_somebody_signed_in_has_too(self, client, recruiter):
        come_in(client)

        assert score(client, reverse("entry")) >= 135

    def test_each_thing_that_is_missing_costs_points(self, client, settings):
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": ["'unsafe-inline'"]}}

        assert score(client, "/accounts/login/") == 100 - 20


OUTSIDE = re.compile(r"""(?:src|href|action|formaction|poster|data|url)\s*[=(]\s*["']?((?:https?:)?//[^"')\s>]+)""")


@pytest.mark.parametrize("name", [name for name, asked in PAGES.items() if asked[2] in (200, 404, 405, 422)])
def test_no_page_style_or_script_asks_anybody_else(admin_signed_in, settings, name):
    method, path, _status = PAGES[name]
    answer = getattr(admin_signed_in, method)(path)

    text = answer.getvalue().decode()
    loaded = [
        link for tag in re.findall(r"<(?!a\b)[^>]*>|url\([^)]*\)|import [^;]*;", text) for link in OUTSIDE.findall(tag)
    ]

    assert loaded == []
