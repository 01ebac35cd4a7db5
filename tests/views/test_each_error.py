"""Each invalid input is one item of the summary, which names its field, and one message at its control."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests.entry_form import typed_form

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LONG_ADDRESS = "x@" + "a." * 130 + "com"
DEEP = "[" * 60 + "]" * 60
# What is posted, and how the summary's item begins.
INVALID = [
    ({"first_name": ""}, "First name: enter"),
    ({"first_name": " \u200b"}, "First name: enter"),
    ({"first_name": "x" * 101}, "First name must be 100 characters or fewer. This one has 101."),
    ({"first_name": "x" * 3000}, "First name must be"),
    ({"last_name": "é" * 101}, "Last name must be 100 characters"),
    ({"title": "x" * 2001}, "Job title must be 2000 characters"),
    ({"current_company": "x" * 2001}, "Company must be 2000 characters"),
    ({"location": "x" * 2001}, "Location must be 2000 characters"),
    ({"source": "x" * 2001}, "Source must be 2000 characters"),
    ({"linkedin_profile": "Sophie Martin"}, "LinkedIn: enter a web address"),
    ({"linkedin_profile": "http://"}, "LinkedIn: enter a web address"),
    ({"linkedin_profile": "x" * 2001}, "LinkedIn must be 2000 characters"),
    ({"years_experience": "seven"}, "Years of experience must be a whole number"),
    ({"years_experience": "3.5"}, "Years of experience must be a whole number"),
    ({"years_experience": "7-8"}, "Years of experience must be a whole number"),
    ({"years_experience": "9" * 17}, "Years of experience must be a whole number"),
    ({"global_status": "unknown"}, "Status: choose from the list."),
    ({"company_id": "acme"}, "Company id must be an id like"),
    ({"company_id": "123e4567-e89b-12d3-a456-42661417400"}, "Company id must be an id like"),
    ({"skills": "x" * 201}, "Skills: “xxxxxxxxxxxxxxxxxxxx…” has 201 characters"),
    ({"skills": f"{'x' * 201}, {'y' * 202}, Rust"}, "Skills: “xxxxxxxxxxxxxxxxxxxx…” has 201 characters"),
    ({"languages": "x" * 201}, "Languages: “"),
    ({"contact_type": "x" * 201}, "Contact type: “"),
    ({"tags": "x" * 101}, "Tags: “xxxxxxxxxxxxxxxxxxxx…” has 101 characters. Each must be 100"),
    ({"tags": ",".join(map(str, range(501)))}, "Tags must be 500 items or fewer. This list has 501."),
    ({"skills": ",".join(map(str, range(501)))}, "Skills must be 500 items"),
    ({"emails-0-email": "sophie"}, "E-mail 1: enter one e-mail address"),
    ({"emails-0-email": "sophie@"}, "E-mail 1: enter one e-mail address"),
    ({"emails-1-email": "sophie@example"}, "E-mail 2: enter one e-mail address"),
    ({"emails-2-email": "so phie@example.com"}, "E-mail 3: enter one e-mail address"),
    ({"emails-3-email": "sophie..m@example.com"}, "E-mail 4: enter one e-mail address"),
    ({"emails-4-email": LONG_ADDRESS}, "E-mail 5: enter one e-mail address"),
    ({"emails-1-email": "zoé@example.com"}, "E-mail 2: Leonar takes no accents"),
    ({"emails-1-email": "x" * 2001}, "E-mail 2: e-mail must be 2000 characters"),
    ({"emails-0-email": "a@example.com", "emails-0-type": "x" * 201}, "E-mail type 1: choose a type"),
    ({"phones-1-phone": "x" * 2001}, "Phone 2: phone must be 2000 characters"),
    ({"phones-2-phone": "1", "phones-2-type": "x" * 201}, "Phone type 3: choose a type"),
    ({"custom_data-0-value": "x"}, "Key 1: "),
    ({"custom_data-0-key": "a", "custom_data-0-value": "x", "custom_data-0-type": "number"}, "Value 1: enter a number"),
    (
        {"custom_data-1-key": "a", "custom_data-1-value": "1,500", "custom_data-1-type": "number"},
        "Value 2: this can be",
    ),
    (
        {"custom_data-2-key": "a", "custom_data-2-value": "1" * 25, "custom_data-2-type": "number"},
        "Value 3: this number",
    ),
    ({"custom_data-3-key": "a", "custom_data-3-value": "maybe", "custom_data-3-type": "boolean"}, "Value 4: "),
    ({"custom_data-4-key": "a", "custom_data-4-value": "{", "custom_data-4-type": "json"}, "Value 5: "),
    ({"custom_data-0-key": "a", "custom_data-0-value": DEEP, "custom_data-0-type": "json"}, "Value 1: "),
    ({"custom_data-0-key": "a", "custom_data-0-value": "x", "custom_data-0-type": "date"}, "Value type 1: choose"),
    ({"custom_data-0-key": "x" * 201, "custom_data-0-value": "x"}, "Key 1"),
]
ITEM = re.compile(r'<li><a href="#([^"]+)">([^<]*)</a>')
MESSAGE = re.compile(
    r'<p class="error" id="([^"]+)-error"><span class="unseen">Error:</span>((?: <span>[^<]*</span>)+)'
)


def test_there_are_enough_of_them():
    assert len(INVALID) >= 40


@pytest.mark.parametrize(("posted", "begins"), INVALID, ids=lambda value: str(value)[:50])
def test_it_is_said_once_at_the_top_and_once_at_the_control_and_nothing_else_changes(
    signed_in, sandbox, posted, begins
):
    others = {"last_name": "Martin", "title": "Engineer", "tags": "Lyon", "emails-2-email": "sophie@acme.example"}

    page = signed_in.post(reverse("entry"), typed_form(**others | posted))

    assert page.status_code == 422
    [(control, said)] = ITEM.findall(page.text.partition('id="error-summary"')[2].partition("</div>")[0])
    assert unescape(said).startswith(begins)
    [(at, messages)] = MESSAGE.findall(page.text)
    assert at == control
    assert messages.count("<span>") == 1
    assert page.text.count('aria-invalid="true"') <= 1
    typed = page.context["entry"].typed()
    assert {name: typed[name][0] for name in others} == others | {
        name: posted[name] for name in others if name in posted
    }
    assert sandbox.ledger() == []


# What Leonar says, the control it lands on, and how the summary's item begins.
REFUSALS = [
    ("first_name: Too short", "id_first_name", "First name: too short"),
    ("last_name: Too long", "id_last_name", "Last name: too long"),
    ("email: Invalid email format", "id_emails-1-email", "E-mail 2: invalid email format"),
    ("emails: Too many", "id_emails-1-email", "E-mail 2: too many"),
    ("emails.0.email: Invalid email", "id_emails-1-email", "E-mail 2: invalid email"),
    ("emails.1.email: Invalid email", "id_emails-3-email", "E-mail 4: invalid email"),
    ("emails[1].email: Invalid email", "id_emails-3-email", "E-mail 4: invalid email"),
    ("emails.1.type: Unknown type", "id_emails-3-type", "E-mail type 4: unknown type"),
    ("phone: Not a number", "id_phones-2-phone", "Phone 3: not a number"),
    ("phones.0.phone: Not a number", "id_phones-2-phone", "Phone 3: not a number"),
    ("custom_data.shift: Not allowed", "id_custom_data-1-value", "Value 2: not allowed"),
    ("linkedin_profile: Invalid url", "id_linkedin_profile", "LinkedIn: invalid url"),
    ("tags.1: Too long", "id_tags", "Tags: too long"),
    ("company_id: Invalid uuid", "id_company_id", "Company id: invalid uuid"),
    ("global_status: Unknown", "id_global_status", "Status: unknown"),
    ("years_experience: Must be positive", "id_years_experience", "Years of experience: must be positive"),
    ("pipeline: Unknown field", "entry", "Leonar: pipeline: Unknown field"),
    ("Something is wrong with it", "entry", "Leonar: something is wrong with it"),
]


@pytest.mark.parametrize(("message", "control", "begins"), REFUSALS)
def test_what_leonar_refuses_lands_on_its_row(signed_in, sandbox, message, control, begins):
    sandbox.misbehave(mode="status", status=400, code="validation_error", message=message)
    rows = {
        "emails-1-email": "sophie@acme.example",
        "emails-3-email": "sophie@home.example",
        "emails-3-type": "personal",
        "phones-2-phone": "06 12 34 56 78",
        "custom_data-1-key": "shift",
        "custom_data-1-value": "late",
    }
    answer = signed_in.post(reverse("entry"), typed_form(**rows))

    page = signed_in.get(answer.url)

    [(at, said)] = ITEM.findall(page.text.partition('id="error-summary"')[2].partition("</div>")[0])
    assert (at, unescape(said)) == (control, begins)
    assert [found[0] for found in MESSAGE.findall(page.text)] == ([control] if control != "entry" else [])
