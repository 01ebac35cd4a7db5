"""What is wrong with a form, or questioned, each at its control; and the control that a path of Leonar's means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django import forms

from contacts.contact import FIELDS, Kind, field_at
from contacts.entry.custom_fields import CustomForm
from contacts.entry.form import ContactForm
from contacts.entry.rows import AddressRows, CustomData, Row, Rows


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or questioned: the control it is about, and the words at the control.

    `field_path` names the control as Leonar names fields: `tags`, `emails.1.email`; there, rows count as on the page.
    """

    control_id: str
    label: str
    message: str
    field_path: str

    @property
    def words(self) -> str:
        """What a list of problems says: the message, with the name of its field where it does not begin with that."""
        if not self.label or self.message.casefold().startswith(self.label.casefold()):
            return self.message
        return f"{self.label}: {_as_continued(self.message)}"


class Parts(NamedTuple):
    """The forms that one entry is made of."""

    contact: ContactForm
    emails: AddressRows
    phones: AddressRows
    custom: CustomForm
    custom_data: CustomData

    @property
    def row_sets(self) -> tuple[Rows, Rows, Rows]:
        """The repeatable ones, in the order of the page."""
        return self.emails, self.phones, self.custom_data

    @property
    def forms(self) -> Iterator[ContactForm | CustomForm | Row]:
        """Each form that has controls of its own, in the order of the page."""
        yield self.contact
        yield self.custom
        for rows in self.row_sets:
            yield from rows.forms


def problems(parts: Parts) -> Iterator[Problem]:
    """What is wrong with a posted form, in the order of the page."""
    row_sets = {rows.prefix: rows for rows in parts.row_sets}
    for name, each in FIELDS.items():
        if each.kind is Kind.OBJECT:
            for key in parts.custom.fields:
                yield from _field_problems(parts.custom[key], f"{name}.{key}")
        if name in row_sets:
            yield from _row_problems(row_sets[name])
        else:
            yield from _field_problems(parts.contact[name], name)


def at_control(bound: forms.BoundField, message: str, path: str, place: int | None = None) -> Problem:
    """The problem `message` at this control; `place` is that of its row."""
    label = str(bound.label) if place is None else f"{bound.label} {place + 1}"
    return Problem(bound.id_for_label, label, message, path)


def control_of(path: str, parts: Parts) -> tuple[forms.Form, str] | None:
    """The form and the name of the field that Leonar's `path` in the payload is about; None where the page has none."""
    first, *rest = re.split(r"[.\[\]/]+", path.strip("]"))
    named = field_at(first)
    if named is None or named.name not in FIELDS:
        return None
    if named.kind is Kind.ADDRESSES:
        return _address_control(getattr(parts, named.name), rest)
    if named.kind is Kind.OBJECT:
        return _custom_control(parts, path[len(first) + 1 :])
    return parts.contact, named.name


def _address_control(rows: AddressRows, rest: list[str]) -> tuple[forms.Form, str] | None:
    """The row that became the item which `rest` names; Leonar counts the items that were sent, not the page's rows."""
    number = int(rest[0]) if rest and re.fullmatch(r"\d{1,4}", rest[0]) else 0
    places = list(rows.sent)
    if number >= len(places):
        return None
    row = rows.forms[places[number]]
    return row, "type" if rest[1:] == ["type"] else row.decisive[0]


def _custom_control(parts: Parts, path: str) -> tuple[forms.Form, str] | None:
    rows = parts.custom_data
    for place, (key, _value) in rows.sent.items():
        if not path or path == key or path.startswith(f"{key}."):
            return rows.forms[place], "value"
    for key in parts.custom.fields:
        if path == key or path.startswith(f"{key}."):
            return parts.custom, key
    return None


def _as_continued(message: str) -> str:
    """A sentence behind a colon: its first letter small, unless it begins with a name or an abbreviation."""
    first, second = message[:1], message[1:2]
    return message if second.isupper() or message.startswith("Leonar") else first.lower() + message[1:]


def _field_problems(bound: forms.BoundField, path: str, place: int | None = None) -> Iterator[Problem]:
    return (at_control(bound, str(message), path, place) for message in bound.errors)


def _row_problems(rows: Rows) -> Iterator[Problem]:
    several = rows.get_default_prefix()
    for message in rows.non_form_errors():
        control = rows.forms[0][rows.forms[0].decisive[0]]
        yield Problem(control.id_for_label, str(FIELDS[several].label), str(message), several)
    for place, row in enumerate(rows.forms):
        for name in row.fields:
            yield from _field_problems(row[name], f"{several}.{place}.{name}", place)
