"""The workspace's own fields: controls where Leonar defines them, rows for everything else, nothing lost between."""

from typing import Any
from uuid import uuid4

import pytest
from django.template.loader import render_to_string

from contacts.entry import typed_values
from contacts.entry.custom_fields import Definition, read_definitions
from contacts.entry.entry import Entry
from tests.entry_form import received, typed_form

NOTICE = Definition("notice", "Notice period", "select", (("none", "None"), ("1_month", "1 month")))
SALARY = Definition("salary", "Salary", "number")
REMOTE = Definition("remote", "Works remotely", "boolean")
START = Definition("start", "Available from", "date")
SITE = Definition("site", "Portfolio", "url")
BY = Definition("by", "Referred by")
SHIFTS = Definition("shifts", "Shifts", "multiselect", (("day", "Day"), ("night", "Night, or late")))
ALL = (NOTICE, SALARY, REMOTE, START, SITE, BY, SHIFTS)
TYPED = {
    "custom.notice": ["1_month"],
    "custom.salary": ["50000"],
    "custom.remote": ["no"],
    "custom.start": ["2026-11-30"],
    "custom.site": ["ana.example"],
    "custom.by": [" Karim "],
    "custom.shifts": ["day", "night"],
}
SENT = {
    "notice": "1_month",
    "salary": 50000,
    "remote": False,
    "start": "2026-11-30",
    "site": "https://ana.example",
    "by": "Karim",
    "shifts": ["day", "night"],
}


def posted(definitions=ALL, **values: Any) -> Entry:
    data = received(typed_form())
    for name, value in values.items():
        data.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    return Entry(data, definitions=definitions)


def sent(form: Entry) -> dict[str, Any]:
    assert form.is_valid(), form.problems
    return form.payload.get("custom_data", {})


class TestDefinitions:
    def test_they_come_in_their_order_with_what_is_known_of_them(self):
        items = [
            {"key": "b", "label": "B", "type": "number", "position": 2, "is_required": True},
            {"key": "a", "label": " A ", "type": "select", "options": [{"value": "x", "label": "X"}], "position": 1},
        ]

        assert read_definitions(items) == (
            Definition("a", "A", "select", (("x", "X"),)),
            Definition("b", "B", "number", is_required=True),
        )

    @pytest.mark.parametrize("type_", ["multi-select", "multi_select", "MultiSelect"])
    def test_a_type_has_several_spellings(self, type_):
        [found] = read_definitions([{"key": "a", "type": type_, "options": ["x", {"value": "y"}]}])

        assert found.kind == "multiselect"
        assert found.options == (("x", "x"), ("y", "y"))

    @pytest.mark.parametrize("type_", ["signature", None, 7, ["text"], "select"])
    def test_an_unknown_type_is_text_and_so_is_a_choice_of_nothing(self, type_):
        [found] = read_definitions([{"key": "day_rate", "type": type_}])

        assert found == Definition("day_rate", "Day rate")

    @pytest.mark.parametrize(
        "item", [{}, {"key": None}, {"key": ""}, {"key": "two words"}, {"key": "x" * 300}, {"key": ["a"]}]
    )
    def test_what_is_no_definition_is_passed_over(self, item):
        assert read_definitions([item]) == ()

    def test_other_shapes_do_no_harm(self):
        items = [{"key": "a", "label": 3, "options": "x", "position": "first", "is_required": "yes"}, {"key": "a"}]

        assert read_definitions(items) == (Definition("a", "A"),)


def test_what_controls_hold_is_sent_as_its_type():
    assert sent(posted(**TYPED)) == SENT


def test_blank_controls_send_nothing():
    assert sent(posted(custom__notice="", custom__salary="", custom__by=" ")) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("salary", "much"),
        ("salary", "1,500"),
        ("remote", "perhaps"),
        ("start", "soon"),
        ("start", "2026-02-30"),
        ("site", "no address"),
        ("notice", "2_years"),
        ("shifts", "dawn"),
        ("by", "x" * 3000),
    ],
)
def test_what_is_wrong_is_said_once_at_its_control_and_comes_back(name, value):
    form = posted(**{f"custom.{name}": value})

    assert not form.is_valid()
    [problem] = form.problems
    assert problem.field_path == f"custom_data.{name}"
    page = render_to_string("contacts/entry_fields.html", {"entry": form})
    assert f'id="{problem.control_id}"' in page
    assert name in ("notice", "remote", "shifts") or value in page


