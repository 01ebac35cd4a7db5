"""Cleaned form data <-> the JSON that Leonar takes and returns; pure.

Absent values are left out: never "", null or []. Reference: POST /contacts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from contacts.leonar.limits import BODY_FIELDS

# A single address may be written in two ways; these are the pairs.
_SINGLE_AND_SEVERAL = (("email", "emails"), ("phone", "phones"))


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not the same on both sides. Values are the API's; None is "not there".

    "missing": only sent; "added": only held; "changed": both, and not the same. Of lists, only the items that differ.
    `field` is a field of the API, or `custom_data.key` for one key of it.
    """

    field: str
    sent: Any
    held: Any
    kind: Literal["changed", "missing", "added"]


def build(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The body of POST /contacts for `cleaned`: values by API names, `emails` and `phones` as lists of items."""
    values = dict(cleaned)
    for one, several in _SINGLE_AND_SEVERAL:
        values |= _addresses(cleaned.get(several), one=one, several=several)
    return {name: values[name] for name in BODY_FIELDS if not _is_absent(values.get(name))}


def differences(sent: Mapping[str, Any], held: Mapping[str, Any]) -> list[Difference]:
    """What of the payload `sent` is not found in the contact as Leonar holds it, and what Leonar added to its lists.

    The order of lists, the case of their items, and one address written as `email` or as `emails` are no differences;
    nor are fields that were not sent.
    """
    return list(_differences(_comparable(sent), _comparable(held)))


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What is not the same in two payloads, `before` as sent and `after` as held."""
    old, new = (_with_keys_apart(_comparable(payload)) for payload in (before, after))
    return [
        _change(name, old.get(name), new.get(name)) for name in old | new if not _same(old.get(name), new.get(name))
    ]


def name(contact: Mapping[str, Any]) -> str:
    """The full name in a payload or a contact."""
    parts = (contact.get("first_name"), contact.get("last_name"))
    return " ".join(part for part in parts if isinstance(part, str) and part)


def company(contact: Mapping[str, Any]) -> str:
    """The company in a payload or a contact."""
    value = contact.get("current_company")
    return value if isinstance(value, str) else ""


def emails(contact: Mapping[str, Any]) -> list[str]:
    """Every e-mail address in a payload or a contact, once."""
    return [item["email"] for item in _items(contact, "email", "emails")]


def phones(contact: Mapping[str, Any]) -> list[str]:
    """Every phone number in a payload or a contact, once."""
    return [item["phone"] for item in _items(contact, "phone", "phones")]


def _is_absent(value: Any) -> bool:
    # 0 years are a value. An unticked box is none: the API tells "no" from "not said".
    return value is None or value is False or (isinstance(value, str | list | dict) and not value)


def _addresses(rows: Sequence[Mapping[str, str]] | None, *, one: str, several: str) -> dict[str, Any]:
    items = [{key: row[key] for key in (one, "type") if row.get(key)} for row in rows or []]
    if len(items) == 1 and "type" not in items[0]:
        return {one: items[0][one], several: None}
    return {several: items}


def _items(contact: Mapping[str, Any], one: str, several: str) -> list[Mapping[str, Any]]:
    """The items of `several`, led by `one` where it is not among them; anything of another shape is left out."""
    rows = contact.get(several)
    items = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    found: dict[str, Mapping[str, Any]] = {}
    for item in items:
        if isinstance(text := item.get(one), str) and text:
            found.setdefault(text.casefold(), item)
    single = contact.get(one)
    if isinstance(single, str) and single and single.casefold() not in found:
        return [{one: single}, *found.values()]
    return list(found.values())


def _comparable(contact: Mapping[str, Any]) -> dict[str, Any]:
    """The documented fields that have a value, each address as an item of its list, in the documented order."""
    values = dict(contact)
    for one, several in _SINGLE_AND_SEVERAL:
        values[several] = [_without_absent(item) for item in _items(contact, one, several)]
        values[one] = None
    return {name: values[name] for name in BODY_FIELDS if not _is_absent(values.get(name))}


def _without_absent(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if not _is_absent(value)}


def _with_keys_apart(contact: dict[str, Any]) -> dict[str, Any]:
    custom = contact.get("custom_data")
    rest = {name: value for name, value in contact.items() if name != "custom_data" or not isinstance(custom, Mapping)}
    return rest | (
        {f"custom_data.{key}": value for key, value in custom.items()} if isinstance(custom, Mapping) else {}
    )


def _differences(sent: Mapping[str, Any], held: Mapping[str, Any]) -> Iterator[Difference]:
    custom_sent, custom_held = (_with_keys_apart(dict(contact)) for contact in (sent, held))
    for name, value in custom_sent.items():
        there = custom_held.get(name)
        if isinstance(value, list) and isinstance(there, list) and not name.startswith("custom_data."):
            yield from _list_difference(name, value, there)
        elif not _same(value, there):
            yield _change(name, value, there)


def _list_difference(name: str, sent: list[Any], held: list[Any]) -> Iterator[Difference]:
    missing = [item for item in sent if not any(_is_item(item, other) for other in held)]
    added = [item for item in held if not any(_is_item(other, item) for other in sent)]
    if missing or added:
        yield _change(name, missing or None, added or None)


def _is_item(sent: Any, held: Any) -> bool:
    """Whether `held` is the item `sent` as Leonar may keep it: its case, a tag's object, keys of its own."""
    if isinstance(sent, Mapping) and isinstance(held, Mapping):
        return all(_key(value) == _key(held.get(key)) for key, value in sent.items())
    return _key(sent) == _key(held)


def _key(value: Any) -> Any:
    if isinstance(value, Mapping):
        value = value.get("name")
    if not isinstance(value, str):
        return value
    # A number may come back with or without the spaces that make it readable.
    digits = re.sub(r"[\s().-]", "", value)
    return digits if re.fullmatch(r"\+?\d{6,}", digits) else " ".join(value.casefold().split())


def _same(one: Any, other: Any) -> bool:
    # To Python, True equals 1; to JSON, they are of different types.
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _change(name: str, sent: Any, held: Any) -> Difference:
    if held is None:
        return Difference(name, sent, None, "missing")
    return Difference(name, sent, held, "added" if sent is None else "changed")
