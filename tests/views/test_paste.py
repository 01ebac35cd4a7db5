"""The paste box without scripts: an ordinary submit that brings the form back filled."""

import pytest
from django.urls import reverse

from contacts.models import Draft, Submission
from tests.entry_form import typed_form

pytestmark = pytest.mark.django_db

SIGNATURE = "Sophie MARTIN\nsophie@acme.example\nTél. 06 12 34 56 78\nSIRET 123 456 789 00012"


def read(client, **fields):
    return client.post(reverse("entry"), typed_form(first_name="", then="read", paste=SIGNATURE) | fields)


def test_blank_fields_are_filled_and_nothing_is_sent(signed_in, sandbox):
    page = read(signed_in)

    assert page.status_code == 200
    assert 'value="sophie@acme.example"' in page.text
    assert 'value="Martin"' in page.text
    assert "From what you pasted" in page.text
    assert "There is a problem" not in page.text
    assert not Submission.objects.exists()
    assert sandbox.ledger() == []


def test_what_was_typed_stays_and_the_rest_is_told(signed_in):
    page = read(signed_in, first_name="Zoé", years_experience="seven")

    assert 'value="Zoé"' in page.text
    assert 'value="seven"' in page.text
    assert "First name: Sophie" in page.text
    assert "SIRET 123 456 789 00012" in page.text.split("These pieces found no field")[1]


def test_the_form_that_was_filled_is_created_at_the_next_press(signed_in, sandbox):
    page = read(signed_in)
    form = page.context["entry"]
    controls = [bound for part in (form.contact, *form.emails, *form.phones) for bound in part]
    filled = {bound.html_name: bound.value() for bound in controls if bound.value()}

    answer = signed_in.post(reverse("entry"), filled | {"paste": form.paste, "asked": form.asked})

    assert answer.status_code == 302
    assert [entry["body"] for entry in sandbox.ledger()] == [
        {"first_name": "Sophie", "last_name": "Martin", "email": "sophie@acme.example", "phone": "+33612345678"}
    ]
    assert "paste" not in Submission.objects.get().typed


def test_text_that_was_not_read_is_asked_about_before_it_is_lost(signed_in, sandbox):
    page = signed_in.post(reverse("entry"), typed_form(paste=SIGNATURE))

    assert page.status_code == 422
    assert "what you pasted is not in the form" in page.text
    assert "SIRET 123 456 789 00012" in page.text
    assert signed_in.post(reverse("entry"), typed_form(paste=SIGNATURE, asked=page.context["entry"].asked)).url


def test_an_empty_box_and_too_much_text_say_so(signed_in):
    assert "There is nothing in the box to read" in read(signed_in, paste=" ").text
    assert "Nothing was read" in read(signed_in, paste="x" * 70_000).text


def test_markup_in_what_was_pasted_is_text(signed_in):
    page = read(signed_in, paste="</textarea><script>alert(1)</script>")

    assert "<script>alert" not in page.text


def test_the_box_is_kept_with_the_form_when_the_sign_in_has_expired(signed_in, client):
    page = signed_in.get(reverse("entry"))
    proof = page.text.split('name="form_proof" value="')[1].split('"')[0]

    client.post(reverse("entry"), {"form_token": page.context["entry"].token, "form_proof": proof, "paste": SIGNATURE})

    assert Draft.objects.get().typed == {"paste": [SIGNATURE]}
    assert "SIRET 123 456 789 00012" in signed_in.get(reverse("entry")).text