def test_a_required_one_is_asked_for_unless_a_row_has_it():
    required = Definition("by", "Referred by", is_required=True)

    [problem] = posted((required,)).problems
    assert problem.message == "Enter Referred by."
    row = {"custom_data-0-key": "by", "custom_data-0-value": '["Karim"]', "custom_data-0-type": "json"}
    assert sent(posted((required,), **row)) == {"by": ["Karim"]}


@pytest.mark.parametrize("key", SENT)
def test_a_value_in_a_row_goes_into_its_control(key):
    value, kind = typed_values.write(SENT[key])
    row = {"custom_data-3-key": key, "custom_data-3-value": value, "custom_data-3-type": kind}

    form = posted(**row)

    assert sent(form) == {key: SENT[key]}
    assert list(form.custom_data.filled()) == []


def test_a_number_without_a_type_becomes_one_where_the_field_is_a_number():
    assert sent(posted(**{"custom_data-0-key": "salary", "custom_data-0-value": "50000"})) == {"salary": 50000}


def test_what_does_not_fit_its_control_stays_in_its_row_and_is_sent():
    row = {"custom_data-0-key": "notice", "custom_data-0-value": "2_years", "custom_data-0-type": "text"}

    assert sent(posted(**row)) == {"notice": "2_years"}


def test_a_key_in_both_places_is_refused_at_its_row():
    form = posted(custom__by="Ana", **{"custom_data-0-key": "by", "custom_data-0-value": "Karim"})

    assert not form.is_valid()
    assert [problem.field_path for problem in form.problems] == ["custom_data.0.key"]


def test_where_the_definitions_are_gone_what_was_typed_becomes_rows():
    row = {"custom_data-0-key": "met_at", "custom_data-0-value": "PyCon"}

    form = posted((), custom__by="Karim", **{"custom.shifts": ["day", "night"]}, **row)

    assert sent(form) == {"met_at": "PyCon", "by": "Karim", "shifts": ["day", "night"]}


def test_a_payload_fills_controls_and_rows():
    data = SENT | {"other": 3, "notice": "2_years"}

    form = Entry.from_payload({"first_name": "Sophie", "custom_data": data}, definitions=ALL)

    assert form.custom["salary"].value() == "50000"
    assert form.custom["shifts"].value() == ["day", "night"]
    assert {row["key"].value() for row in form.custom_data if row["key"].value()} == {"other", "notice"}


def test_a_link_fills_controls():
    link = received({"custom_data-0-key": "remote", "custom_data-0-value": "yes", "custom_data-0-type": "boolean"})

    assert Entry.from_query(link, definitions=ALL).custom["remote"].value() == "yes"


@pytest.mark.parametrize("definitions", [ALL, ()], ids=["known", "forgotten"])
def test_a_draft_brings_back_what_was_typed(definitions):
    kept = posted(definitions, **TYPED, custom__by="x").held()

    again = Entry.resumed(kept, token=uuid4(), definitions=ALL)

    assert {key: again.custom[key].value() for key in SENT} == {
        name.removeprefix("custom."): value if name == "custom.shifts" else value[0]
        for name, value in (TYPED | {"custom.by": ["x"]}).items()
    }


def test_a_wrong_date_in_a_draft_is_shown_as_it_was_typed():
    again = Entry.resumed({"custom.start": ["soon"]}, token=uuid4(), definitions=ALL)

    page = render_to_string("contacts/entry_fields.html", {"entry": again})

    assert 'type="text" value="soon"' in page


def test_what_leonar_refuses_is_said_at_the_control():
    form = posted(custom__salary="3")

    form.add_leonar_error("custom_data.salary", "Must be at least 10")

    assert [problem.control_id for problem in form.problems] == ["id_custom.salary"]


def test_labels_marks_and_options_are_on_the_page():
    required = Definition("by", "Referred <by>", is_required=True)

    page = render_to_string("contacts/entry_fields.html", {"entry": Entry(definitions=(*ALL[:5], required, SHIFTS))})

    assert "Referred &lt;by&gt;" in page
    assert page.count('class="required"') == 2
    assert page.index("Notice period") < page.index("Salary") < page.index("Night, or late")
    assert 'name="custom.start" id="id_custom.start" type="date"' in page
