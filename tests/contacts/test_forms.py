"""The entry form as a whole: what a post becomes, what it keeps, and where it says what is wrong."""

import uuid

import pytest
from django.http import QueryDict

from contacts.forms import FIELD_LABELS, Entry, Problem
from contacts.leonar.limits import BODY_FIELDS
from tests.entry_form import typed_form


def entry(**fields: str) -> Entry:
    """A posted form with a first name and `fields`; `__` stands for `-`, as in `emails__0__email`."""
    return Entry(typed_form(**{name.replace("__", "-"): value for name, value in fields.items()}))


def payload(**fields: str) -> dict:
    """What such a form sends."""
    form = entry(**fields)
    assert form.is_valid(), form.problems
    return form.payload


def said(form: Entry) -> list[tuple[str, str]]:
    """The paths and the words of what is wrong."""
    form.is_valid()
    return [(problem.field_path, problem.message) for problem in form.problems]


def counters(name: str, total: str) -> dict[str, str]:
    return {"first_name": "Sophie", f"{name}-TOTAL_FORMS": total, f"{name}-INITIAL_FORMS": "0"}


class TestPosting:
    def test_a_whole_form_becomes_the_documented_body(self):
        form = Entry(
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

    def test_an_unknown_status_is_refused(self):
        assert said(entry(global_status="hired")) == [("global_status", "Choose a status from the list.")]

    def test_an_invalid_form_has_no_payload(self):
        with pytest.raises(ValueError, match="invalid"):
            _ = entry(first_name="").payload


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
        form = entry(emails__0__email="a@example.com", emails__0__type="x" * 101)

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

    def test_a_number_that_cannot_be_right_is_sent_and_questioned(self):
        form = entry(phones__0__phone="06 12 34 56 78", phones__3__phone="ask Karim")

        assert form.is_valid()
        assert form.payload["phones"] == [{"phone": "+33612345678"}, {"phone": "ask Karim"}]
        assert [(question.control_id, question.field_path) for question in form.questions] == [
            ("id_phones-3-phone", "phones.3.phone")
        ]


class TestCounters:
    def test_a_form_without_counters_keeps_every_row(self):
        form = Entry({"first_name": "Sophie", "emails-4-email": "a@example.com", "custom_data-6-key": "a"})

        assert len(form.emails.forms) == 5
        assert said(form) == [("custom_data.6.value", "Enter a value for “a”.")]

    @pytest.mark.parametrize("total", ["", "abc", "-1", "0", "1", "5.0", "\x00", "9" * 5000])
    def test_spoiled_counters_lose_no_row(self, total):
        form = Entry(counters("emails", total) | {"emails-4-email": "a@example.com"})

        assert form.is_valid()
        assert form.payload["email"] == "a@example.com"

    @pytest.mark.parametrize("total", ["6", "1000", "999999999"])
    def test_a_forged_number_of_rows_is_refused(self, total):
        form = Entry(counters("emails", total) | {"emails-0-email": "a@example.com"})

        assert said(form) == [("emails", "Enter 5 or fewer.")]
        assert form.problems[0].control_id == "id_emails-0-email"
        assert form.emails.total_form_count() == 5

    @pytest.mark.parametrize(
        "name", ["emails-5-email", "phones-5-phone", "custom_data-100-key", "phones-999999999-phone"]
    )
    def test_a_row_beyond_the_last_is_refused_rather_than_dropped(self, name):
        assert said(Entry(typed_form(**{name: "a@example.com"})))[0][0] == name.partition("-")[0]

    def test_other_counters_change_nothing(self):
        form = Entry(counters("emails", "5") | {"emails-INITIAL_FORMS": "9", "emails-MAX_NUM_FORMS": "0"})

        assert form.is_valid()

    def test_custom_data_always_has_spare_rows_without_scripts(self):
        fresh = Entry()
        used = entry(custom_data__7__key="a", custom_data__7__value="1")
        again = Entry(initial={"custom_data": dict.fromkeys("abcdefg", 1)})

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


class TestProblems:
    def test_they_come_in_the_order_of_the_page(self):
        form = entry(
            company_id="x",
            custom_data__0__key="a",
            phones__0__type="x" * 101,
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

        assert Entry({"first_name": "Sophie", "form_token": str(token)}).token == token

    @pytest.mark.parametrize("junk", [{}, {"form_token": ""}, {"form_token": "junk"}])
    def test_a_form_without_a_usable_one_gets_one_that_stays(self, junk):
        form = Entry({"first_name": "Sophie"} | junk)

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
        form = Entry({"first_name": "So\x00phie\ud800", "custom_data-0-key": "a", "custom_data-0-value": "\x00b"})

        assert form.is_valid()
        assert form.typed()["first_name"] == ["Sophie"]
        assert form.payload == {"first_name": "Sophie", "custom_data": {"a": "b"}}

    def test_the_posted_data_itself_is_left_alone(self):
        data = QueryDict("first_name=Sophie")

        Entry(data)

        assert data.dict() == {"first_name": "Sophie"}


class TestPrefilling:
    def test_a_payload_fills_the_form(self):
        form = Entry(
            initial={
                "first_name": "Sophie",
                "email": "sophie@example.com",
                "phones": [{"phone": "+33612345678", "type": "mobile"}, {"phone": "12"}],
                "tags": ["Rust", "Go"],
                "custom_data": {"a": True, "b": 3.5, "c": [1], "d": "x"},
                "years_experience": 0,
                "do_not_contact": True,
            }
        )

        assert form.emails[0]["email"].value() == "sophie@example.com"
        assert form.phones[0]["type"].value() == "mobile"
        assert form.contact["tags"].value() == "Rust, Go"
        assert form.contact["years_experience"].value() == "0"
        assert form.contact["do_not_contact"].value() is True
        rows = [{name: row[name].value() for name in ("key", "value", "type")} for row in form.custom_data][:4]
        assert rows == [
            {"key": "a", "value": "yes", "type": "boolean"},
            {"key": "b", "value": "3.5", "type": "number"},
            {"key": "c", "value": "[1]", "type": "json"},
            {"key": "d", "value": "x", "type": "text"},
        ]

    def test_query_parameters_fill_the_form(self):
        query = QueryDict(mutable=True)
        query.update(
            {
                "first_name": "Sophie\u200b",
                "tags": "Rust, Go",
                "do_not_contact": "true",
                "email": "a@example.com",
                "emails-3-email": "b@example.com",
                "emails-3-type": "work",
                "custom_data-0-key": "a",
                "custom_data-0-value": "1",
                "custom_data-0-type": "number",
                "unknown": "x",
            }
        )

        form = Entry.from_query(query)

        assert form.contact["first_name"].value() == "Sophie"
        assert form.contact["tags"].value() == "Rust, Go"
        assert form.contact["do_not_contact"].value() is True
        assert [row["email"].value() for row in form.emails][:3] == ["a@example.com", "b@example.com", None]
        assert form.emails[1]["type"].value() == "work"
        assert form.custom_data[0]["type"].value() == "number"

    def test_a_list_may_come_as_several_parameters(self):
        form = Entry.from_query(QueryDict("tags=Rust&tags=Go,Java&skills="))

        assert form.contact["tags"].value() == "Rust, Go, Java"

    @pytest.mark.parametrize(
        "query",
        [
            "emails-٣-email=x",
            "emails-99-email=x",
            "custom_data-0-value=x",
            "email=&phone=%00",
            "years_experience=x&tags",
        ],
    )
    def test_odd_parameters_do_no_harm(self, query):
        form = Entry.from_query(QueryDict(query))

        assert [len(rows.forms) for rows in (form.emails, form.phones)] == [5, 5]


class TestBlankness:
    @pytest.mark.parametrize(
        ("form", "blank"),
        [
            (Entry(), True),
            (Entry.from_query(QueryDict("page=2")), True),
            (Entry.from_query(QueryDict("source=fair")), False),
            (Entry.from_query(QueryDict("custom_data-0-key=a")), False),
            (Entry(initial={"email": "a@example.com"}), False),
            (Entry(QueryDict("")), False),
        ],
    )
    def test_only_a_form_with_nothing_in_it_is_blank(self, form, blank):
        assert form.is_blank is blank


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


def test_the_page_can_label_every_documented_field():
    assert set(FIELD_LABELS) == set(BODY_FIELDS)
    assert all(str(label) for label in FIELD_LABELS.values())
