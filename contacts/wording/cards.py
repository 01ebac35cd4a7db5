"""A contact laid out for a person: as Leonar returned it, or as it was entered while nothing has been returned yet.

Leonar's shape may grow, so whatever is not of the documented type is shown as text rather than trusted.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.contact import full_name
from contacts.entry.form import FIELD_LABELS

# What people call the API's fields, wherever one is named outside the form.
LABELS = FIELD_LABELS | {
    "summary": gettext_lazy("Summary"),
    "last_contacted_at": gettext_lazy("Last contacted"),
    "created_at": gettext_lazy("Created"),
    "updated_at": gettext_lazy("Updated"),
    "archived_at": gettext_lazy("Archived"),
}

# The values of enums and types, as words.
WORDS = {
    "work": gettext_lazy("work"),
    "personal": gettext_lazy("personal"),
    "new": gettext_lazy("New"),
    "contacted": gettext_lazy("Contacted"),
    "replied": gettext_lazy("Replied"),
    "qualified": gettext_lazy("Qualified"),
    "archived": gettext_lazy("Archived"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a row: its text, where it leads, and what qualifies it, such as an address's type."""

    text: str
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled row; `layout` is "lines", "words" (short values side by side) or "pairs" (a note with each value)."""

    label: str
    values: list[Value]
    layout: str = "lines"


@dataclass(frozen=True, slots=True)
class Card:
    """A contact as a recruiter would show it: the name largest, who they are and where, then everything else.

    That they are not to be contacted stands above the rows, where it can't be missed.
    """

    name: str
    headline: str
    location: str
    do_not_contact: bool
    rows: list[Row]


def card(contact: Mapping[str, Any]) -> Card:
    """Lays out `contact`; nulls and keys that are not documented are left out."""
    title, company = readable(contact.get("title")), readable(contact.get("current_company"))
    return Card(
        name=full_name(contact) or _("No name"),
        headline=_("%(title)s at %(company)s") % {"title": title, "company": company}
        if title and company
        else title or company,
        location=readable(contact.get("location")),
        do_not_contact=contact.get("do_not_contact") is True,
        rows=[Row(_row_label(key, values), values, layout) for key, layout, values in _rows(contact) if values],
    )


def field_label(path: str) -> str:
    """What people call the field at `path`: “E-mail 2” for `emails.1.email`, “Custom data: x” for `custom_data.x`."""
    first, *rest = path.split(".")
    label = str(LABELS.get(first, first))
    if not rest:
        return label
    if rest[0].isdigit():
        return f"{LABELS.get(first.removesuffix('s'), label)} {int(rest[0]) + 1}"
    return f"{label}: {'.'.join(rest)}" if first == "custom_data" else label


def readable(value: object) -> str:
    """Any JSON value as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, str):
        return str(WORDS.get(value, value))
    if isinstance(value, list):
        return ", ".join(filter(None, map(readable, value)))
    if isinstance(value, dict):
        return _readable_object(value)
    return str(value)


def _readable_object(value: Mapping[str, Any]) -> str:
    for key in ("email", "phone"):
        if isinstance(value.get(key), str):
            kind = readable(value.get("type"))
            return f"{value[key]} ({kind})" if kind else value[key]
    if isinstance(value.get("name"), str):
        return value["name"]
    return json.dumps(value, ensure_ascii=False)


def _row_label(key: str, values: list[Value]) -> str:
    is_single = key in ("emails", "phones") and len(values) == 1
    return str(LABELS[key.removesuffix("s") if is_single else key])


def _rows(contact: Mapping[str, Any]) -> Iterator[tuple[str, str, list[Value]]]:
    """Every row in reading order: key, layout, values."""
    yield "emails", "lines", _addresses(contact, many="emails", one="email", scheme="mailto:")
    yield "phones", "lines", _addresses(contact, many="phones", one="phone", scheme="tel:")
    yield "linkedin_profile", "lines", _web_address(contact.get("linkedin_profile"))
    for key in ("contact_type", "tags", "skills", "languages"):
        yield key, "words", _several(contact.get(key))
    for key in ("global_status", "years_experience", "source", "company_id"):
        yield key, "lines", _one(contact.get(key))
    if contact.get("do_not_contact") is not True:
        yield "do_not_contact", "lines", _one(contact.get("do_not_contact"))
    yield "custom_data", "pairs", _pairs(contact.get("custom_data"))
    yield "summary", "lines", _one(contact.get("summary"))
    for key in ("last_contacted_at", "created_at", "updated_at", "archived_at"):
        yield key, "lines", _moment(contact.get(key))


def _one(value: object) -> list[Value]:
    text = readable(value)
    return [Value(text)] if text else []


def _several(value: object) -> list[Value]:
    items = value if isinstance(value, list) else [value]
    return [Value(text) for text in map(readable, items) if text]


def _addresses(contact: Mapping[str, Any], *, many: str, one: str, scheme: str) -> list[Value]:
    items = contact.get(many)
    found: list[Value] = []
    for item in items if isinstance(items, list) else []:
        item = item if isinstance(item, dict) else {one: item}
        text = readable(item.get(one))
        if text:
            found.append(Value(text, link=_link(scheme, text), note=readable(item.get("type"))))
    single = readable(contact.get(one))
    if single and single not in [value.text for value in found]:
        found.insert(0, Value(single, link=_link(scheme, single)))
    return found


def _link(scheme: str, text: str) -> str:
    return scheme + "".join(text.split())


def _web_address(value: object) -> list[Value]:
    text = readable(value)
    if not text:
        return []
    # Leonar's text: only an address of the web may become a link.
    is_web = text.lower().startswith(("https://", "http://"))
    return [Value(text.split("://", 1)[1].removeprefix("www."), link=text) if is_web else Value(text)]


def _pairs(value: object) -> list[Value]:
    if not isinstance(value, dict):
        return _one(value)
    return [Value(_as_entered(item), note=str(key)) for key, item in value.items() if item is not None]


def _as_entered(item: object) -> str:
    return json.dumps(item, ensure_ascii=False) if isinstance(item, list | dict) else readable(item)


def _moment(value: object) -> list[Value]:
    text = readable(value)
    try:
        moment = parse_datetime(text) if text else None
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment):
        return _one(value)
    return [Value(date_format(timezone.localtime(moment), "j F Y, H:i"))]
