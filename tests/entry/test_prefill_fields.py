"""A link prefills every field that a contact has, under the name that its control has."""

import pytest
from django.http import QueryDict

from contacts.entry.entry import Entry
from tests.field_examples import examples

EXAMPLES = examples()


def posted(form: Entry) -> Entry:
    """The form as a browser posts it."""
    return Entry.from_typed({name: list(values) for name, values in form.shown().items()})


def query(values: dict[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(values)
    return data


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_field_is_prefilled_by_its_name(name):
    example = EXAMPLES[name]

    form = posted(Entry.from_query(query({"first_name": "Karim"} | example.posted)))

    assert form.is_valid(), form.problems
    assert form.payload[name] == example.sent


@pytest.mark.parametrize("name", ["email", "phone"])
def test_a_single_address_is_prefilled_by_the_apis_name(name):
    value = {"email": "karim@example.com", "phone": "+33612345678"}[name]

    form = posted(Entry.from_query(query({"first_name": "Karim", name: value})))

    assert form.is_valid(), form.problems
    assert form.payload[name] == value


def test_all_of_them_at_once():
    everything = {key: value for example in EXAMPLES.values() for key, value in example.posted.items()}

    form = posted(Entry.from_query(query(everything)))

    assert form.is_valid(), form.problems
    assert set(EXAMPLES) - set(form.payload) == {"email", "phone"}
