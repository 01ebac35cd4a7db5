"""What an unposted form starts with: from a payload, or from the query parameters of a link."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from contacts.contact import ADDRESS_FIELDS, BODY_NAMES, Kind, names_of
from contacts.entry import typed_values
from contacts.entry.custom_fields import PREFIX
from contacts.text.lists import split_list
from contacts.text.text import clean_text

_TRUE = {"1", "true", "on", "yes"}


def from_payload(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Initial values by the form's names, with `emails`, `phones` and `custom_data` as rows."""
    start = {name: payload[name] for name in BODY_NAMES if name in payload}
    for each in ADDRESS_FIELDS:
        start[each.name] = _address_rows(start.pop(each.single, None), start.get(each.name), each.single)
    start["custom_data"] = [
        dict(zip(("key", "value", "type"), (key, *typed_values.write(value)), strict=True))
        for key, value in (start.get("custom_data") or {}).items()
    ]
    return start


def from_query(query: QueryDict) -> dict[str, Any]:
    """Initial values from parameters named like the form's fields; rows as `emails-0-email`, or a plain `email`."""
    start: dict[str, Any] = {name: clean_text(str(query[name])) for name in BODY_NAMES if name in query}
    start |= {
        name: split_list(", ".join(map(str, query.getlist(name)))) for name in names_of(Kind.TEXTS) if name in query
    }
    start |= {name: start.get(name, "").casefold() in _TRUE for name in names_of(Kind.BOOLEAN)}
    for each in ADDRESS_FIELDS:
        one, several = each.single, each.name
        start[several] = _address_rows(start.pop(one, None), _queried_rows(query, several, one), one)
    start["custom_data"] = _queried_rows(query, "custom_data", "key")
    return start


def from_typed(typed: Mapping[str, list[str]]) -> dict[str, Any]:
    """Initial values as they were typed into a form, by the names of its controls; rows keep their places."""
    start: dict[str, Any] = {name: ", ".join(typed[name]) for name in BODY_NAMES if name in typed}
    for prefix in names_of(Kind.ADDRESSES, Kind.OBJECT):
        rows = _rows_by_place({name: values[-1] for name, values in typed.items() if values}, prefix)
        start[prefix] = [rows.get(place, {}) for place in range(max(rows, default=-1) + 1)]
    start["custom"] = {name.removeprefix(PREFIX): values for name, values in typed.items() if name.startswith(PREFIX)}
    return start


def _address_rows(single: str | None, rows: list[dict[str, Any]] | None, name: str) -> list[dict[str, Any]]:
    rows = list(rows or [])
    if single and single not in [row.get(name) for row in rows]:
        rows.insert(0, {name: single})
    return rows


def _queried_rows(query: QueryDict, prefix: str, decisive: str) -> list[dict[str, str]]:
    rows = _rows_by_place({name: clean_text(str(query[name])) for name in query}, prefix)
    return [rows[place] for place in sorted(rows) if rows[place].get(decisive)]


def _rows_by_place(values: Mapping[str, str], prefix: str) -> dict[int, dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    for name, value in values.items():
        found = re.fullmatch(rf"{prefix}-(\d{{1,2}})-(\w+)", name)
        if found:
            rows.setdefault(int(found[1]), {})[found[2]] = value
    return rows
