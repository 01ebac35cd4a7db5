"""What an unposted form starts with: from a payload, or from the query parameters of a link."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from contacts.entry import typed_values
from contacts.leonar import limits
from contacts.text.lists import split_list
from contacts.text.text import clean_text

_LISTS = ("contact_type", "tags", "skills", "languages")
_TRUE = {"1", "true", "on", "yes"}


def from_payload(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Initial values by the form's names, with `emails`, `phones` and `custom_data` as rows."""
    start = {name: payload[name] for name in limits.BODY_FIELDS if name in payload}
    for one, several in (("email", "emails"), ("phone", "phones")):
        start[several] = _address_rows(start.pop(one, None), start.get(several), one)
    start["custom_data"] = [
        dict(zip(("key", "value", "type"), (key, *typed_values.write(value)), strict=True))
        for key, value in (start.get("custom_data") or {}).items()
    ]
    return start


def from_query(query: QueryDict) -> dict[str, Any]:
    """Initial values from parameters named like the form's fields; rows as `emails-0-email`, or a plain `email`."""
    start: dict[str, Any] = {name: clean_text(str(query[name])) for name in limits.BODY_FIELDS if name in query}
    start |= {name: split_list(", ".join(map(str, query.getlist(name)))) for name in _LISTS if name in query}
    start["do_not_contact"] = start.get("do_not_contact", "").casefold() in _TRUE
    for one, several in (("email", "emails"), ("phone", "phones")):
        start[several] = _address_rows(start.pop(one, None), _queried_rows(query, several, one), one)
    start["custom_data"] = _queried_rows(query, "custom_data", "key")
    return start


def from_typed(typed: Mapping[str, list[str]]) -> dict[str, Any]:
    """Initial values as they were typed into a form, by the names of its controls; rows keep their places."""
    start: dict[str, Any] = {name: ", ".join(typed[name]) for name in limits.BODY_FIELDS if name in typed}
    for prefix in ("emails", "phones", "custom_data"):
        rows = _rows_by_place({name: values[-1] for name, values in typed.items() if values}, prefix)
        start[prefix] = [rows.get(place, {}) for place in range(max(rows, default=-1) + 1)]
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
