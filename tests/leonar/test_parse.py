"""Bodies: strict about what is promised, blind to the rest, and fit to be stored."""

import json

import pytest

from contacts.leonar import parse
from contacts.leonar.parse import CONTAINERS_MAX, DEPTH_MAX

ID = "3f6c1f0e-7d0a-4a53-9a5c-2a1f0d4b8e11"
# The body, and the contact in it.
LEVELS_ABOVE = 2


def body(contact: object) -> str:
    return json.dumps({"data": contact})


def created_with(extra: str) -> str:
    return f'{{"data": {{"id": "{ID}", "extra": {extra}, "title": "Engineer"}}}}'


def depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def test_a_contact_with_keys_nobody_knows_is_read_whole():
    contact = {"id": ID.upper(), "brand_new": {"deep": [1, None]}}

    assert parse.contact(body(contact)) == contact


@pytest.mark.parametrize("data", [None, [], [{"id": ID}], ID, 7])
def test_what_is_no_object_is_no_contact(data):
    with pytest.raises(ValueError, match="no contact"):
        parse.contact(body(data))


@pytest.mark.parametrize(
    "contact_id", [None, "", 42, "42", ID.replace("-", ""), f"{{{ID}}}", f"urn:uuid:{ID}", [ID], ID[:-1]]
)
def test_an_id_that_is_no_uuid_is_no_id(contact_id):
    with pytest.raises(ValueError, match="no id"):
        parse.contact(body({"id": contact_id}))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 301, "-" + "9" * 5000])
def test_a_number_beyond_all_sense_is_null_and_costs_nothing_else(number):
    assert parse.contact(created_with(number)) == {"id": ID, "extra": None, "title": "Engineer"}


@pytest.mark.parametrize("number", [0, -1, 2**63, -(10**298), 1.5, 1e300, -0.0])
def test_every_other_number_is_kept(number):
    assert parse.contact(body({"id": ID, "extra": number}))["extra"] == number


def test_characters_that_no_database_stores_are_replaced():
    read = parse.contact(created_with(r'{"a\u0000": ["b\u0000c", {"d": "\ud83d!"}]}'))

    assert read["extra"] == {"a\ufffd": ["b\ufffdc", {"d": "\ufffd!"}]}


def test_a_key_that_only_looks_like_the_id_does_not_replace_it():
    assert parse.contact(created_with(r'1, "id\u0000": "x"'))["id"] == ID


def test_a_true_pair_of_surrogates_is_kept():
    assert parse.contact(created_with(r'"\ud83d\ude00"'))["extra"] == "😀"


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a": ', "}")], ids=["lists", "objects"])
@pytest.mark.parametrize("levels", [1, 20, DEPTH_MAX - LEVELS_ABOVE])
def test_nesting_as_deep_as_anybody_needs_is_kept(opening, closing, levels):
    nested = opening * levels + "1" + closing * levels

    assert parse.contact(created_with(nested))["extra"] == json.loads(nested)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a": ', "}")], ids=["lists", "objects"])
@pytest.mark.parametrize("levels", [DEPTH_MAX - LEVELS_ABOVE + 1, 480, 990, 9_000])
def test_what_is_nested_deeper_is_null_and_the_id_is_read_all_the_same(opening, closing, levels):
    read = parse.contact(created_with(opening * levels + "1" + closing * levels))

    assert (read["id"], read["title"]) == (ID, "Engineer")
    assert depth(read) == DEPTH_MAX - 1


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a": ', "}")], ids=["lists", "objects"])
def test_what_is_nested_without_end_costs_no_more(opening, closing):
    read = parse.contact(created_with(opening * 100_000 + "1" + closing * 100_000))

    assert read == {"id": ID, "extra": None, "title": "Engineer"}


@pytest.mark.parametrize("extra", ["[]", "{}", "[[1]]", '{"a": {}}'])
def test_of_more_arrays_and_objects_than_anybody_needs_only_the_contacts_own_values_are_read(extra):
    few, many = (", ".join([extra] * times) for times in (CONTAINERS_MAX // 3, CONTAINERS_MAX + 1))

    assert parse.contact(created_with(f"[{few}]"))["extra"] == json.loads(f"[{few}]")
    assert parse.contact(created_with(f"[{many}]")) == {"id": ID, "extra": None, "title": "Engineer"}


def test_a_list_of_a_thousand_full_contacts_is_read_whole():
    contact = {"id": ID, "emails": [{"email": "a@example.com"}] * 5, "phones": [{"phone": "+33612345678"}] * 5}

    assert parse.listing(json.dumps({"data": [contact] * 1000})) == ([contact] * 1000, False)


def test_brackets_in_strings_are_no_levels():
    note = r"[{ \" [[ \\ " * 200

    assert parse.contact(body({"id": ID, "note": note, "notes": [note]}))["notes"] == [note]


@pytest.mark.parametrize("text", ["[" * 200, "[" * 200 + "]" * 199, '{"data": ' * 200, "[" * 200 + '"', "]" * 200])
def test_what_is_never_closed_is_unreadable(text):
    with pytest.raises(ValueError, match=r"."):
        parse.contact(text)
