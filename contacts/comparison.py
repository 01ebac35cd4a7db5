"""What differs between two contacts, as Leonar writes them; pure, and linear in their size.

Items of lists are looked up by a marker, so that none is compared with every other.
"""

import json
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from contacts.contact import FIELDS, Field, Kind, comparable

_BETWEEN_DIGITS = re.compile(r"[\s().-]")
_LIKE_NUMBER = re.compile(r"[+\d\s().-]+")
_NUMBER = re.compile(r"\+?\d{6,}")


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
    ours, theirs = _with_keys_apart(comparable(sent)), _with_keys_apart(comparable(held))
    found = (_difference(name, value, theirs.get(name)) for name, value in ours.items())
    return [difference for difference in found if difference is not None]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What is not the same in two payloads, `before` as sent and `after` as held."""
    old, new = (_with_keys_apart(comparable(payload)) for payload in (before, after))
    return [
        _change(name, old.get(name), new.get(name)) for name in old | new if not _same(old.get(name), new.get(name))
    ]


def _with_keys_apart(contact: Mapping[str, Any]) -> dict[str, Any]:
    apart: dict[str, Any] = {}
    for name, value in contact.items():
        if FIELDS[name].kind is Kind.OBJECT and isinstance(value, Mapping):
            apart |= {f"{name}.{key}": item for key, item in value.items()}
        else:
            apart[name] = value
    return apart


def _difference(name: str, sent: Any, held: Any) -> Difference | None:
    compared = FIELDS.get(name)
    if compared is not None and isinstance(sent, list) and isinstance(held, list):
        return _list_difference(compared, sent, held)
    return None if _same(sent, held) else _change(name, sent, held)


def _list_difference(compared: Field, sent: list[Any], held: list[Any]) -> Difference | None:
    marked = [(item, _marker(item, compared)) for item in sent]
    accepting = [(item, _accepted(item, compared)) for item in held]
    asked = {marker for _item, marker in marked}
    offered = {marker for _item, markers in accepting for marker in markers}
    missing = [item for item, marker in marked if marker not in offered]
    added = [item for item, markers in accepting if asked.isdisjoint(markers)]
    return _change(compared.name, missing or None, added or None) if missing or added else None


def _marker(item: Any, compared: Field) -> Hashable:
    """What is equal for items that are the same to Leonar: of an address, its type counts too."""
    if compared.kind is Kind.ADDRESSES:
        return _plain(item[compared.single]), _plain(item.get("type"))
    return _plain(item)


def _accepted(held: Any, compared: Field) -> tuple[Hashable, ...]:
    """The markers of everything that may have been sent for this item: an address without a type may get one."""
    if compared.kind is Kind.ADDRESSES:
        address = _plain(held[compared.single])
        return (address, _plain(held.get("type"))), (address, _plain(None))
    return (_plain(held),)


def _plain(value: Any) -> Hashable:
    """A value to look up by, without what Leonar may change: case, the object around a tag, the spaces of a number."""
    if isinstance(value, Mapping) and "name" in value:
        value = value["name"]
    if not isinstance(value, str):
        return type(value), value if value is None else json.dumps(value, sort_keys=True)
    digits = _BETWEEN_DIGITS.sub("", value) if _LIKE_NUMBER.fullmatch(value) else ""
    return digits if _NUMBER.fullmatch(digits) else " ".join(value.casefold().split())


def _same(one: Any, other: Any) -> bool:
    # To Python, True equals 1; to JSON, they are of different types.
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _change(name: str, sent: Any, held: Any) -> Difference:
    if held is None:
        return Difference(name, sent, None, "missing")
    return Difference(name, sent, held, "added" if sent is None else "changed")
