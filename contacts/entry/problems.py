"""What is wrong with a form, or questioned, each at its control; and the control that a path of Leonar's means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django import forms

from contacts.entry.form import FIELD_LABELS, ContactForm
from contacts.entry.rows import AddressRows, CustomData, Row, Rows
from contacts.leonar import limits

# The fields that stand above the rows of e-mail addresses and phone numbers.
_ABOVE_ROWS = ("first_name", "last_name")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or questioned: the control it is about, and the words at the control.

    `field_path` names the control as Leonar names fields: `tags`, `emails.1.email`; there, rows count as on the page.
    """

    control_id: str
    label: str
    message: str
    field_path: str


class Parts(NamedTuple):
    """The forms that one entry is made of."""

    contact: ContactForm
    emails: AddressRows
    phones: AddressRows
    custom_data: CustomData

    @property
    def row_sets(self) -> tuple[Rows, Rows, Rows]:
        """The repeatable ones, in the order of the page."""
        return self.emails, self.phones, self.custom_data

    @property
    def forms(self) -> Iterator[ContactForm | Row]:
        """Each form that has controls of its own, in the order of the page."""
        yield self.contact
        for rows in self.row_sets:
            yield from rows.forms


def problems(parts: Parts) -> Iterator[Problem]:
    """What is wrong with a posted form, in the order of the page."""
    for name in _ABOVE_ROWS:
        yield from _field_problems(parts.contact[name], name)
    for rows in (parts.emails, parts.phones):
        yield from _row_problems(rows)
    for name in parts.contact.fields:
        if name not in _ABOVE_ROWS:
            yield from _field_problems(parts.contact[name], name)
    yield from _row_problems(parts.custom_data)


def at_control(bound: forms.BoundField, message: str, path: str, place: int | None = None) -> Problem:
    """The problem `message` at this control; `place` is that of its row."""
    label = str(bound.label) if place is None else f"{bound.label} {place + 1}"
    return Problem(bound.id_for_label, label, message, path)


def control_of(path: str, parts: Parts) -> tuple[forms.Form, str] | None:
    """The form and the name of the field that Leonar's `path` in the payload is about; None where the page has none."""
    first, *rest = re.split(r"[.\[\]/]+", path.strip("]"))
    if first in parts.contact.fields and first in limits.BODY_FIELDS:
        return parts.contact, first
    if first in ("email", "emails"):
        return _address_control(parts.emails, rest)
    if first in ("phone", "phones"):
        return _address_control(parts.phones, rest)
    if first == "custom_data":
        return _custom_control(parts.custom_data, path[len(first) + 1 :])
    return None


def _address_control(rows: AddressRows, rest: list[str]) -> tuple[forms.Form, str] | None:
    """The row that became the item which `rest` names; Leonar counts the items that were sent, not the page's rows."""
    number = int(rest[0]) if rest and re.fullmatch(r"\d{1,4}", rest[0]) else 0
    places = list(rows.sent)
    if number >= len(places):
        return None
    row = rows.forms[places[number]]
    return row, "type" if rest[1:] == ["type"] else row.decisive[0]


def _custom_control(rows: CustomData, path: str) -> tuple[forms.Form, str] | None:
    for place, (key, _value) in rows.sent.items():
        if not path or path == key or path.startswith(f"{key}."):
            return rows.forms[place], "value"
    return None


def _field_problems(bound: forms.BoundField, path: str, place: int | None = None) -> Iterator[Problem]:
    return (at_control(bound, str(message), path, place) for message in bound.errors)


def _row_problems(rows: Rows) -> Iterator[Problem]:
    several = rows.get_default_prefix()
    for message in rows.non_form_errors():
        control = rows.forms[0][rows.forms[0].decisive[0]]
        yield Problem(control.id_for_label, str(FIELD_LABELS[several]), str(message), several)
    for place, row in enumerate(rows.forms):
        for name in row.fields:
            yield from _field_problems(row[name], f"{several}.{place}.{name}", place)
