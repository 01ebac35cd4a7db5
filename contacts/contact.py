"""One shape of a contact: to and from the JSON that Leonar takes and returns; pure.

Absent values are left out: never "", null or []. Reference: POST /contacts.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from contacts.leonar.limits import BODY_FIELDS
from contacts.text.folding import fold

# A single address may be written in two ways; these are the pairs.
_SINGLE_AND_SEVERAL = (("email", "emails"), ("phone", "phones"))

# As many digits as national numbers have: with or without the country's code it is the same number.
NATIONAL_DIGITS = 9


class Key(NamedTuple):
    """Something by which a person is recognised: an "email", "phone", "linkedin" or "name", in its comparable form."""

    kind: str
    value: str


def to_api(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The body of POST /contacts for `cleaned`: values by API names, `emails` and `phones` as lists of items."""
    values = dict(cleaned)
    for one, several in _SINGLE_AND_SEVERAL:
        values |= _addresses(cleaned.get(several), one=one, several=several)
    return {name: values[name] for name in BODY_FIELDS if not _is_absent(values.get(name))}


def full_name(contact: Mapping[str, Any]) -> str:
    """The full name in a payload or a contact."""
    parts = (contact.get("first_name"), contact.get("last_name"))
    return " ".join(part for part in parts if isinstance(part, str) and part)


def company_name(contact: Mapping[str, Any]) -> str:
    """The company in a payload or a contact."""
    value = contact.get("current_company")
    return value if isinstance(value, str) else ""


def email_addresses(contact: Mapping[str, Any]) -> list[str]:
    """Every e-mail address in a payload or a contact, once."""
    return [item["email"] for item in _items(contact, "email", "emails")]


def phone_numbers(contact: Mapping[str, Any]) -> list[str]:
    """Every phone number in a payload or a contact, once."""
    return [item["phone"] for item in _items(contact, "phone", "phones")]


def keys(contact: Mapping[str, Any]) -> set[Key]:
    """Everything in a payload or a contact by which its person is recognised."""
    return address_keys(contact) | {Key("name", name) for name in [fold(full_name(contact))] if name}


def address_keys(contact: Mapping[str, Any]) -> set[Key]:
    """The e-mail addresses, phone numbers and LinkedIn address in a payload or a contact, comparable."""
    return _email_keys(contact) | _phone_keys(contact) | _linkedin_keys(contact)


def _email_keys(contact: Mapping[str, Any]) -> set[Key]:
    return {Key("email", address.casefold().strip()) for address in email_addresses(contact)}


def _phone_keys(contact: Mapping[str, Any]) -> set[Key]:
    digits = (re.sub(r"\D", "", number) for number in phone_numbers(contact))
    return {Key("phone", number[-NATIONAL_DIGITS:]) for number in digits if len(number) >= NATIONAL_DIGITS}


def _linkedin_keys(contact: Mapping[str, Any]) -> set[Key]:
    address = contact.get("linkedin_profile")
    if not isinstance(address, str) or not address:
        return set()
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return set()
    return {
        Key("linkedin", f"{parts.netloc.casefold().removeprefix('www.')}{unquote(parts.path).casefold().rstrip('/')}")
    }


def comparable(contact: Mapping[str, Any]) -> dict[str, Any]:
    """The documented fields that have a value, each address as an item of its list, in the documented order."""
    values = dict(contact)
    for one, several in _SINGLE_AND_SEVERAL:
        values[several] = [_without_absent(item) for item in _items(contact, one, several)]
        values[one] = None
    return {name: values[name] for name in BODY_FIELDS if not _is_absent(values.get(name))}


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


def _without_absent(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if not _is_absent(value)}
