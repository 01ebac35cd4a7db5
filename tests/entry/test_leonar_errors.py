"""What Leonar refuses appears at the very control that caused it."""

import pytest

from contacts.entry.entry import Entry
from tests.entry.posting import entry


class TestLeonarsErrors:
    @pytest.mark.parametrize(
        ("field", "control"),
        [
            ("title", "id_title"),
            ("tags.2", "id_tags"),
            ("tags[2]", "id_tags"),
            ("emails.0.email", "id_emails-1-email"),
            ("emails.1.email", "id_emails-3-email"),
            ("emails[1].email", "id_emails-3-email"),
            ("emails.1.type", "id_emails-3-type"),
            ("emails.1", "id_emails-3-email"),
            ("emails", "id_emails-1-email"),
            ("email", "id_emails-1-email"),
            ("phone", "id_phones-2-phone"),
            ("phones.0.phone", "id_phones-2-phone"),
            ("custom_data.salary", "id_custom_data-1-value"),
            ("custom_data.a.b", "id_custom_data-4-value"),
            ("custom_data.a.b.c", "id_custom_data-4-value"),
            ("custom_data", "id_custom_data-1-value"),
        ],
    )
    def test_they_stand_at_the_control_that_caused_them(self, field, control):
        form = Entry.from_typed(
            entry(
                emails__1__email="a@example.com",
                emails__2__email="A@example.com",
                emails__3__email="b@example.com",
                phones__2__phone="06 12 34 56 78",
                custom_data__1__key="salary",
                custom_data__1__value="1",
                custom_data__4__key="a.b",
                custom_data__4__value="1",
            ).typed()
        )

        form.add_leonar_error(field, "Not like this")

        assert [(problem.control_id, problem.message) for problem in form.problems] == [(control, "Not like this")]

    @pytest.mark.parametrize(
        "field", ["pipeline", "emails.4.email", "custom_data.unknown", "phone", "..", "form.title"]
    )
    def test_those_without_a_control_stand_at_the_top_with_their_field(self, field):
        form = entry(first_name="Sophie")

        form.add_leonar_error(field, "Not like this")

        assert [(problem.control_id, problem.message) for problem in form.problems] == [("", f"{field}: Not like this")]

    @pytest.mark.parametrize("field", ["form_token", "csrfmiddlewaretoken", f"emails.{'9' * 5000}.email"])
    def test_fields_that_nobody_sees_and_places_that_nobody_has_do_no_harm(self, field):
        form = entry(emails__0__email="a@example.com")

        form.add_leonar_error(field, "Not like this")

        assert form.problems[0].message.endswith("Not like this")
        assert form.problems[0].control_id in ("", "id_emails-0-email")

    def test_what_leonar_says_without_a_word_is_put_into_words(self):
        form = entry(title="Engineer")

        form.add_leonar_error("title", "")

        assert [(problem.control_id, problem.message) for problem in form.problems] == [
            ("id_title", "Leonar did not say what is wrong.")
        ]

    def test_those_without_a_field_stand_at_the_top(self):
        form = entry()

        form.add_leonar_error(None, "Try again")

        assert [(problem.control_id, problem.message) for problem in form.problems] == [("", "Try again")]
