"""Somebody whom Leonar holds already, beyond what the portal sent: told where the key may read, and quietly not."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse

from contacts.leonar.client import LeonarClient
from contacts.lookups import in_leonar, remembering
from contacts.models import Submission
from tests.entry_form import typed_form
from tests.submissions import sent

pytestmark = pytest.mark.django_db

KARIM = {
    "first_name": "Karim",
    "last_name": "Haddad",
    "email": "karim@acme.example",
    "current_company": "Acme",
    "linkedin_profile": "https://www.linkedin.com/in/karim-h",
}
TWIN = {"first_name": "Karim", "last_name": "Haddad", "emails-0-email": "karim@acme.example"}


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


@pytest.fixture
def held(recruiter, sandbox):
    """A contact that Leonar holds and of which the portal knows nothing any more."""
    sent(recruiter, KARIM)
    Submission.objects.all().delete()


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """Fills up with a mark for each time that Leonar is asked."""
    marks: list[str] = []
    ask = remembering.ask
    monkeypatch.setattr(remembering, "ask", lambda call: (marks.append("asked"), ask(call))[1])
    return marks


@pytest.mark.parametrize(
    ("typed", "matched", "is_twin"),
    [
        ({"first_name": "karim", "last_name": "HADDAD", "email": "KARIM@acme.example"}, ("email",), True),
        ({"first_name": "Karim", "last_name": "Haddad", "current_company": "ACME"}, ("name_company",), False),
        ({"first_name": "K", "linkedin_profile": "fr.linkedin.com/in/Karim-H/"}, ("linkedin",), False),
    ],
)
def test_a_contact_that_shares_a_key_is_told_with_its_date(held, typed, matched, is_twin):
    (found,) = in_leonar.find(typed)

    assert (found.matched, found.is_twin) == (matched, is_twin)
    assert found.created_at is not None


@pytest.mark.parametrize("created_at", ["2026-03-14T09:26:53", "2026-02-30T09:26:53Z", "soon", 7, None])
def test_a_date_that_is_none_is_not_told(held, monkeypatch, signed_in, created_at):
    search = LeonarClient.search_contacts

    def dated(client, **asked):
        reply = search(client, **asked)
        return replace(reply, data=[each | {"created_at": created_at} for each in reply.data])

    monkeypatch.setattr(LeonarClient, "search_contacts", dated)

    page = signed_in.post(reverse("entry"), typed_form(**TWIN))

    assert page.status_code == 422
    assert "Karim Haddad, with the same e-mail, is in Leonar already." in page.text


def test_a_namesake_is_not(held):
    assert in_leonar.find({"first_name": "Karim", "last_name": "Haddad", "current_company": "Globex"}) == []


def test_what_the_portal_sent_is_told_from_its_own_keys_alone(recruiter, sandbox):
    sent(recruiter, KARIM)

    assert in_leonar.find(KARIM) == []


def test_whoever_types_on_does_not_ask_again(held, asked):
    for title in ("", "E", "En"):
        in_leonar.find(KARIM | {"title": title})

    assert len(asked) == 2


@pytest.mark.parametrize("failure", [{"mode": "status", "status": 403}, {"mode": "status", "status": 500}])
def test_where_leonar_refuses_or_fails_nothing_is_said_and_it_is_not_asked_at_each_key(held, sandbox, asked, failure):
    sandbox.misbehave(**failure)

    assert in_leonar.find(KARIM) == []
    assert in_leonar.find(KARIM | {"last_name": "Haddadi"}) == []
    assert len(asked) == 1


def test_a_first_name_alone_is_not_searched_for(held, asked):
    assert in_leonar.find({"first_name": "Karim", "email": "karim@acme.example"}) == []
    assert asked == []


class TestOnThePage:
    def test_the_fact_and_the_date_are_told_and_nothing_else(self, held, signed_in):
        form = typed_form(first_name="Karim", last_name="Haddad", **{"emails-0-email": "karim@acme.example"})

        fragment = signed_in.post(reverse("in_leonar"), form).text

        assert "<b>Same e-mail</b> and name" in fragment
        assert "created just now" in fragment
        assert "Acme" not in fragment
        assert "karim-h" not in fragment

    def test_of_a_stranger_nothing_is_said(self, held, signed_in):
        assert signed_in.post(reverse("in_leonar"), typed_form(last_name="Martin")).text.strip() == ""

    def test_it_needs_an_account_and_takes_nothing_but_a_post(self, client, signed_in):
        assert client.post(reverse("in_leonar"), typed_form()).status_code == 302
        assert signed_in.get(reverse("in_leonar")).status_code == 405


class TestTheFirstPress:
    """Nobody is sent to Leonar a second time without being asked, and nobody waits for Leonar to say so."""

    def test_is_stopped_once_for_a_twin_that_only_leonar_has(self, held, signed_in):
        form = typed_form(**TWIN)

        page = signed_in.post(reverse("entry"), form)
        again = signed_in.post(reverse("entry"), form | {"asked": page.context["entry"].asked})

        assert page.status_code == 422
        assert "Karim Haddad, with the same e-mail, is in Leonar already, created just now." in page.text
        assert again.status_code == 302

    def test_asks_nothing_more_where_the_page_has_asked(self, held, signed_in, asked):
        signed_in.post(reverse("in_leonar"), typed_form(**TWIN))
        asked.clear()

        assert signed_in.post(reverse("entry"), typed_form(**TWIN)).status_code == 422
        assert asked == []

    @pytest.mark.parametrize(
        "changed",
        [{"last_name": ""}, {"emails-0-email": ""}, {"emails-0-email": "k@other.example"}, {"last_name": "H"}],
    )
    def test_goes_through_for_anybody_else(self, held, signed_in, changed):
        assert signed_in.post(reverse("entry"), typed_form(**TWIN | changed)).status_code == 302

    @pytest.mark.parametrize(
        "failure",
        [
            {"mode": "status", "status": 403, "code": "insufficient_scope"},
            {"mode": "status", "status": 500},
            {"mode": "delay", "seconds": 5},
        ],
        ids=["may not search", "fails", "slow"],
    )
    def test_goes_through_where_leonar_does_not_say(self, held, signed_in, sandbox, asked, failure):
        sandbox.misbehave(**failure, only="POST /contacts/search", calls=9)

        assert signed_in.post(reverse("entry"), typed_form(**TWIN)).status_code == 302
        # One search, which a clock of its own ends.
        assert len(asked) == 1

    def test_a_second_press_of_a_form_that_was_stored_is_not_stopped_by_its_own_contact(self, held, signed_in, sandbox):
        form = typed_form(**TWIN)
        page = signed_in.post(reverse("entry"), form)
        signed_in.post(reverse("entry"), form | {"asked": page.context["entry"].asked})
        Submission.objects.update(contact_id=uuid4())

        assert signed_in.post(reverse("entry"), form).status_code == 302
