"""The paste box without scripts: an ordinary submit that brings the form back filled."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contacts.models import Draft, Submission
from contacts.reading.files import ENDINGS
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
    assert "From “MARTIN”" in page.text
    assert "From “06 12 34 56 78”" in page.text
    assert "There is a problem" not in page.text
    assert not Submission.objects.exists()
    assert sandbox.ledger() == []


def test_what_was_typed_stays_and_the_rest_is_told(signed_in):
    page = read(signed_in, first_name="Zoé", years_experience="seven")

    assert 'value="Zoé"' in page.text
    assert 'value="seven"' in page.text
    waiting = page.text.split("Not placed yet")[1]
    assert 'name="leftover" value="Sophie"' in waiting
    assert "First name holds something else" in waiting
    assert 'name="leftover" value="SIRET 123 456 789 00012"' in waiting


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


def test_a_file_is_read_instead_of_the_box_whatever_its_charset(signed_in):
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lefèvre;Zoé\r\nEMAIL:zoe@acme.example\r\nEND:VCARD\r\n"

    page = read(signed_in, paste="", file=SimpleUploadedFile("zoe.vcf", card.encode("utf-16")))

    assert 'value="Lefèvre"' in page.text
    assert 'value="zoe@acme.example"' in page.text


def test_a_file_that_is_too_large_is_not_read_and_says_so(signed_in):
    page = read(signed_in, paste="", file=SimpleUploadedFile("all.vcf", b"BEGIN:VCARD\n" + b"x" * (4 * 1024 * 1024)))

    assert page.status_code == 200
    assert "Nothing was read" in page.text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("payroll.xlsx", b"Name: Zoe Lefevre"),
        ("zoe.vcf.exe", b"BEGIN:VCARD\nFN:Zoe Lefevre\nEND:VCARD\n"),
        ("zoe.txt", b"MZ\x00\x01\x02Name: Zoe Lefevre"),
        ("zoe.csv", b"PK\x03\x04Name: Zoe Lefevre"),
        ("zoe.vcf", b"Name: Zoe Lefevre"),
    ],
)
def test_a_file_that_is_none_of_those_that_are_read_is_refused_in_so_many_words(signed_in, name, data):
    page = read(signed_in, paste="", file=SimpleUploadedFile(name, data))

    assert page.status_code == 200
    assert "This file is not read here" in page.text
    assert "Lefevre" not in page.text


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_kind_that_the_page_offers_is_read(signed_in, ending):
    data = b"BEGIN:VCARD\nVERSION:3.0\nFN:Zoe Lefevre\nEND:VCARD\n" if ending[1] == "v" else b"Name: Zoe Lefevre\n"

    page = read(signed_in, paste="", file=SimpleUploadedFile(f"ZOE{ending.upper()}", data))

    assert "Lefevre" in page.text
    assert f"{ending}," in signed_in.get(reverse("entry")).text


def place(client, *pieces, **fields):
    texts, places = zip(*pieces, strict=True)
    form = typed_form(then="place", leftover=list(texts), leftover_to=list(places))
    return client.post(reverse("entry"), form | fields)


def test_a_piece_is_put_where_a_person_wants_it(signed_in):
    page = place(
        signed_in, ("Building C", "location"), ("Rust", "skills"), ("sophie@home.example", "emails"), ("x", "")
    )

    assert 'value="Building C"' in page.text
    assert 'value="Rust"' in page.text
    assert 'value="sophie@home.example"' in page.text
    assert re.findall('name="leftover" value="([^"]*)"', page.text) == ["x"]


def test_a_piece_is_put_behind_what_is_there_or_left_out(signed_in):
    held = {"location": "Lyon", "skills": "Go, SQL", "emails-0-email": "sophie@acme.example"}
    pieces = ("Building C", "location"), ("Rust", "skills"), ("sophie@home.example", "emails"), ("fax", "-")

    page = place(signed_in, *pieces, **held)

    form = page.context["entry"]
    assert form.contact["location"].value() == "Lyon Building C"
    assert form.contact["skills"].value() == "Go, SQL, Rust"
    assert [row["email"].value() for row in form.emails][:2] == ["sophie@acme.example", "sophie@home.example"]
    assert "Not placed yet" not in page.text


def test_a_piece_for_which_there_is_no_row_is_not_dropped(signed_in):
    held = {f"emails-{place}-email": f"sophie{place}@acme.example" for place in range(5)}

    page = place(signed_in, ("sophie@home.example", "emails"), ("Rust", "no_such_field"), **held)

    assert re.findall('name="leftover" value="([^"]*)"', page.text) == ["sophie@home.example", "Rust"]


def test_pieces_of_an_earlier_paste_wait_on(signed_in):
    page = read(signed_in, leftover=["Building C"], leftover_to=[""])

    assert re.findall('name="leftover" value="([^"]*)"', page.text) == ["Building C", "SIRET 123 456 789 00012"]


def test_pieces_that_wait_stop_nothing_and_are_not_kept(signed_in, sandbox):
    signed_in.post(reverse("entry"), typed_form(leftover=["Building C"], leftover_to=[""]))

    assert "leftover" not in Submission.objects.get().typed


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
