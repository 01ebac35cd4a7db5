"""The rows of the entry form: what they share, what they keep to themselves, and their place on the page."""

import re

from django.template.loader import render_to_string

from contacts.entry.entry import Entry
from tests.entry_form import received, typed_form


def test_rows_share_their_fields_because_copying_them_costs_most_of_a_form():
    first, second = Entry(), Entry()

    assert first.emails[0].fields["email"] is first.emails[4].fields["email"]
    assert first.emails[0].fields["email"] is second.emails[0].fields["email"]


def test_blank_rows_are_valid_without_a_form_for_any_of_them():
    form = Entry(received(typed_form(**{"emails-1-type": "work"})))

    assert form.is_valid()
    assert [rows for rows in (form.emails, form.phones, form.custom_data) if "forms" in vars(rows)] == []


def test_more_rows_than_a_page_can_have_are_refused_though_they_are_blank():
    form = Entry(received(typed_form(**{"emails-TOTAL_FORMS": "1001"})))

    assert not form.is_valid()
    assert [problem.control_id for problem in form.problems] == ["id_emails-0-email"]


def test_what_one_form_offers_or_refuses_stays_in_that_form():
    odd = Entry(
        received(typed_form(**{"emails-0-email": "nobody", "emails-0-type": "assistant", "phones-1-type": "desk"}))
    )
    odd.is_valid()

    fresh = Entry()

    assert [key for key, _word in odd.emails[0].fields["type"].choices] == ["", "work", "personal", "assistant"]
    for row in (*odd.emails[1:], *fresh.emails, *fresh.phones):
        assert [key for key, _word in row.fields["type"].choices] == ["", "work", "personal"]
        assert not row["type"].errors
    assert fresh.problems == []


def test_problems_follow_the_page_control_by_control():
    form = Entry(received(typed_form()))
    form.is_valid()
    for part in (form.contact, *form.emails, *form.phones, *form.custom_data):
        for name in part.fields:
            part.add_error(name, "Not like this")

    page = render_to_string("contacts/entry_fields.html", {"entry": form})

    controls = [tag for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", page) if 'type="hidden"' not in tag]
    on_page = [re.search(r'\bid="([^"]+)"', tag)[1] for tag in controls]
    # Of a group of radio buttons, the first stands for all.
    on_page = [id_ for id_ in on_page if not re.search(r"-type_\d$", id_)]
    assert [problem.control_id for problem in form.problems if problem.control_id != "id_form_token"] == on_page


def test_a_row_that_is_not_valid_any_more_does_not_hide_what_leonar_said():
    form = Entry(
        received(typed_form(**{"custom_data-0-value": "no key", "custom_data-2-key": "a", "custom_data-2-value": "1"}))
    )

    form.add_leonar_error("custom_data.a", "Not like this")

    assert ("id_custom_data-2-value", "Not like this") in [(item.control_id, item.message) for item in form.problems]
