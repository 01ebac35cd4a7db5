"""Whatever the form accepts, the API accepts; and whatever is posted, the form answers."""

import json
import os
from collections import Counter

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.entry.entry import Entry
from leonar_sandbox.contract import read_contact
from leonar_sandbox.samples import CUSTOM_FIELDS
from tests.entry import wild_forms
from tests.entry.wild_forms import filled_in, garbage
from tests.entry_form import received
from tests.schema.leonar_contact import errors

# The values that have a format, by the control they are typed into; much cheaper to make than whole forms.
FORMATS = {
    "first_name": wild_forms.text,
    "emails-0-email": wild_forms.emails,
    "phones-0-phone": wild_forms.phones,
    "linkedin_profile": wild_forms.links,
    "tags": wild_forms.lists,
    "company_id": wild_forms.ids,
    "years_experience": wild_forms.years,
}
# `make fuzz` tries ten times as many.
TIMES_AS_MANY = int(os.environ.get("EXAMPLES_TIMES", "1"))
DEFINED_KEYS = {field["key"] for field in CUSTOM_FIELDS}


def steady(examples: int) -> settings:
    """The same examples everywhere and always, however slow the machine."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
    return settings(
        max_examples=examples * TIMES_AS_MANY,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=slow,
    )


def reposted(entry: Entry) -> QueryDict:
    """What a browser posts when the page of `entry` is submitted as it stands."""
    data = QueryDict(mutable=True)
    for rows in (entry.emails, entry.phones, entry.custom_data):
        data[f"{rows.prefix}-TOTAL_FORMS"] = str(rows.total_form_count())
        data[f"{rows.prefix}-INITIAL_FORMS"] = str(rows.initial_form_count())
    for form in (entry.contact, *entry.emails, *entry.phones, *entry.custom_data):
        for bound in form:
            value = bound.value()
            if bound.widget_type == "checkbox":
                data.setlist(bound.html_name, ["on"] if value else [])
            elif bound.widget_type == "select":
                offered = [str(key) for key, _word in bound.field.choices]
                assert not value or value in offered
                data[bound.html_name] = value or offered[0]
            else:
                data[bound.html_name] = "" if value is None else str(value)
    return data


def texts(value: object) -> list[str]:
    """Every text in a JSON value, keys among them."""
    if isinstance(value, dict):
        return [text for item in (*value, *value.values()) for text in texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return [value] if isinstance(value, str) else []


def assert_leonar_takes(payload: dict) -> None:
    """The transcription of the reference takes it, the sandbox takes it, and every database and wire can carry it."""
    assert errors(payload) == []
    assert read_contact(without_defined_keys(payload)) == without_defined_keys(payload)
    assert json.loads(json.dumps(payload, allow_nan=False, ensure_ascii=False).encode()) == payload
    assert not any("\x00" in text for text in texts(payload))
    assert not any(value is None or value in ("", [], {}) for value in payload.values())


def without_defined_keys(payload: dict) -> dict:
    """`payload` without the custom data that the sandbox's own workspace has rules for."""
    custom = {key: value for key, value in payload.get("custom_data", {}).items() if key not in DEFINED_KEYS}
    return payload | ({"custom_data": custom} if "custom_data" in payload else {})


def test_what_the_form_accepts_leonar_accepts_and_a_second_round_changes_nothing():
    outcomes = Counter()

    @steady(250)
    @given(filled_in)
    def every_form(data: QueryDict) -> None:
        entry = Entry(data)
        outcomes[entry.is_valid()] += 1
        if not entry.is_valid():
            assert entry.problems
            return
        assert entry.problems == []
        assert_leonar_takes(entry.payload)
        retyped = Entry.from_typed(json.loads(json.dumps(entry.typed())))
        assert retyped.is_valid()
        assert retyped.payload == entry.payload
        again = Entry(reposted(Entry.from_payload(entry.payload)))
        assert again.is_valid(), again.problems
        assert again.payload == entry.payload

    every_form()

    # If hardly anything were valid, nothing would have been proved.
    assert outcomes[True] > 0.3 * outcomes.total()
    assert outcomes[False] > 0.05 * outcomes.total()


@pytest.mark.parametrize("control", FORMATS)
def test_every_value_the_form_accepts_leonar_accepts(control):
    sent = Counter()

    @steady(100)
    @given(FORMATS[control])
    def every_value(typed: str) -> None:
        entry = Entry(received({"first_name": "Sophie", control: typed}))
        sent[entry.is_valid()] += 1
        if entry.is_valid():
            assert_leonar_takes(entry.payload)

    every_value()

    assert sent[True] > 0.4 * sent.total()


@steady(200)
@given(wild_forms.typed_values | st.tuples(st.just("json"), wild_forms.odd_text))
def test_every_typed_value_the_form_accepts_leonar_accepts(typed: tuple[str, str]):
    kind, value = typed
    row = {"custom_data-0-key": "key", "custom_data-0-type": kind, "custom_data-0-value": value}

    entry = Entry(received({"first_name": "Sophie"} | row))

    if entry.is_valid():
        assert_leonar_takes(entry.payload)


@steady(150)
@given(garbage)
def test_whatever_is_posted_the_form_answers(data: QueryDict):
    entry = Entry(data)

    valid = entry.is_valid()

    assert valid == (entry.problems == [])
    assert isinstance(entry.questions, list)
    json.dumps(entry.typed(), ensure_ascii=False).encode()
    again = Entry.from_typed(entry.typed())
    assert again.is_valid() == valid
    if valid:
        assert_leonar_takes(entry.payload)
        assert again.payload == entry.payload
