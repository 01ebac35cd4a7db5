"""What differs between two contacts, as Leonar writes them; pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from contacts.contact import comparable


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


def differences(sent: Mapping[str, Any], held: Mapping[str, Any]) -> list[Difference]:
    """What of the payload `sent` is not found in the contact as Leonar holds it, and what Leonar added to its lists.

    The order of lists, the case of their items, and one address written as `email` or as `emails` are no differences;
    nor are fields that were not sent.
    """
    return list(_differences(comparable(sent), comparable(held)))


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What is not the same in two payloads, `before` as sent and `after` as held."""
    old, new = (_with_keys_apart(comparable(payload)) for payload in (before, after))
    return [
        _change(name, old.get(name), new.get(name)) for name in old | new if not _same(old.get(name), new.get(name))
    ]


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
