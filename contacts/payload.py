"""Cleaned form data <-> the JSON that Leonar takes and returns; pure.

Absent values are left out: never "", null or []. Reference: POST /contacts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from contacts.leonar.limits import BODY_FIELDS

ABSENT: tuple[object, ...] = (None, "", [], {}, False)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not the same on both sides; `kind` says how. Values are those of the API."""

    field: str
    sent: Any
    held: Any
    kind: Literal["changed", "missing", "added"]


def build(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The body of POST /contacts for `cleaned`: by API names, `emails` and `phones` as lists of rows."""
    values = dict(cleaned)
    values |= _addresses(cleaned.get("emails"), one="email", several="emails")
    values |= _addresses(cleaned.get("phones"), one="phone", several="phones")
    return {name: values[name] for name in BODY_FIELDS if not _is_absent(values.get(name))}


def differences(sent: Mapping[str, Any], held: Mapping[str, Any]) -> list[Difference]:
    """What of the payload `sent` is not found in the contact as Leonar holds it, and what Leonar added to lists.

    Leonar fills in fields that were not sent; those are no differences.
    """
    return list(_differences(_comparable(sent), _comparable(held)))


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What is not the same in two payloads."""
    old, new = _comparable(before), _comparable(after)
    names = [name for name in (*old, *(name for name in new if name not in old)) if old.get(name) != new.get(name)]
    return [Difference(name, old.get(name), new.get(name), "changed") for name in names]


def name(contact: Mapping[str, Any]) -> str:
    """The full name in a payload or a contact."""
    return " ".join(
        part for part in (contact.get("first_name"), contact.get("last_name")) if isinstance(part, str) and part
    )


def company(contact: Mapping[str, Any]) -> str:
    """The company in a payload or a contact."""
    value = contact.get("current_company")
    return value if isinstance(value, str) else ""


def emails(contact: Mapping[str, Any]) -> list[str]:
    """Every e-mail address in a payload or a contact, once."""
    return list(dict.fromkeys(_texts(contact, one="email", several="emails")))


def phones(contact: Mapping[str, Any]) -> list[str]:
    """Every phone number in a payload or a contact, once."""
    return list(dict.fromkeys(_texts(contact, one="phone", several="phones")))


def _is_absent(value: Any) -> bool:
    # 0 years are a value; an unticked box is none, because the API tells "no" from "not said".
    return any(value is absent or (value == absent and type(value) is type(absent)) for absent in ABSENT)


def _addresses(rows: Sequence[Mapping[str, str]] | None, *, one: str, several: str) -> dict[str, Any]:
    items = [{key: value for key, value in row.items() if value} for row in rows or []]
    if len(items) == 1 and list(items[0]) == [one]:
        return {one: items[0][one], several: None}
    return {several: items}


def _texts(contact: Mapping[str, Any], *, one: str, several: str) -> Iterator[str]:
    if isinstance(single := contact.get(one), str) and single:
        yield single
    rows = contact.get(several)
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, Mapping) and isinstance(text := row.get(one), str) and text:
            yield text


def _comparable(contact: Mapping[str, Any]) -> dict[str, Any]:
    """The contact with one way of writing addresses, so that `email` and a single row of `emails` are the same."""
    found = {key: value for key, value in contact.items() if key in BODY_FIELDS and not _is_absent(value)}
    for one, several in (("email", "emails"), ("phone", "phones")):
        single = found.pop(one, None)
        rows = [{key: value for key, value in row.items() if value} for row in found.pop(several, None) or []]
        if single and single not in [row.get(one) for row in rows]:
            rows.insert(0, {one: single})
        if rows:
            found[several] = rows
    return found


def _differences(sent: Mapping[str, Any], held: Mapping[str, Any]) -> Iterator[Difference]:
    for key, value in sent.items():
        there = held.get(key)
        if there is None:
            yield Difference(key, value, None, "missing")
        elif isinstance(value, list) and isinstance(there, list):
            yield from _list_differences(key, value, there)
        elif isinstance(value, Mapping) and isinstance(there, Mapping):
            if any(there.get(inner) != value[inner] for inner in value):
                yield Difference(key, value, there, "changed")
        elif there != value:
            yield Difference(key, value, there, "changed")


def _list_differences(key: str, sent: list, held: list) -> Iterator[Difference]:
    missing = [item for item in sent if item not in held]
    added = [item for item in held if item not in sent]
    if missing:
        yield Difference(key, sent, held, "changed")
    elif added:
        yield Difference(key, sent, added, "added")
