"""JSON from outside made fit for both databases."""

import json

from contacts.text.storable import storable


def test_what_no_database_stores_goes_wherever_it_stands():
    odd = {"a\x00": ["\ud800b", {"c": float("nan")}, float("-inf")], "d": [1, 1.5, True, None, "é👩‍💻"]}

    kept = storable(odd)

    assert kept == {"a": ["b", {"c": None}, None], "d": [1, 1.5, True, None, "é👩‍💻"]}
    json.dumps(kept, allow_nan=False, ensure_ascii=False).encode()


def test_what_is_fit_stays_as_it_is():
    contact = {"id": "x", "tags": ["Rust"], "custom_data": {"a": [1, {"b": False}]}, "title": None}

    assert storable(contact) == contact
