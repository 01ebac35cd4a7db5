"""A contact laid out for a person: as Leonar returned it, or as it was entered while nothing has been returned yet.

Fields, their order and their labels are FIELDS'; a value is shown as it is, and only enums and the types of addresses
are words. Leonar's shape may grow, so whatever is not of the documented type is shown as text rather than trusted:
nothing that JSON can hold makes a card fail.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from contacts.contact import ADDED_FIELDS, FIELDS, Field, Kind, address_items, field_at, full_name
from contacts.text.phone import grouped

# What stands above the rows.
_IN_HEAD = ("first_name", "last_name", "title", "current_company", "location")
_LAYOUTS = {Kind.TEXTS: "words", Kind.OBJECT: "pairs"}
# Leonar's longest answer holds a hundred thousand, which would keep a process busy for seconds whenever it is shown.
VALUES_MOST = 10_000
_DIALLED = re.compile(r"\+?[\d ().-]+")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a row: its text, where it leads, and what qualifies it, such as an address's type."""

    text: str
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A field's row; `layout` is "lines", "words" (short values side by side) or "pairs" (a note with each value)."""

    name: str
    label: str
    values: list[Value]
    layout: str = "lines"


@dataclass(frozen=True, slots=True)
class Card:
    """A contact as a recruiter would show it: the name largest, who they are and where, then everything else.

    That they are not to be contacted stands above the rows, where it can't be missed.
    """

    name: str
    initials: str
    headline: str
    location: str
    do_not_contact: bool
    rows: list[Row]


def card(contact: Mapping[str, Any], *, most: int = VALUES_MOST) -> Card:
    """Lays out `contact` without nulls, keys that are not documented, and values after the first `most`."""
    title, company = _text(contact.get("title")), _text(contact.get("current_company"))
    return Card(
        name=full_name(contact) or _("No name"),
        initials=_initials(contact),
        headline=_("%(title)s at %(company)s") % {"title": title, "company": company}
        if title and company
        else title or company,
        location=_text(contact.get("location")),
        do_not_contact=contact.get("do_not_contact") is True,
        rows=list(_rows(contact, most)),
    )


def field_label(path: str) -> str:
    """What people call the field at `path`: “E-mail 2” for `emails.1.email`, “Custom data: x” for `custom_data.x`."""
    first, *rest = path.split(".")
    named = field_at(path)
    label = str(named.label) if named else first
    if named and named.kind is Kind.OBJECT and rest:
        return f"{label}: {'.'.join(rest)}"
    return f"{label} {int(rest[0]) + 1}" if rest and re.fullmatch("[0-9]{1,4}", rest[0]) else label


def readable(value: object, path: str) -> str:
    """Any JSON value of the field at `path` as a person reads it."""
    named = field_at(path)
    if named is None or named.kind is Kind.OBJECT:
        return _text(value)
    if isinstance(value, list):
        return ", ".join(filter(None, (_in_one_text(item, named) for item in value)))
    return _in_one_text(value, named)


def _in_one_text(value: object, shown: Field) -> str:
    if shown.kind is Kind.ADDRESSES and isinstance(value, Mapping) and isinstance(value.get(shown.single), str):
        kind = _word(value.get("type"), shown)
        return f"{value[shown.single]} ({kind})" if kind else value[shown.single]
    if shown.kind is Kind.ENUM:
        return _word(value, shown)
    return _named(value) if shown.kind is Kind.TEXTS else _text(value)


def _rows(contact: Mapping[str, Any], left: int) -> Iterator[Row]:
    for shown in (*FIELDS.values(), *ADDED_FIELDS.values()):
        is_above = shown.name in _IN_HEAD or (shown.name == "do_not_contact" and contact.get(shown.name) is True)
        items = [] if is_above else [item for item in _items(contact, shown) if item not in (None, "")]
        # What is not shown is not laid out either: a phone number takes a while.
        values = [value for item in items[:left] if (value := _value(item, shown)).text]
        if len(items) > left:
            values.append(Value(_not_shown(len(items) - left, is_all=left == 0)))
        left = max(0, left - len(values))
        if values:
            yield Row(shown.name, str(shown.label), values, _LAYOUTS.get(shown.kind, "lines"))


def _not_shown(number: int, *, is_all: bool) -> str:
    count = number_format(number, force_grouping=True)
    return _("%s, not shown") % count if is_all else _("… and %s more") % count


def _items(contact: Mapping[str, Any], shown: Field) -> list[Any]:
    """The values of a field as they came, not yet laid out; of an object, its pairs."""
    given = contact.get(shown.name)
    match shown.kind, given:
        case Kind.ADDRESSES, _:
            others = given if isinstance(given, list) else [given]
            return [*address_items(contact, shown), *(item for item in others if not _holds(item, shown))]
        case Kind.OBJECT, Mapping():
            return list(given.items())
        case Kind.TEXTS, list():
            return given
        case _:
            return [given]


def _value(item: Any, shown: Field) -> Value:
    match shown.kind:
        case Kind.ADDRESSES:
            return _address(item, shown)
        case Kind.LINK:
            return _web_address(item)
        case Kind.TEXTS:
            return Value(_named(item))
        case Kind.OBJECT if isinstance(item, tuple):
            return Value(_text(item[1]), note=str(item[0]))
        case Kind.ENUM:
            return Value(_word(item, shown))
        case Kind.MOMENT:
            return Value(_moment(item))
        case _:
            return Value(_text(item))


def _initials(contact: Mapping[str, Any]) -> str:
    """The first letters of the first and the last name, as many as there are."""
    names = [_text(contact.get(name)).strip() for name in ("first_name", "last_name")]
    return "".join(name[0] for name in names if name).upper()


def _text(value: object) -> str:
    """A value of any kind as text: lists and objects as JSON, no word translated but yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _word(value: object, shown: Field) -> str:
    return str(shown.words[value]) if isinstance(value, str) and value in shown.words else _text(value)


def _named(item: object) -> str:
    """An item of a list of texts, which may come back as an object with a name."""
    return item["name"] if isinstance(item, Mapping) and isinstance(item.get("name"), str) else _text(item)


def _address(item: Any, shown: Field) -> Value:
    if not _holds(item, shown):
        return Value(_text(item))
    address = item[shown.single]
    return Value(_readable(shown, address), _link(shown, address), _word(item.get("type"), shown))


def _holds(item: object, shown: Field) -> bool:
    return isinstance(item, str) or (isinstance(item, Mapping) and isinstance(item.get(shown.single), str))


def _readable(shown: Field, address: str) -> str:
    return grouped(address) if shown.single == "phone" else address


def _link(shown: Field, address: str) -> str:
    """Where an address leads; escaped, so that a mail link carries no more than it."""
    if shown.single == "email":
        return f"mailto:{quote(address, safe='@+', errors='replace')}"
    number, _ext, extension = address.partition(" ext. ")
    if not _DIALLED.fullmatch(number):
        return ""
    return f"tel:{''.join(re.findall('[+0-9]', number))}" + (f";ext={quote(extension)}" if extension else "")


def _web_address(value: object) -> Value:
    text = _text(value)
    # Leonar's text: only an address of the web may become a link.
    is_web = text.lower().startswith(("https://", "http://"))
    return Value(text.split("://", 1)[1].removeprefix("www."), link=text) if is_web else Value(text)


def _moment(value: object) -> str:
    text = _text(value)
    try:
        moment = parse_datetime(text)
        if moment is None or timezone.is_naive(moment):
            return text
        return date_format(timezone.localtime(moment), "j F Y, H:i")
    except (ValueError, OverflowError):
        # No such day, or at the ends of time, where another time zone may have none.
        return text
