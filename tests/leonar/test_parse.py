"""Bodies: strict about what is promised, blind to the rest, and fit to be stored."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.leonar import parse

ID = "3f6c1f0e-7d0a-4a53-9a5c-2a1f0d4b8e11"


def body(contact: object) -> bytes:
    return json.dumps({"data": contact}).encode()


def test_a_contact_with_keys_nobody_knows_is_read_whole():
    contact = {"id": ID.upper(), "brand_new": {"deep": [1, None]}}

    assert parse.contact(body(contact)) == contact


@pytest.mark.parametrize(
    "contact_id", [None, "", 42, "42", ID.replace("-", ""), f"{{{ID}}}", f"urn:uuid:{ID}", [ID], ID[:-1]]
)
def test_an_id_that_is_no_uuid_is_no_id(contact_id):
    with pytest.raises(ValueError, match="no id"):
        parse.contact(body({"id": contact_id}))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 5000])
def test_numbers_that_no_database_stores_are_not_json(number):
    with pytest.raises(ValueError, match=r".+"):
        parse.contact(b'{"data": {"id": "%s", "x": %s}}' % (ID.encode(), number.encode()))


def test_characters_that_no_database_stores_are_taken_out():
    read = parse.contact(b'{"data": {"id": "%s", "a\\u0000": ["b\\u0000c", {"d": "\\ud83d!"}]}}' % ID.encode())

    assert read == {"id": ID, "a": ["bc", {"d": "?!"}]}


def test_a_true_pair_of_surrogates_is_kept():
    assert parse.contact(b'{"data": {"id": "%s", "a": "\\ud83d\\ude00"}}' % ID.encode())["a"] == "😀"


# A busy machine is slow, not wrong.
@settings(deadline=None)
@given(st.binary(max_size=200) | st.recursive(st.none() | st.text(max_size=3), st.lists).map(body))
def test_an_error_body_is_read_whatever_it_is(anything):
    code, message = parse.error_body(anything)

    assert (type(code), type(message)) == (str, str)
