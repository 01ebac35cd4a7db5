"""The fragment beside the form: the contact as its record would show it, while it is typed."""

import pytest
from django.urls import reverse

from contacts.models import Draft, Submission
from tests.entry_form import typed_form
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


def shown(client, **fields):
    answer = client.post(reverse("live"), typed_form(**fields))
    assert answer.status_code == 200
    return answer.text


def test_the_contact_is_shown_as_its_record_would(signed_in, sandbox):
    everything = {
        "last_name": "Martin",
        "title": "CTO",
        "current_company": "Acme",
        "emails-0-email": "sophie@acme.example",
        "phones-0-phone": "06 12 34 56 78",
        "tags": "Lyon, speaker",
    }

    fragment = shown(signed_in, **everything)

    record = signed_in.get(signed_in.post(reverse("entry"), typed_form(**everything)).url).text
    card = fragment.split("<article")[1].split("</dl>")[0]
    assert "Sophie Martin" in card
    assert "CTO at Acme" in card
    # What Leonar adds to a created contact comes after what was entered.
    assert record.split("<article")[1].startswith(card.rstrip())


def test_what_is_not_valid_yet_is_left_out_and_not_complained_about(signed_in):
    fragment = shown(
        signed_in, **{"first_name": "", "last_name": "Martin", "emails-0-email": "sophie@", "title": "CTO"}
    )

    assert "CTO" in fragment
    assert "sophie@" not in fragment
    assert "Error" not in fragment
    assert "required" not in fragment


def test_a_form_that_comes_back_has_its_card_already(signed_in):
    answer = signed_in.post(reverse("entry"), typed_form(title="CTO", years_experience="seven"))

    assert answer.status_code == 422
    assert "CTO" in answer.text.split("<article")[1].split("</header>")[0]


def test_a_blank_form_has_no_card(signed_in):
    assert "<article" not in shown(signed_in, first_name="")


def test_what_was_pasted_and_what_is_kept_is_marked(signed_in):
    fragment = shown(
        signed_in,
        **{"emails-0-email": "sophie@acme.example", "source": "meetup"},
        marked="emails-0-email",
        pinned="source",
    )

    assert fragment.count("is-pasted") == 1
    assert "kept" in fragment.split("Source")[1]


def test_nothing_is_sent_or_kept(signed_in, sandbox):
    shown(signed_in, title="CTO")

    assert not Submission.objects.exists()
    assert not Draft.objects.exists()
    assert sandbox.ledger() == []


def test_anything_that_can_be_posted_gives_a_fragment(signed_in):
    forged = {"emails-TOTAL_FORMS": "999", "custom_data-0-value": "x", "years_experience": "many", "company_id": "?"}

    assert "data-part" in shown(signed_in, **forged, tags="x" * 5000, marked=["", "a-b-c"], pinned="<script>")


def test_it_needs_an_account_and_takes_nothing_but_a_post(client, signed_in):
    assert signed_in.get(reverse("live")).status_code == 405
    client.logout()
    assert client.post(reverse("live"), typed_form()).status_code == 302
    assert not Draft.objects.exists()


def test_it_shows_only_what_was_posted(client, other_recruiter, signed_in):
    shown(signed_in, title="CTO")

    assert "CTO" not in shown(sign_in(client, other_recruiter), first_name="Karim")
