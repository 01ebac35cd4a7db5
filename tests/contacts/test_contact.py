"""Cleaned form data to the API's JSON, and what is read of it."""

import pytest

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
        assert list(built) == [name for name in FIELDS if name in WHOLE]

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
