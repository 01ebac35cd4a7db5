"""Every address of the portal x everybody who may come to it x every method."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from accounts import roles
from accounts.models import User
from contacts.models import Draft, Gate, SavedView, Submission, current_workspace
from contacts.models.attempt import Attempt
from contacts.models.event import Event
from tests.conftest import make_account
from tests.sign_in import sign_in
from tests.submissions import sent
from tests.views import matrix
from tests.views.matrix import MATRIX, PEOPLE, REFUSED

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

METHODS = ("get", "post")
OTHER_METHODS = ("put", "patch", "delete", "options", "trace")
# HEAD is GET without the page: those ask it who are refused wherever anybody is, and who are let in wherever one is.
WITH_HEAD = (matrix.ANONYMOUS, matrix.ADMIN)
# What is behind these asks for no token: reading alone, or what the provider sends back.
NOT_ONLY_OURS = {404, 405}


def addresses(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every address that the resolver knows."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(one.pattern)
        yield from addresses(one.url_patterns, here) if hasattr(one, "url_patterns") else [here]


class Visitors:
    """Everybody, each in a browser of their own; and what Sophie has, at which the addresses point."""

    def __init__(self) -> None:
        self.owner = make_account("sophie", roles.RECRUITER)
        off = make_account("olga", roles.ADMIN)
        accounts = {
            matrix.NO_ROLE: User.objects.create_user("noor", password="noor of the portal"),
            matrix.STAFF_ONLY: User.objects.create_user("stan", password="stan of the portal", is_staff=True),
            matrix.OWNER: self.owner,
            matrix.OTHER: make_account("karim", roles.RECRUITER),
            matrix.ADMIN: make_account("ana", roles.ADMIN),
            matrix.DISABLED: off,
        }
        self.browsers = {name: sign_in(Client(), account) for name, account in accounts.items()}
        self.browsers[matrix.ANONYMOUS] = Client()
        self.guarded = sign_in(Client(enforce_csrf_checks=True), accounts[matrix.ADMIN])
        for browser in [*self.browsers.values(), self.guarded]:
            browser.raise_request_exception = False
        User.objects.filter(pk=off.pk).update(is_active=False)
        self.submission = sent(self.owner)
        own = {"owner": self.owner, "workspace": current_workspace()}
        then = self.submission.created_at
        # A slow machine takes so long over all of it that readiness would say what is due within a day to be late.
        Submission.objects.filter(pk=self.submission.pk).update(due_at=then + timedelta(days=2))
        draft = Draft.objects.create(token=uuid4(), typed={}, created_at=then, updated_at=then, **own)
        view = SavedView.objects.create(name="Mine", query="", **own)
        self._ids = {
            "submission_id": self.submission.pk,
            "draft_id": draft.pk,
            "view_id": view.pk,
            "account_id": self.owner.pk,
            "uidb64": "MQ",
            "token": "x-y",
            "record": "1/1/",
            "content_type_id": 1,
            "pk": 1,
            "event_id": 1,
        }

    def path(self, address: str) -> str:
        """The address with the ids of what is Sophie's."""
        path = address.replace("^(?P<app_label>accounts|contacts)/$", "contacts/").replace("(?P<url>.*)$", "nowhere")
        record = {
            "submission": self.submission.pk,
            "attempt": Attempt.objects.values_list("pk", flat=True).first(),
            "event": Event.objects.values_list("pk", flat=True).first(),
            "gate": Gate.objects.values_list("pk", flat=True).first(),
        }
        model = path.split("/")[2] if path.startswith("admin/contacts/") else ""
        ids = self._ids | {"id": self.owner.pk, "object_id": record.get(model, self.owner.pk)}
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(ids[found[1]]), path)

    def ask(self, who: str, method: str, path: str) -> HttpResponse:
        """What `who` is answered; nothing that was done stays done."""
        return _ask(self.browsers[who], method, path)


def _ask(browser: Client, method: str, path: str) -> HttpResponse:
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    with transaction.atomic():
        answer: Any = getattr(browser, method)(path)
        if answer.streaming:
            # An export that nobody reads to its end would be under way for ever.
            answer.getvalue()
        transaction.set_rollback(True)
    browser.cookies.clear()
    for name, value in cookies.items():
        browser.cookies[name] = value
    return answer


def test_every_address_has_a_line_in_the_matrix():
    unlisted = sorted(set(addresses()) - set(MATRIX))
    gone = sorted(set(MATRIX) - set(addresses()))

    assert not unlisted, f"say in tests/views/matrix.py who may come to {', '.join(unlisted)}"
    assert not gone, f"tests/views/matrix.py names what is not there: {', '.join(gone)}"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_everybody_meets_what_the_matrix_says():
    visitors, wrong = Visitors(), []
    for address, line in MATRIX.items():
        path = visitors.path(address)
        for who, method in [*product(PEOPLE, METHODS), *product(WITH_HEAD, ("head",))]:
            answer = visitors.ask(who, method, path)
            if not is_right(answer, method, line, REFUSED[line.who].get(who)):
                wrong.append(f"{method.upper()} {path} by {who}: {answer.status_code} {answer.get('Location', '')}")

    assert wrong == []


@pytest.mark.slow
def test_no_other_method_is_known_anywhere():
    visitors = Visitors()
    paths = [visitors.path(address) for address in MATRIX]

    known = [
        (method, path)
        for method, path in product(OTHER_METHODS, paths)
        if visitors.ask(matrix.ADMIN, method, path).status_code != 405
    ]

    assert known == []


@pytest.mark.slow
def test_nothing_is_done_without_the_token_of_a_page():
    visitors, done = Visitors(), []
    for address, line in MATRIX.items():
        if line.post == {405}:
            continue
        answer = _ask(visitors.guarded, "post", visitors.path(address))
        if answer.status_code != 403 and answer.status_code not in line.post & NOT_ONLY_OURS:
            done.append(f"{address}: {answer.status_code}")

    assert done == []


def is_right(answer: HttpResponse, method: str, line: matrix.Line, refusal: str | int | None) -> bool:
    """Whether this is the answer that the line says."""
    expected = line.post if method == "post" else line.get
    if refusal is None:
        return answer.status_code in expected
    if refusal == matrix.SIGN_IN:
        return answer.status_code == 302 and "/login/" in answer["Location"]
    # Whoever is refused may as well be told that there is no such method.
    return answer.status_code == refusal or (answer.status_code == 405 and expected == {405})
