"""No field and no list is endless: what is too much is refused, named and counted, and nothing of it is cut."""

import re
from pathlib import Path

import pytest

from contacts.contact import (
    CUSTOM_KEYS_MOST,
    CUSTOM_VALUE_MOST,
    FIELDS,
    ITEM_MOST,
    ITEMS_MOST,
    TEXT_MOST,
    Kind,
    names_of,
)
from tests.entry.posting import entry, payload, said

ROOT = Path(__file__).resolve().parents[2]
# What takes long to put in order, was it not counted first.
MARKS = "\u0300\u0323"
TEXTS = [name for name in names_of(Kind.TEXT) if FIELDS[name].most == TEXT_MOST]


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_at_the_limit_is_sent_whole_and_a_longer_one_is_counted(name):
    assert payload(**{name: "x" * TEXT_MOST})[name] == "x" * TEXT_MOST
    assert said(entry(**{name: "x" * 2_001})) == [
        (name, f"{FIELDS[name].label} must be 2000 characters or fewer. This one has 2001.")
    ]


@pytest.mark.parametrize(
    ("control", "path"),
    [
        ("linkedin_profile", "linkedin_profile"),
        ("company_id", "company_id"),
        ("emails__0__email", "emails.0.email"),
        ("phones__4__phone", "phones.4.phone"),
    ],
)
def test_a_control_of_any_other_format_says_the_same(control, path):
    [(told, message)] = said(entry(**{control: MARKS * 1_001}))

    assert told == path
    assert "must be 2000 characters or fewer. This one has 2002." in message


def test_a_documented_limit_stays_the_one_that_is_named():
    assert said(entry(last_name="x" * 5_000)) == [
        ("last_name", "Last name must be 100 characters or fewer. This one has 5000.")
    ]


def test_a_documented_limit_is_counted_after_cleaning():
    assert payload(last_name=f"  {'x' * 100}\u200b  ")["last_name"] == "x" * 100


@pytest.mark.parametrize("name", names_of(Kind.TEXTS))
class TestLists:
    def test_as_many_items_as_there_may_be_are_sent(self, name):
        items = [f"item {number}" for number in range(ITEMS_MOST)]

        assert payload(**{name: ", ".join(items)})[name] == items

    def test_more_are_counted(self, name):
        form = entry(**{name: "a, ; b," * 251})

        assert said(form) == [(name, f"{FIELDS[name].label} must be 500 items or fewer. This list has 502.")]

    def test_an_item_that_is_too_long_is_named(self, name):
        most = FIELDS[name].most

        form = entry(**{name: f"Rust, {'x' * (most + 1)}"})

        message = f"“{'x' * 20}…” has {most + 1} characters. Each must be {most} or fewer."
        assert said(form) == [(name, message)]
        assert payload(**{name: "x" * most})[name] == ["x" * most]


class TestCustomData:
    def test_a_long_value_is_sent_and_a_longer_one_is_counted(self):
        rows = {"custom_data__0__key": "note", "custom_data__0__value": "x" * CUSTOM_VALUE_MOST}

        assert payload(**rows)["custom_data"] == {"note": "x" * CUSTOM_VALUE_MOST}
        assert said(entry(**rows | {"custom_data__0__value": "x" * 10_001})) == [
            ("custom_data.0.value", "Value must be 10000 characters or fewer. This one has 10001.")
        ]

    def test_a_long_key_is_counted(self):
        form = entry(custom_data__0__key="x" * 201, custom_data__0__value="1")

        assert said(form) == [("custom_data.0.key", "Key must be 200 characters or fewer. This one has 201.")]

    def test_too_many_keys_are_counted_by_the_rows(self):
        rows = {f"custom_data__{place}__key": str(place) for place in range(CUSTOM_KEYS_MOST + 1)}

        assert ("custom_data", "Enter 100 or fewer.") in said(entry(**rows))


def test_what_is_too_long_stays_in_the_form():
    form = entry(title="x" * 3_000, tags="y" * 3_000)

    assert not form.is_valid()
    assert form.typed()["title"] == ["x" * 3_000]
    assert form.typed()["tags"] == ["y" * 3_000]


def test_the_readme_names_the_limits():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme[readme.index("## Limits") : readme.index("## Run it for real")]
    limits = (TEXT_MOST, ITEM_MOST, ITEMS_MOST, CUSTOM_KEYS_MOST, CUSTOM_VALUE_MOST)

    named = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", section)}

    assert named >= {*limits, FIELDS["first_name"].most, FIELDS["tags"].most, FIELDS["emails"].items_most}
