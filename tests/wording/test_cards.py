"""A contact is shown whole: every documented field, whatever shape Leonar gives it."""

from typing import Any

import pytest
from django.utils import timezone

from contacts.leonar.limits import BODY_FIELDS
from contacts.wording import cards

WHOLE: dict[str, Any] = {
    "first_name": "Sophie",
    "last_name": "Martin",
    "email": "sophie@example.com",
    "emails": [{"email": "s.martin@example.org", "type": "work"}],
    "phone": "+33612345678",
    "phones": [{"phone": "+33145678901", "type": "personal"}],
    "title": "Head of Product",
    "current_company": "Atelier Nord",
    "location": "Lyon",
    "linkedin_profile": "https://www.linkedin.com/in/sophie-martin",
    "contact_type": ["candidate"],
    "tags": ["vip"],
    "source": "referral",
    "company_id": "123e4567-e89b-12d3-a456-426614174000",
    "custom_data": {"team": "Platform"},
    "global_status": "contacted",
    "do_not_contact": True,
    "years_experience": 12,
    "skills": ["Rust"],
    "languages": ["French"],
}
# How a value reads on the card where it is not its own text.
READS = {
    "emails": "s.martin@example.org",
    "phones": "+33145678901",
    "linkedin_profile": "linkedin.com/in/sophie-martin",
    "contact_type": "candidate",
    "tags": "vip",
    "custom_data": "Platform",
    "global_status": "Contacted",
    "do_not_contact": "Do not contact",
    "skills": "Rust",
    "languages": "French",
}


def texts(card: cards.Card) -> list[str]:
    shown = [card.name, card.headline, card.location, "Do not contact" if card.do_not_contact else ""]
    return shown + [value.text for row in card.rows for value in row.values]


def row(card: cards.Card, label: str) -> cards.Row:
    return next(found for found in card.rows if found.label == label)


def test_the_example_names_every_documented_field():
    assert set(WHOLE) == set(BODY_FIELDS)


@pytest.mark.parametrize("field", BODY_FIELDS)
def test_every_documented_field_shows_on_the_card(field):
    expected = READS.get(field, str(WHOLE[field]))
    without = {name: value for name, value in WHOLE.items() if name != field}

    with_it, without_it = texts(cards.card(WHOLE)), texts(cards.card(without))

    assert any(expected in text for text in with_it)
    assert not any(expected == text for text in without_it)


@pytest.mark.parametrize("field", BODY_FIELDS)
def test_every_documented_field_has_a_name_for_people(field):
    assert cards.field_label(field) != field


def test_nulls_and_unknown_keys_are_left_out():
    card = cards.card({"first_name": "Karim", "summary": None, "tags": [], "aura": "blue"})

    assert texts(card) == ["Karim", "", "", ""]


def test_a_single_address_repeated_in_the_list_shows_once_with_its_type():
    card = cards.card({"email": "ana@example.com", "emails": [{"email": "ana@example.com", "type": "work"}]})

    assert row(card, "E-mail").values == [cards.Value("ana@example.com", "mailto:ana@example.com", "work")]


def test_a_contact_that_may_be_written_to_says_so_when_leonar_does():
    assert row(cards.card({"do_not_contact": False}), "Do not contact").values == [cards.Value("No")]


def test_only_addresses_of_the_web_become_links():
    card = cards.card({"linkedin_profile": "javascript:alert(1)"})

    assert row(card, "LinkedIn").values == [cards.Value("javascript:alert(1)")]


@pytest.mark.parametrize("strange", ["text", 7, True, {"name": "Rust"}, [{"name": "Rust"}], [None], [["a"]]])
@pytest.mark.parametrize("field", sorted(WHOLE))
def test_a_shape_that_is_not_documented_is_shown_not_trusted(field, strange):
    assert all(isinstance(text, str) for text in texts(cards.card(WHOLE | {field: strange})))


def test_moments_are_shown_in_the_portals_time_zone():
    with timezone.override("Europe/Paris"):
        card = cards.card({"created_at": "2026-03-12T13:05:00Z"})

    assert row(card, "Created").values == [cards.Value("12 March 2026, 14:05")]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("emails.1.email", "E-mail 2"),
        ("location", "Location"),
        ("custom_data.team", "Custom data: team"),
        ("aura", "aura"),
    ],
)
def test_a_field_is_named_as_people_name_it(path, said):
    assert cards.field_label(path) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (0, "0"),
        (True, "Yes"),
        (["Rust", "SQL"], "Rust, SQL"),
        ([{"email": "ana@example.com", "type": "work"}], "ana@example.com (work)"),
        ({"a": 1}, '{"a": 1}'),
    ],
)
def test_any_value_reads_as_a_person_reads_it(value, said):
    assert cards.readable(value) == said
