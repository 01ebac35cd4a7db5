"""The rows of a posted form: which of them are sent, and what they say is wrong."""

import pytest

from contacts.entry.entry import Entry
from contacts.entry.problems import Problem
from tests.entry.posting import entry, payload, said
from tests.entry_form import received, typed_form


def counters(name: str, total: str) -> dict[str, str]:
    return {"first_name": "Sophie", f"{name}-TOTAL_FORMS": total, f"{name}-INITIAL_FORMS": "0"}


class TestAddressRows:
    def test_gaps_between_rows_do_not_matter(self):
        sent = payload(emails__1__email="a@example.com", emails__4__email="b@example.com")

        assert sent["emails"] == [{"email": "a@example.com"}, {"email": "b@example.com"}]

    def test_a_row_where_only_the_type_was_chosen_is_empty(self):
        assert payload(emails__0__type="work", phones__2__type="personal") == {"first_name": "Sophie"}

    def test_a_row_of_separators_is_empty(self):
        assert payload(emails__0__email=" ,; ", phones__0__phone=",") == {"first_name": "Sophie"}

    def test_a_repeated_address_is_sent_once_with_the_type_either_row_has(self):
        sent = payload(
            emails__0__email="Sophie@example.com",
            emails__1__email="ana@example.com",
            emails__3__email="sophie@EXAMPLE.com",
            emails__3__type="work",
            phones__0__phone="06 12 34 56 78",
            phones__1__phone="+33612345678",
        )

        assert sent["emails"] == [{"email": "Sophie@example.com", "type": "work"}, {"email": "ana@example.com"}]
        assert sent["phone"] == "+33612345678"

    def test_a_type_that_the_page_does_not_offer_is_kept_and_offered(self):
        form = entry(emails__0__email="a@example.com", emails__0__type="assistant")

        assert form.is_valid()
        assert form.payload["emails"] == [{"email": "a@example.com", "type": "assistant"}]
        assert ("assistant", "assistant") in form.emails[0].fields["type"].choices
        assert ("assistant", "assistant") not in form.emails[1].fields["type"].choices

    def test_a_type_as_long_as_a_novel_is_refused(self):
        form = entry(emails__0__email="a@example.com", emails__0__type="x" * 201)

        assert said(form) == [("emails.0.type", "Choose a type from the list.")]

    def test_each_wrong_row_says_so_itself(self):
        form = entry(emails__0__email="a@example.com", emails__2__email="nobody")

        assert not form.is_valid()
        assert form.problems == [
            Problem(
                "id_emails-2-email",
                "E-mail 3",
                "Enter one e-mail address, like name@example.com.",
                "emails.2.email",
            )
        ]

    def test_numbers_follow_the_settings_region(self, settings):
        settings.DEFAULT_PHONE_REGION = "GB"

        assert payload(phones__0__phone="020 7946 0958")["phone"] == "+442079460958"

    def test_a_number_that_cannot_be_right_is_sent_as_it_was_typed(self):
        sent = payload(phones__0__phone="06 12 34 56 78", phones__3__phone=" ask Karim,")

        assert sent["phones"] == [{"phone": "+33612345678"}, {"phone": "ask Karim"}]


class TestCounters:
    def test_a_form_without_counters_keeps_every_row(self):
        form = Entry(received({"first_name": "Sophie", "emails-4-email": "a@example.com", "custom_data-6-key": "a"}))

        assert len(form.emails.forms) == 5
        assert said(form) == [("custom_data.6.value", "Enter a value for “a”.")]

    @pytest.mark.parametrize("total", ["", "abc", "-1", "0", "1", "5.0", "\x00", "9" * 5000])
    def test_spoiled_counters_lose_no_row(self, total):
        form = Entry(received(counters("emails", total) | {"emails-4-email": "a@example.com"}))

        assert form.is_valid()
        assert form.payload["email"] == "a@example.com"

    @pytest.mark.parametrize("total", ["6", "1000", "999999999"])
    def test_a_forged_number_of_rows_is_refused(self, total):
        form = Entry(received(counters("emails", total) | {"emails-0-email": "a@example.com"}))

        assert said(form) == [("emails", "Enter 5 or fewer.")]
        assert form.problems[0].control_id == "id_emails-0-email"
        assert form.emails.total_form_count() == 5

    @pytest.mark.parametrize(
        "name", ["emails-5-email", "phones-5-phone", "custom_data-100-key", "phones-999999999-phone"]
    )
    def test_a_row_beyond_the_last_is_refused_rather_than_dropped(self, name):
        assert said(Entry(received(typed_form(**{name: "a@example.com"}))))[0][0] == name.partition("-")[0]

    def test_other_counters_change_nothing(self):
        form = Entry(received(counters("emails", "5") | {"emails-INITIAL_FORMS": "9", "emails-MAX_NUM_FORMS": "0"}))

        assert form.is_valid()

    def test_custom_data_always_has_spare_rows_without_scripts(self):
        fresh = Entry()
        used = entry(custom_data__7__key="a", custom_data__7__value="1")
        again = Entry.from_payload({"custom_data": dict.fromkeys("abcdefg", 1)})

        assert [len(form.custom_data.forms) for form in (fresh, used, again)] == [5, 13, 12]


class TestCustomData:
    @pytest.mark.parametrize(
        ("text", "kind", "value"),
        [
            ("7", "text", "7"),
            ("7", "", "7"),
            ("7", "number", 7),
            ("no", "boolean", False),
            ("[1, null]", "json", [1, None]),
        ],
    )
    def test_a_value_is_sent_as_its_type(self, text, kind, value):
        sent = payload(custom_data__0__key="a", custom_data__0__value=text, custom_data__0__type=kind)

        assert sent["custom_data"] == {"a": value}

    def test_a_wrong_value_says_so_at_its_row(self):
        form = entry(custom_data__1__key="a", custom_data__1__value="x", custom_data__1__type="number")

        assert said(form) == [("custom_data.1.value", "Enter a number, like 7 or 3.5.")]

    def test_no_key_is_used_twice(self):
        form = entry(
            custom_data__0__key="a",
            custom_data__0__value="1",
            custom_data__3__key=" a\u200b",
            custom_data__3__value="2",
        )

        assert said(form) == [("custom_data.3.key", "The key “a” is used twice.")]

    def test_neither_a_key_nor_a_value_stands_alone(self):
        form = entry(custom_data__0__key="a", custom_data__1__value="1")

        assert said(form) == [
            ("custom_data.0.value", "Enter a value for “a”."),
            ("custom_data.1.key", "Enter a key for this value."),
        ]

    def test_an_unknown_type_is_refused(self):
        form = entry(custom_data__0__key="a", custom_data__0__value="1", custom_data__0__type="date")

        assert said(form) == [("custom_data.0.type", "Choose a type from the list.")]
