"""A field goes all the way from its four places: form, payload, page, comparison, record, sandbox.

A field that is new in FIELDS fails here until the other three places have it, and works everywhere when they have.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from contacts.comparison import differences
from contacts.contact import BODY_NAMES, FIELDS, field_at
from contacts.entry.entry import Entry
from contacts.wording import cards
from leonar_sandbox.contract import CONTACT_FIELDS
from tests.entry_form import received, typed_form
from tests.field_examples import examples
from tests.schema import leonar_contact

ROOT = Path(__file__).resolve().parents[2]
# Where a field has a line of its own. CONTRIBUTING lists the same.
PLACES = {
    "contacts/contact.py",
    "templates/contacts/entry_fields.html",
    "leonar_sandbox/contract.py",
    "tests/schema/leonar_contact.py",
}
SEARCHED = ("contacts", "templates", "static", "leonar_sandbox", "accounts", "leonar_portal", "tests/schema")
EXAMPLES = examples()


def posted(name: str) -> Entry:
    return Entry(received(typed_form(**EXAMPLES[name].posted)))


def payload_of(form: Entry) -> dict:
    assert form.is_valid(), form.problems
    return form.payload


def as_submitted(page: Entry) -> dict[str, str]:
    """What a browser posts when nothing on `page` is changed."""
    controls = [bound for form in (page.contact, *page.emails, *page.phones, *page.custom_data) for bound in form]
    values = {bound.html_name: bound.value() for bound in controls}
    ticked = {name: "on" if value is True else value for name, value in values.items()}
    return {name: str(value) for name, value in ticked.items() if value not in (None, False)}


def shown(contact: dict) -> str:
    """Every text on the card of `contact`."""
    card = cards.card(contact)
    values = [value.text for row in card.rows for value in row.values]
    return "\n".join([card.name, card.headline, card.location, "Yes" if card.do_not_contact else "", *values])


@cache
def named_in() -> dict[str, set[str]]:
    """The files that name each field. Those that read text are left out: they know what a text can mean."""
    files = [
        path for folder in SEARCHED for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".html", ".js")
    ]
    texts = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in files
        if not path.is_relative_to(ROOT / "contacts/reading")
    }
    words = {place: set(re.findall(r"\w+", text)) for place, text in texts.items()}
    return {name: {place for place, known in words.items() if name in known} for name in FIELDS}


@pytest.mark.parametrize("name", BODY_NAMES)
class TestEveryField:
    def test_what_is_posted_is_sent(self, name):
        sent = payload_of(posted(name))

        assert sent[name] == EXAMPLES[name].sent
        assert set(sent) <= {"first_name", name}

    def test_a_form_filled_from_the_payload_shows_and_sends_the_same(self, name):
        sent = payload_of(posted(name))

        again = Entry(received(as_submitted(Entry.from_payload(sent))))

        assert payload_of(again) == sent

    def test_a_form_filled_from_a_link_shows_it(self, name):
        link = received({"first_name": "Sophie"} | EXAMPLES[name].posted)

        again = Entry(received(as_submitted(Entry.from_query(link))))

        assert payload_of(again)[name] == EXAMPLES[name].sent

    def test_the_page_has_its_controls(self, name):
        page = render_to_string("contacts/entry_fields.html", {"entry": Entry()})

        assert all(f'name="{control}"' in page for control in EXAMPLES[name].posted)

    def test_it_is_labelled_in_one_way(self, name):
        label = str(field_at(name).label)

        assert label not in ("", name)
        assert cards.field_label(name) == label

    def test_the_record_shows_it(self, name):
        assert EXAMPLES[name].shown in shown({"first_name": "Ana", name: EXAMPLES[name].sent})

    def test_that_leonar_does_not_have_it_is_noticed(self, name):
        [found] = differences({name: EXAMPLES[name].sent}, {})

        assert found.kind == "missing"
        assert field_at(found.field) is field_at(name)

    def test_the_sandbox_and_the_transcription_know_it(self, name):
        body = {"first_name": "Ana", name: EXAMPLES[name].sent}

        assert name in CONTACT_FIELDS
        assert leonar_contact.errors(body) == []


@pytest.mark.parametrize(
    ("name", "value"), [("email", "sophie at acme"), ("linkedin_profile", "no link"), ("company_id", "42")]
)
def test_the_transcription_looks_at_formats(name, value):
    assert leonar_contact.errors({"first_name": "Ana", name: value})


def test_nobody_knows_more_fields():
    assert set(CONTACT_FIELDS) == set(leonar_contact.BODY["properties"]) == set(BODY_NAMES)


def test_every_field_is_in_its_four_places():
    missing = {name: PLACES - files for name, files in named_in().items()}

    assert {name: places for name, places in missing.items() if places} == {}


def test_a_field_that_nothing_treats_specially_has_no_other_place():
    files = named_in()

    for name in ("years_experience", "global_status", "skills"):
        assert files[name] == PLACES


def test_contributing_lists_the_same_places():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text[text.index("**Add a field.**") : text.index("**Habits.**")]

    assert set(re.findall(r"^\d\. `([^`]+)`", section, re.MULTILINE)) == PLACES
