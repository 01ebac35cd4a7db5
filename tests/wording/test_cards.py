"""A contact is shown whole: every documented field, whatever shape Leonar gives it."""

from typing import Any

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from contacts.contact import BODY_NAMES
from contacts.wording import cards
from tests.growth import assert_linear
from tests.json_values import json_values

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
    "phone": "+33 6 12 34 56 78",
    "phones": "+33 1 45 67 89 01",
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


@pytest.mark.parametrize("field", WHOLE)
def test_every_field_shows_on_the_card(field):
    expected = READS.get(field, str(WHOLE[field]))
    without = {name: value for name, value in WHOLE.items() if name != field}

    with_it, without_it = texts(cards.card(WHOLE)), texts(cards.card(without))

    assert any(expected in text for text in with_it)
    assert not any(expected == text for text in without_it)


@pytest.mark.parametrize("field", BODY_NAMES)
def test_every_documented_field_has_a_name_for_people(field):
    assert cards.field_label(field) != field


def test_nulls_and_unknown_keys_are_left_out():
    card = cards.card({"first_name": "Karim", "summary": None, "tags": [], "aura": "blue"})

    assert texts(card) == ["Karim", "", "", ""]


def test_a_single_address_repeated_in_the_list_shows_once_with_its_type():
    card = cards.card({"email": "ana@example.com", "emails": [{"email": "ana@example.com", "type": "work"}]})

    assert row(card, "E-mail").values == [cards.Value("ana@example.com", "mailto:ana@example.com", "Work")]


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
    "moment",
    ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-02-30T10:00:00Z", "2026-03-12T13:05:00", "soon"],
)
def test_what_is_no_moment_here_is_shown_as_it_came(moment):
    with timezone.override("Europe/Paris"):
        card = cards.card({"created_at": moment})

    assert row(card, "Created").values == [cards.Value(moment)]


class TestValuesAreShownAsTheyAre:
    """A value that happens to be a word of an enum is still a value."""

    @pytest.mark.parametrize("field", ["tags", "skills", "languages", "contact_type"])
    @pytest.mark.parametrize("word", ["new", "archived", "work", "personal"])
    def test_in_lists(self, field, word):
        card = cards.card({field: [word, {"name": word}]})

        assert [value.text for value in card.rows[0].values] == [word, word]
        assert cards.readable([word], field) == word

    @pytest.mark.parametrize("word", ["new", "archived", "work"])
    def test_in_texts_and_custom_data(self, word):
        card = cards.card({"title": word, "current_company": word, "source": word, "custom_data": {"stage": word}})

        assert card.headline == f"{word} at {word}"
        assert row(card, "Source").values == [cards.Value(word)]
        assert row(card, "Custom data").values == [cards.Value(word, note="stage")]
        assert cards.readable(word, "title") == cards.readable(word, "custom_data.stage") == word

    def test_only_enums_and_the_types_of_addresses_are_words(self):
        card = cards.card({"global_status": "new", "emails": [{"email": "new@example.com", "type": "work"}]})

        assert row(card, "Status").values == [cards.Value("New")]
        assert row(card, "E-mail").values == [cards.Value("new@example.com", "mailto:new@example.com", "Work")]

    def test_an_enum_or_type_that_is_not_documented_is_shown_as_it_is(self):
        card = cards.card({"global_status": "paused", "phones": [{"phone": "+33612345678", "type": "home"}]})

        assert row(card, "Status").values == [cards.Value("paused")]
        assert row(card, "Phone").values == [cards.Value("+33 6 12 34 56 78", "tel:+33612345678", "home")]


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ({"email": "ana+jobs@example.com"}, "mailto:ana+jobs@example.com"),
        ({"email": "ana@example.com?bcc=karim@example.com"}, "mailto:ana@example.com%3Fbcc%3Dkarim@example.com"),
        ({"phone": "+33123456789 ext. 12"}, "tel:+33123456789;ext=12"),
        ({"phone": "06 12 (34)"}, "tel:061234"),
        ({"phone": "ask Karim"}, ""),
    ],
)
def test_a_link_carries_the_address_and_nothing_else(address, link):
    [value] = cards.card(address).rows[0].values

    assert value.link == link


@example({"emails": ["\ud800"]})
@given(st.dictionaries(st.sampled_from([*BODY_NAMES, "summary", "created_at", "archived_at"]), json_values))
def test_no_shape_of_a_contact_is_too_odd(contact):
    card = cards.card(contact)

    assert all(isinstance(text, str) for text in texts(card))
    assert all(isinstance(cards.readable(value, name), str) for name, value in contact.items())


def test_what_has_no_room_is_counted_and_not_laid_out(monkeypatch):
    laid_out = []
    monkeypatch.setattr(cards, "grouped", lambda number: laid_out.append(number) or number)
    phones = [{"phone": f"+3361234567{place}"} for place in range(9)]

    card = cards.card({"emails": ["ana@example.com"], "phones": phones, "tags": ["a", "b"]}, most=3)

    assert laid_out == ["+33612345670", "+33612345671"]
    assert [value.text for value in row(card, "Phone").values] == [*laid_out, "… and 7 more"]
    assert [value.text for value in row(card, "Tags").values] == ["2, not shown"]


@pytest.mark.slow
def test_long_lists_are_laid_out_in_time_that_grows_with_their_length():
    def made(items: int) -> dict:
        return {name: [f"item {number}" for number in range(items)] for name in ("tags", "skills", "emails", "phones")}

    assert_linear(cards.card, made, size=10_000)


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
    ("field", "value", "said"),
    [
        ("title", None, ""),
        ("years_experience", 0, "0"),
        ("do_not_contact", True, "Yes"),
        ("skills", ["Rust", "SQL"], "Rust, SQL"),
        (
            "emails",
            [{"email": "ana@example.com", "type": "work"}, "a@example.com"],
            "ana@example.com (Work), a@example.com",
        ),
        ("custom_data.a", {"name": "x", "b": [1]}, '{"name": "x", "b": [1]}'),
        ("custom_data.a", ["work", 1], '["work", 1]'),
    ],
)
def test_any_value_reads_as_a_person_reads_it(field, value, said):
    assert cards.readable(value, field) == said
