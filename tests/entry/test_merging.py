"""Values from elsewhere fill what is blank, are marked, and push nothing aside."""

import pytest
from django.template.loader import render_to_string

from contacts.entry.entry import Entry
from contacts.entry.merging import Left, Mark
from tests.entry.posting import entry

PASTED = "From what you pasted"


def resumed(**fields: str) -> Entry:
    """A form in which `fields` were typed, shown again; `__` stands for `-`."""
    typed = entry(**fields)
    return Entry.resumed(typed.typed(), token=typed.token)


def rows(form: Entry, name: str) -> list[dict[str, str]]:
    """The rows of `form` that hold something, as its page shows them."""
    shown = [{bound.name: bound.value() for bound in row if bound.value()} for row in getattr(form, name)]
    return [row for row in shown if row]


class TestSingleFields:
    def test_blank_ones_are_filled_and_marked(self):
        form = Entry()

        merged = form.merge({"title": "Engineer", "years_experience": 8, "tags": ["Rust", "Go"]}, source=PASTED)

        assert form.contact["title"].value() == "Engineer"
        assert form.contact["years_experience"].value() == "8"
        assert form.contact["tags"].value() == "Rust, Go"
        assert form.marks == dict.fromkeys(("title", "years_experience", "tags"), Mark(PASTED, ""))
        assert merged.left == []

    def test_filled_ones_stay_and_what_they_did_not_take_is_left(self):
        form = resumed(title="Director", current_company="Acme", tags="rust")

        merged = form.merge(
            {"title": "Engineer", "current_company": "ACME", "tags": ["Rust", "Go"], "location": "Lyon"}, source=PASTED
        )

        assert form.contact["title"].value() == "Director"
        assert form.contact["tags"].value() == "rust"
        assert list(form.marks) == ["location"]
        assert merged.left == [Left("title", "Engineer"), Left("tags", "Go")]

    def test_what_a_blank_one_held_is_remembered(self):
        form = resumed(title=" ")

        form.merge({"title": "Engineer"}, source=PASTED)

        assert form.marks["title"] == Mark(PASTED, " ")

    def test_a_tick_and_a_nought_are_values(self):
        form = Entry()

        form.merge({"do_not_contact": True, "years_experience": 0}, source=PASTED)

        assert form.contact["do_not_contact"].value() is True
        assert form.contact["years_experience"].value() == "0"

    def test_several_sources_are_told_apart(self):
        form = Entry()

        form.merge({"title": "Engineer"}, source=PASTED)
        form.merge({"title": "Director", "location": "Lyon"}, source="From the draft")

        assert {name: mark.source for name, mark in form.marks.items()} == {
            "title": PASTED,
            "location": "From the draft",
        }


class TestRows:
    def test_blank_rows_are_filled_in_their_order(self):
        form = resumed(emails__1__email="a@example.com")

        form.merge({"emails": [{"email": "b@example.com"}, {"email": "c@example.com", "type": "work"}]}, source=PASTED)

        assert rows(form, "emails") == [
            {"email": "b@example.com"},
            {"email": "a@example.com"},
            {"email": "c@example.com", "type": "work"},
        ]
        assert list(form.marks) == ["emails-0-email", "emails-2-email", "emails-2-type"]

    def test_an_address_that_is_there_gets_the_type_that_it_lacks(self):
        form = resumed(emails__0__email="A@example.com", phones__0__phone="06 12 34 56 78", phones__0__type="work")

        merged = form.merge(
            {
                "emails": [{"email": "a@example.com", "type": "personal"}],
                "phones": [{"phone": "+33612345678", "type": "personal"}],
            },
            source=PASTED,
        )

        assert rows(form, "emails") == [{"email": "A@example.com", "type": "personal"}]
        assert rows(form, "phones") == [{"phone": "06 12 34 56 78", "type": "work"}]
        assert list(form.marks) == ["emails-0-type"]
        assert merged.left == []

    def test_a_type_chosen_in_a_row_with_nothing_in_it_gives_way(self):
        form = resumed(phones__0__type="work")

        form.merge({"phones": [{"phone": "+33612345678", "type": "personal"}]}, source=PASTED)

        assert rows(form, "phones") == [{"phone": "+33612345678", "type": "personal"}]
        assert form.marks["phones-0-type"] == Mark(PASTED, "work")

    def test_more_than_there_are_rows_is_left(self):
        form = resumed(emails__0__email="a@example.com")
        addresses = [f"{letter}@example.com" for letter in "bcdefg"]

        merged = form.merge({"emails": [{"email": address} for address in addresses]}, source=PASTED)

        assert len(rows(form, "emails")) == 5
        assert merged.left == [Left("emails", "f@example.com"), Left("emails", "g@example.com")]

    def test_a_single_address_of_a_payload_is_a_row(self):
        form = Entry()

        form.merge({"email": "a@example.com", "phone": "+33612345678"}, source=PASTED)

        assert list(form.marks) == ["emails-0-email", "phones-0-phone"]

    def test_custom_data_goes_by_its_key(self):
        form = resumed(
            custom_data__0__key="notice",
            custom_data__0__value="1 month",
            custom_data__1__key="salary",
            custom_data__2__type="text",
        )

        merged = form.merge({"custom_data": {"notice": "3 months", "salary": 45, "remote": True}}, source=PASTED)

        assert rows(form, "custom_data")[:3] == [
            {"key": "notice", "value": "1 month"},
            {"key": "salary", "value": "45", "type": "number"},
            {"key": "remote", "value": "yes", "type": "boolean"},
        ]
        assert merged.left == [Left("custom_data", "notice: 3 months")]


def test_what_was_merged_is_shown_as_typed_and_marked():
    form = resumed(first_name="Sophie")
    form.merge({"title": "Engineer", "emails": [{"email": "a@example.com"}]}, source=PASTED)

    page = render_to_string("contacts/entry_fields.html", {"entry": form})

    assert 'value="Engineer"' in page
    assert f'id="id_title-mark">{PASTED}</p>' in page
    assert f'id="id_emails-0-email-mark">{PASTED}</p>' in page
    assert page.count(PASTED) == 2


def test_it_keeps_its_token_and_what_was_typed():
    form = resumed(first_name="Sophie", years_experience="seven")
    token = form.token

    form.merge({"title": "Engineer"}, source=PASTED)

    assert form.token == token
    assert form.contact["years_experience"].value() == "seven"


def test_nothing_is_merged_into_what_was_posted():
    with pytest.raises(ValueError, match="posted"):
        entry().merge({"title": "Engineer"}, source=PASTED)
