"""Every documented field goes all the way: form, payload, page, record, sandbox, transcription.

A field that is new in `limits.BODY_FIELDS` fails here until every place of CONTRIBUTING's list has it.
"""

import pytest
from django.template.loader import render_to_string

from contacts.contact import to_api
from contacts.entry.entry import Entry
from contacts.entry.form import FIELD_LABELS
from contacts.leonar.limits import BODY_FIELDS
from contacts.wording import cards
from leonar_sandbox.contract import CONTACT_FIELDS
from tests.entry_form import received, typed_form
from tests.schema import leonar_contact

# One value for each field, as the form posts it, as Leonar takes it, and a text that the record then shows.
EXAMPLES = {
    "first_name": ({"first_name": "Karim"}, "Karim", "Karim"),
    "last_name": ({"last_name": "Haddad"}, "Haddad", "Haddad"),
    "email": ({"emails-0-email": "karim@example.com"}, "karim@example.com", "karim@example.com"),
    "emails": (
        {"emails-1-email": "karim@example.com", "emails-1-type": "work"},
        [{"email": "karim@example.com", "type": "work"}],
        "karim@example.com",
    ),
    "phone": ({"phones-0-phone": "06 12 34 56 78"}, "+33612345678", "+33612345678"),
    "phones": (
        {"phones-4-phone": "06 12 34 56 78", "phones-4-type": "personal"},
        [{"phone": "+33612345678", "type": "personal"}],
        "+33612345678",
    ),
    "title": ({"title": "Welder"}, "Welder", "Welder"),
    "current_company": ({"current_company": "Baltic Freight"}, "Baltic Freight", "Baltic Freight"),
    "location": ({"location": "Gdynia"}, "Gdynia", "Gdynia"),
    "linkedin_profile": (
        {"linkedin_profile": "in/karim"},
        "https://www.linkedin.com/in/karim",
        "linkedin.com/in/karim",
    ),
    "contact_type": ({"contact_type": "candidate"}, ["candidate"], "candidate"),
    "tags": ({"tags": "Harbour, Night"}, ["Harbour", "Night"], "Harbour"),
    "source": ({"source": "fair"}, "fair", "fair"),
    "company_id": (
        {"company_id": "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e02"},
        "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e02",
        "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e02",
    ),
    "custom_data": ({"custom_data-0-key": "shift", "custom_data-0-value": "late"}, {"shift": "late"}, "late"),
    "global_status": ({"global_status": "contacted"}, "contacted", "Contacted"),
    "do_not_contact": ({"do_not_contact": "on"}, True, "do not contact"),
    "years_experience": ({"years_experience": "12"}, 12, "12"),
    "skills": ({"skills": "TIG"}, ["TIG"], "TIG"),
    "languages": ({"languages": "Polish"}, ["Polish"], "Polish"),
}


def posted(name: str) -> Entry:
    return Entry(received(typed_form(**EXAMPLES[name][0])))


def shown(contact: dict) -> str:
    """Every text on the card of `contact`."""
    card = cards.card(contact)
    values = [value.text for row in card.rows for value in row.values]
    warning = ["do not contact"] if card.do_not_contact else []
    return "\n".join([card.name, card.headline, card.location, *warning, *values])


def test_the_examples_are_of_all_documented_fields():
    assert list(EXAMPLES) == list(BODY_FIELDS)


@pytest.mark.parametrize("name", BODY_FIELDS)
class TestEveryField:
    def test_what_is_posted_is_sent(self, name):
        form = posted(name)

        assert form.is_valid(), form.problems
        assert form.payload[name] == EXAMPLES[name][1]
        assert set(form.payload) <= {"first_name", name}

    def test_it_is_built_from_cleaned_data(self, name):
        rows = {"email": "emails", "phone": "phones"}
        cleaned = {rows[name]: [{name: EXAMPLES[name][1]}]} if name in rows else {name: EXAMPLES[name][1]}

        assert to_api(cleaned) == {name: EXAMPLES[name][1]}

    def test_a_form_filled_from_the_payload_shows_and_sends_the_same(self, name):
        sent = payload_of(posted(name))
        page = Entry.from_payload(sent)

        again = Entry(received(as_submitted(page)))

        assert payload_of(again) == sent

    def test_the_page_has_its_controls(self, name):
        page = render_to_string("contacts/entry_fields.html", {"entry": Entry()})

        assert all(f'name="{control}"' in page for control in EXAMPLES[name][0])

    def test_it_has_a_label(self, name):
        assert str(FIELD_LABELS[name])
        assert cards.field_label(name) == str(FIELD_LABELS[name])

    def test_the_record_shows_it(self, name):
        assert EXAMPLES[name][2] in shown({"first_name": "Ana", name: EXAMPLES[name][1]})

    def test_the_sandbox_and_the_transcription_know_it(self, name):
        body = {"first_name": "Ana", name: EXAMPLES[name][1]}

        assert name in CONTACT_FIELDS
        assert leonar_contact.errors(body) == []


def payload_of(form: Entry) -> dict:
    assert form.is_valid(), form.problems
    return form.payload


def as_submitted(page: Entry) -> dict[str, str]:
    """What a browser posts when nothing on `page` is changed."""
    controls = [bound for form in (page.contact, *page.emails, *page.phones, *page.custom_data) for bound in form]
    values = {bound.html_name: bound.value() for bound in controls}
    ticked = {name: "on" if value is True else value for name, value in values.items()}
    return {name: str(value) for name, value in ticked.items() if value not in (None, False)}
