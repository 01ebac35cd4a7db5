"""The entry form as a whole: what a post becomes, what it keeps, and where it says what is wrong."""

import uuid

import pytest
from django.http import QueryDict

from contacts.entry.entry import Entry
from tests.entry.posting import entry, payload, said
from tests.entry_form import received, typed_form


class TestPosting:
    def test_a_whole_form_becomes_the_documented_body(self):
        form = Entry(
            received(
                typed_form(
                    **{
                        "first_name": " Sophie ",
                        "last_name": "Martin",
                        "title": "Engineer",
                        "current_company": "Acme",
                        "location": "Lyon",
                        "linkedin_profile": "in/sophie-martin",
                        "contact_type": "candidate",
                        "tags": "Rust; remote, RUST",
                        "skills": "Django",
                        "languages": "French, English",
                        "source": "linkedin",
                        "company_id": "{5D1F0A527C1E4B7E9A510D3C6A4F1E01}",
                        "global_status": "new",
                        "do_not_contact": "on",
                        "years_experience": "7",
                        "emails-0-email": "sophie@example.com,",
                        "emails-0-type": "work",
                        "phones-0-phone": "06 12 34 56 78",
                        "custom_data-0-key": "salary",
                        "custom_data-0-value": "45 000",
                        "custom_data-0-type": "number",
                    }
                )
            )
        )

        assert form.is_valid()
        assert form.payload == {
            "first_name": "Sophie",
            "last_name": "Martin",
            "emails": [{"email": "sophie@example.com", "type": "work"}],
            "phone": "+33612345678",
            "title": "Engineer",
            "current_company": "Acme",
            "location": "Lyon",
            "linkedin_profile": "https://www.linkedin.com/in/sophie-martin",
            "contact_type": ["candidate"],
            "tags": ["Rust", "remote"],
            "source": "linkedin",
            "company_id": "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e01",
            "custom_data": {"salary": 45000},
            "global_status": "new",
            "do_not_contact": True,
            "years_experience": 7,
            "skills": ["Django"],
            "languages": ["French", "English"],
        }

    def test_a_list_that_arrives_in_parts_is_one_list(self):
        form = Entry(QueryDict("first_name=Sophie&tags=Rust, Go&tags=rust&tags=Java"))

        assert form.is_valid()
        assert form.payload["tags"] == ["Rust", "Go", "Java"]

    def test_a_first_name_is_enough(self):
        assert payload() == {"first_name": "Sophie"}

    def test_a_first_name_is_needed(self):
        assert said(entry(first_name="\u200b ")) == [("first_name", "Enter a first name.")]

    @pytest.mark.parametrize("word", ["no", "0", "False", " off "])
    def test_a_no_is_no_tick_however_it_is_posted(self, word):
        form = entry(do_not_contact=word)

        assert form.payload == {"first_name": "Sophie"}
        assert not form.unposted().contact["do_not_contact"].value()
        assert payload(do_not_contact="true")["do_not_contact"] is True

    def test_an_unknown_status_is_refused(self):
        assert said(entry(global_status="hired")) == [("global_status", "Choose from the list.")]

    def test_an_invalid_form_has_no_payload(self):
        with pytest.raises(ValueError, match="invalid"):
            _ = entry(first_name="").payload


class TestProblems:
    def test_they_come_in_the_order_of_the_page(self):
        form = entry(
            company_id="x",
            custom_data__0__key="a",
            phones__0__type="x" * 201,
            phones__0__phone="12",
            emails__0__email="x",
            years_experience="x",
            linkedin_profile="x",
            first_name="",
            last_name="x" * 101,
            tags="x" * 101,
        )

        assert [path for path, _message in said(form)] == [
            "first_name",
            "last_name",
            "emails.0.email",
            "phones.0.type",
            "linkedin_profile",
            "years_experience",
            "tags",
            "company_id",
            "custom_data.0.value",
        ]

    def test_a_form_that_was_not_posted_has_none(self):
        assert Entry().problems == []
        assert Entry().questions == []

    def test_the_first_field_has_the_focus_until_something_is_wrong(self):
        assert "autofocus" in Entry().contact.fields["first_name"].widget.attrs
        assert "autofocus" not in entry(first_name="").contact.fields["first_name"].widget.attrs
        assert "autofocus" in Entry().contact.fields["first_name"].widget.attrs


class TestToken:
    def test_each_fresh_form_has_its_own(self):
        assert Entry().token != Entry().token

    def test_the_posted_one_is_kept(self):
        token = uuid.uuid4()

        assert Entry(received({"first_name": "Sophie", "form_token": str(token)})).token == token

    @pytest.mark.parametrize("junk", [{}, {"form_token": ""}, {"form_token": "junk"}])
    def test_a_form_without_a_usable_one_gets_one_that_stays(self, junk):
        form = Entry(received({"first_name": "Sophie"} | junk))

        assert form.is_valid()
        assert form.token == form.token
        assert str(form.contact["form_token"].value()) == str(form.token)


class TestKeeping:
    def test_what_was_typed_can_be_typed_again(self):
        first = entry(
            tags="Rust,, Go", emails__2__email=" A@example.com,", phones__0__type="work", years_experience="x"
        )

        again = Entry.from_typed(first.typed())

        assert said(again) == said(first)
        assert again.contact["tags"].value() == "Rust,, Go"
        assert again.emails[2]["email"].value() == " A@example.com,"
        assert again.phones[0]["type"].value() == "work"
        assert again.token != first.token

    def test_typing_it_again_is_a_new_form(self):
        token = str(uuid.uuid4())

        again = Entry.from_typed({"first_name": ["Sophie"], "form_token": [token]})

        assert str(again.token) != token

    def test_what_is_not_the_contact_is_not_kept(self):
        data = QueryDict("first_name=Sophie&csrfmiddlewaretoken=x&then=another&revision=3&form_token=x&title=")

        assert Entry(data).typed() == {"first_name": ["Sophie"]}

    def test_what_no_database_stores_is_gone_before_it_is_kept(self):
        form = Entry(
            received({"first_name": "So\x00phie\ud800", "custom_data-0-key": "a", "custom_data-0-value": "\x00b"})
        )

        assert form.is_valid()
        assert form.typed()["first_name"] == ["Sophie"]
        assert form.payload == {"first_name": "Sophie", "custom_data": {"a": "b"}}

    def test_the_posted_data_itself_is_left_alone(self):
        data = QueryDict("first_name=Sophie")

        Entry(data)

        assert data.dict() == {"first_name": "Sophie"}
