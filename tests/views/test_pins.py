"""What a person has pinned: seen, carried into their next forms, and removed at once; and nothing else is carried."""

from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from accounts.models import Session
from contacts.models import Submission
from contacts.views import pins
from tests.entry_form import typed_form
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

KEPT = {"source": "conference", "tags": "Lyon, speaker", "current_company": "Acme"}


def submit(client, **fields):
    return client.post(reverse("entry"), typed_form(**fields))


def values(page) -> dict[str, object]:
    """What the single controls of a form hold, those that hold anything."""
    contact = page.context["entry"].contact
    shown = {name: contact[name].value() for name in contact.fields if name != "form_token"}
    return {name: value for name, value in shown.items() if value}


def blank(client, **query):
    return client.get(reverse("entry"), query)


class TestWhatIsCarried:
    def test_what_is_pinned_and_nothing_else(self, signed_in, sandbox):
        answer = submit(signed_in, then="another", last_name="Martin", pinned=["source", "tags", "first_name"], **KEPT)

        page = signed_in.get(answer.url)

        assert values(page) == {"source": "conference", "tags": "Lyon, speaker"}
        assert page.context["entry"].pinned == ["tags", "source"]
        # No value is in the address.
        assert "Lyon" not in answer.url

    def test_it_is_marked_as_pinned(self, signed_in, sandbox):
        submit(signed_in, pinned="source", **KEPT)

        assert 'id="id_source-mark">Pinned</p>' in blank(signed_in).text

    def test_nothing_where_nothing_is_pinned(self, signed_in, sandbox):
        answer = submit(signed_in, then="another", **KEPT)

        assert values(signed_in.get(answer.url)) == {}

    def test_it_is_carried_by_either_button_and_until_it_is_unpinned(self, signed_in, sandbox):
        submit(signed_in, then="show", pinned="source", **KEPT)
        assert values(blank(signed_in)) == {"source": "conference"}

        submit(signed_in, then="another", **KEPT)

        assert values(blank(signed_in)) == {}

    def test_a_link_that_prefills_a_field_goes_before_its_pin(self, signed_in, sandbox):
        submit(signed_in, pinned=["source", "tags"], **KEPT)

        page = blank(signed_in, source="linkedin", first_name="Karim")

        assert values(page) == {"first_name": "Karim", "source": "linkedin", "tags": "Lyon, speaker"}

    def test_a_copy_of_a_record_holds_what_the_record_holds(self, signed_in, sandbox):
        submit(signed_in, pinned="source", **KEPT)
        submit(signed_in, last_name="Haddad", pinned="source", source="meetup")
        first = Submission.objects.get(company="Acme")

        page = blank(signed_in, **{"from": first.pk})

        assert values(page)["source"] == "conference"
        assert page.context["entry"].pinned == ["source"]

    def test_a_draft_that_comes_back_holds_what_was_typed(self, signed_in, sandbox):
        submit(signed_in, pinned="source", **KEPT)
        submit(signed_in, first_name="", title="Engineer", pinned="source")

        page = signed_in.get(reverse("entry"), {"draft": signed_in.get(reverse("drafts")).context["drafts"][0].pk})

        assert values(page) == {"title": "Engineer"}


class TestRemoving:
    def test_one_press_takes_off_all_pins_and_their_values_and_leaves_the_rest(self, signed_in, sandbox):
        submit(signed_in, pinned=["source", "tags"], **KEPT)

        page = submit(signed_in, then="unpin", pinned=["source", "tags"], last_name="Haddad", **KEPT)

        assert values(page) == {"first_name": "Sophie", "last_name": "Haddad", "current_company": "Acme"}
        assert page.context["entry"].pinned == []
        assert values(blank(signed_in)) == {}

    def test_a_pinned_value_that_was_changed_stays_and_says_so(self, signed_in, sandbox):
        submit(signed_in, pinned=["source", "tags"], **KEPT)

        page = submit(signed_in, then="unpin", pinned=["source", "tags"], **KEPT | {"source": "meetup"})

        assert values(page) == {"first_name": "Sophie", "current_company": "Acme", "source": "meetup"}
        assert "No longer pinned. What you changed is kept." in page.text
        assert page.context["entry"].pinned == []

    def test_what_was_typed_and_ticked_but_never_carried_stays(self, signed_in, sandbox):
        submit(signed_in, pinned="source", **KEPT)

        page = submit(signed_in, then="unpin", pinned=["source", "tags"], **KEPT)

        assert values(page)["tags"] == "Lyon, speaker"

    def test_what_is_pinned_stays_so_when_the_form_comes_back(self, signed_in):
        page = submit(signed_in, first_name="", pinned="source")

        assert page.context["entry"].pinned == ["source"]


class TestWhosePins:
    def test_nobody_elses(self, signed_in, other_recruiter, client, sandbox):
        submit(signed_in, pinned="source", **KEPT)
        sign_in(client, other_recruiter)

        assert values(blank(client)) == {}

    def test_none_of_another_workspace(self, signed_in, sandbox, settings):
        submit(signed_in, pinned="source", **KEPT)
        settings.LEONAR_WORKSPACE = "another"

        assert values(blank(signed_in)) == {}


def no_session_is_saved(execute, sql, *rest):
    if sql.startswith("UPDATE") and "accounts_session" in sql:
        raise OperationalError("away")
    return execute(sql, *rest)


class TestWhereTheyCannotBeKept:
    """The contact is stored and sent by then, so whatever is said of the pins, it is not that nothing was saved."""

    def test_because_the_session_was_ended_meanwhile(self, signed_in, sandbox, monkeypatch):
        keep = pins.keep
        monkeypatch.setattr(pins, "keep", lambda *given: Session.objects.all().delete() and keep(*given))

        answer = submit(signed_in, tags="Lyon", pinned="tags")

        assert answer.status_code == 302
        assert answer.url == Submission.objects.get().get_absolute_url()

    def test_because_the_database_fails(self, signed_in, sandbox):
        signed_in.raise_request_exception = False
        with connection.execute_wrapper(no_session_is_saved):
            answer = submit(signed_in, tags="Lyon", pinned="tags")

        assert answer.status_code == 302
        assert answer.url == Submission.objects.get().get_absolute_url()

    def test_what_was_sent_before_with_other_content_comes_back_as_it_was_typed(self, signed_in, sandbox):
        token = str(uuid4())
        submit(signed_in, form_token=token, title="Engineer")

        signed_in.raise_request_exception = False
        with connection.execute_wrapper(no_session_is_saved):
            answer = submit(signed_in, form_token=token, title="Director", pinned="tags", tags="Lyon")

        assert answer.status_code == 503
        assert 'value="Director"' in answer.text
