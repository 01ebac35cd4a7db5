"""Cleaned form data to the API's JSON, and what differs between two of them."""

import pytest

from contacts.comparison import Difference, changes, differences
from contacts.contact import FIELDS, company_name, email_addresses, full_name, phone_numbers, to_api

WHOLE = {
    "first_name": "Sophie",
    "last_name": "Martin",
    "emails": [{"email": "sophie@example.com", "type": "work"}, {"email": "s.martin@example.com"}],
    "phones": [{"phone": "+33612345678", "type": "personal"}],
    "title": "Engineer",
    "current_company": "Acme",
    "location": "Lyon",
    "linkedin_profile": "https://www.linkedin.com/in/sophie-martin",
    "contact_type": ["candidate"],
    "tags": ["Rust", "Remote"],
    "source": "linkedin",
    "company_id": "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e01",
    "custom_data": {"notice_period": "none", "remote": False},
    "global_status": "new",
    "do_not_contact": True,
    "years_experience": 0,
    "skills": ["Django"],
    "languages": ["French"],
}


class TestBuilding:
    def test_every_value_goes_out_in_the_order_in_which_people_read_it(self):
        cleaned = dict(reversed(WHOLE.items()))

        built = to_api(cleaned)

        assert built == WHOLE
        assert list(built) == list(FIELDS)

    @pytest.mark.parametrize("absent", [None, "", [], {}])
    def test_absent_values_are_left_out(self, absent):
        assert to_api(dict.fromkeys(WHOLE, absent) | {"first_name": "Ana"}) == {"first_name": "Ana"}

    def test_an_unticked_box_says_nothing_and_no_years_are_a_value(self):
        built = to_api({"first_name": "Ana", "do_not_contact": False, "years_experience": 0})

        assert built == {"first_name": "Ana", "years_experience": 0}

    @pytest.mark.parametrize(
        ("rows", "sent"),
        [
            ([{"email": "ana@example.com"}], {"email": "ana@example.com"}),
            ([{"email": "ana@example.com", "type": ""}], {"email": "ana@example.com"}),
            (
                [{"email": "ana@example.com", "type": "work"}],
                {"emails": [{"email": "ana@example.com", "type": "work"}]},
            ),
            (
                [{"email": "ana@example.com", "type": ""}, {"email": "a@example.com"}],
                {"emails": [{"email": "ana@example.com"}, {"email": "a@example.com"}]},
            ),
            ([], {}),
        ],
    )
    def test_one_plain_address_is_sent_as_email_anything_else_as_emails(self, rows, sent):
        assert to_api({"emails": rows}) == sent

    def test_the_same_holds_for_phones(self):
        assert to_api({"phones": [{"phone": "12"}]}) == {"phone": "12"}
        assert to_api({"phones": [{"phone": "12", "type": "work"}]}) == {"phones": [{"phone": "12", "type": "work"}]}


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


class TestReading:
    @pytest.mark.parametrize(
        ("contact", "name"),
        [
            ({"first_name": "Sophie", "last_name": "Martin"}, "Sophie Martin"),
            ({"first_name": "Sophie", "last_name": None}, "Sophie"),
            ({"first_name": 7}, ""),
        ],
    )
    def test_the_full_name(self, contact, name):
        assert full_name(contact) == name

    def test_the_company_is_text_or_nothing(self):
        assert company_name({"current_company": "Acme"}) == "Acme"
        assert company_name({"current_company": {"name": "Acme"}}) == ""
        assert company_name({}) == ""

    def test_every_address_once(self):
        contact = {
            "email": "a@example.com",
            "emails": [{"email": "A@example.com"}, {"email": "b@example.com"}, None, {"email": None}],
            "phone": "12",
            "phones": None,
        }

        assert email_addresses(contact) == ["A@example.com", "b@example.com"]
        assert phone_numbers(contact) == ["12"]
