"""What differs between what was sent and what Leonar holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.comparison import Difference, changes, differences
from contacts.contact import BODY_NAMES
from tests.contacts.test_contact import WHOLE
from tests.growth import assert_linear
from tests.json_values import json_values


class TestDifferences:
    def test_a_contact_that_echoes_the_payload_has_none(self):
        contact = WHOLE | {"id": "x", "summary": None, "created_at": "2026-01-01T00:00:00Z", "new_key": 1}

        assert differences(WHOLE, contact) == []

    def test_one_address_is_found_among_several(self):
        sent = {"email": "Sophie@example.com", "phone": "+33612345678"}
        held = {
            "email": None,
            "emails": [{"email": "sophie@example.com", "type": "work", "is_primary": True}],
            "phones": [{"phone": "+33 6 12 34 56 78", "type": None}],
        }

        assert differences(sent, held) == []

    def test_order_and_case_of_list_items_do_not_matter(self):
        assert differences({"tags": ["Rust", "Remote"]}, {"tags": ["remote", "rust"]}) == []

    def test_tags_may_come_back_as_objects(self):
        assert differences({"tags": ["Rust"]}, {"tags": [{"id": "1", "name": "Rust"}]}) == []

    def test_what_is_not_there_is_missing(self):
        sent = {"title": "Engineer", "tags": ["Rust", "Remote"], "custom_data": {"a": 1}}

        assert differences(sent, {"title": None, "tags": ["Rust"]}) == [
            Difference("title", "Engineer", None, "missing"),
            Difference("tags", ["Remote"], None, "missing"),
            Difference("custom_data.a", 1, None, "missing"),
        ]

    def test_what_leonar_added_to_a_list_is_added(self):
        sent = {"skills": ["Django"]}

        assert differences(sent, {"skills": ["Django", "Python"], "title": "Engineer"}) == [
            Difference("skills", None, ["Python"], "added")
        ]

    def test_what_became_something_else_is_changed(self):
        sent = {"title": "engineer", "phone": "0612", "custom_data": {"a": True, "b": [1]}}
        held = {"title": "Engineer", "phone": "+33612", "custom_data": {"a": 1, "b": [1], "c": 2}}

        assert differences(sent, held) == [
            Difference("phones", [{"phone": "0612"}], [{"phone": "+33612"}], "changed"),
            Difference("title", "engineer", "Engineer", "changed"),
            Difference("custom_data.a", True, 1, "changed"),
        ]

    @pytest.mark.parametrize("odd", [None, 7, "text", ["text", None, 3], {"a": 1}, [{"email": 7}]])
    def test_a_contact_of_another_shape_is_compared_all_the_same(self, odd):
        found = differences(WHOLE, dict.fromkeys(WHOLE, odd))

        assert {difference.field.partition(".")[0] for difference in found} >= {"emails", "phones", "tags", "title"}


class TestChanges:
    def test_the_same_payload_has_none(self):
        assert changes(WHOLE, dict(WHOLE)) == []

    def test_each_field_that_is_not_the_same_is_told(self):
        before = {"first_name": "Ana", "title": "Engineer", "email": "ana@example.com", "custom_data": {"a": 1, "b": 2}}
        after = {"first_name": "Anna", "email": "ana@example.com", "tags": ["Rust"], "custom_data": {"a": True, "b": 2}}

        assert changes(before, after) == [
            Difference("first_name", "Ana", "Anna", "changed"),
            Difference("title", "Engineer", None, "missing"),
            Difference("custom_data.a", 1, True, "changed"),
            Difference("tags", None, ["Rust"], "added"),
        ]


class TestTypesOfAddresses:
    def test_a_type_that_leonar_gave_is_no_difference(self):
        held = {"emails": [{"email": "ana@example.com", "type": "work"}]}

        assert differences({"email": "ana@example.com"}, held) == []

    def test_a_type_that_leonar_changed_is_one(self):
        sent = {"emails": [{"email": "ana@example.com", "type": "work"}]}
        held = {"emails": [{"email": "ana@example.com", "type": "personal"}]}

        assert differences(sent, held) == [Difference("emails", sent["emails"], held["emails"], "changed")]


def long_lists(items: int) -> tuple[dict, dict]:
    """Lists of which every other item differs."""
    names = ("skills", "tags", "emails", "phones")
    ours = {name: [f"Sent {number}" for number in range(items)] for name in names}
    theirs = {name: [f"SENT {number if number % 2 else -number}" for number in range(items)] for name in names}
    return ours, theirs


@pytest.mark.slow
@pytest.mark.parametrize("compare", [differences, changes])
def test_long_lists_are_compared_in_time_that_grows_with_their_length(compare):
    assert_linear(lambda pair: compare(*pair), long_lists, size=10_000)


@pytest.mark.slow
@pytest.mark.parametrize("text", [" ", "(", "1", "+", "1 ", "\u0301"])
def test_long_items_are_compared_in_time_that_grows_with_their_length(text):
    assert_linear(
        lambda item: differences({"tags": [item]}, {"tags": [item + "x"]}), lambda size: text * size, size=200_000
    )


def test_what_differs_in_long_lists_is_found():
    found = {difference.field: difference for difference in differences(*long_lists(1_000))}

    assert set(found) == {"emails", "phones", "skills", "tags"}
    assert len(found["skills"].sent) == len(found["skills"].held) == 499


contacts_of_any_shape = st.dictionaries(st.sampled_from(BODY_NAMES), json_values)


@given(contacts_of_any_shape, contacts_of_any_shape)
def test_no_shape_of_a_contact_is_too_odd(sent, held):
    differences(sent, held)
    changes(sent, held)

    assert differences(sent, sent) == []
    assert changes(sent, sent) == []
