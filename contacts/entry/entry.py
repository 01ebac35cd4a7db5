"""The entry form: the single fields, and Entry, the bundle of form and rows that a page binds and validates."""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.contact import to_api
from contacts.entry import prefill
from contacts.entry.fields import OFF, IntegerField, LinkedInField, ListField, TextField, UUIDField
from contacts.entry.rows import AddressRows, CustomDataRows, EmailRows, PhoneRows, Rows
from contacts.leonar import limits
from contacts.text.phone import clean_phone
from contacts.text.storable import storable_text

# What comes with a posted form and is not the contact.
_NOT_TYPED = {"csrfmiddlewaretoken", "form_token", "then", "revision"}

STATUSES = {
    "new": gettext_lazy("New"),
    "contacted": gettext_lazy("Contacted"),
    "replied": gettext_lazy("Replied"),
    "qualified": gettext_lazy("Qualified"),
    "archived": gettext_lazy("Archived"),
}


class ContactForm(forms.Form):
    """The fields that stand once, in the order of the page; the rules are those of POST /contacts."""

    use_required_attribute = False

    first_name = TextField(
        label=gettext_lazy("First name"),
        required=True,
        most=limits.NAME_MAX,
        error_messages={"required": gettext_lazy("Enter a first name.")},
        attrs={"autofocus": "", "autocapitalize": "words", "spellcheck": "false"},
    )
    last_name = TextField(
        label=gettext_lazy("Last name"),
        most=limits.NAME_MAX,
        attrs={"autocapitalize": "words", "spellcheck": "false"},
    )
    linkedin_profile = LinkedInField(
        label=gettext_lazy("LinkedIn"),
        help_text=gettext_lazy("An address, or only in/name."),
        attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"},
    )
    location = TextField(label=gettext_lazy("Location"))
    title = TextField(label=gettext_lazy("Job title"))
    current_company = TextField(label=gettext_lazy("Company"))
    years_experience = IntegerField(label=gettext_lazy("Years of experience"))
    skills = ListField(label=gettext_lazy("Skills"), help_text=gettext_lazy("Separate with commas."))
    languages = ListField(label=gettext_lazy("Languages"), help_text=gettext_lazy("Separate with commas."))
    contact_type = ListField(
        label=gettext_lazy("Contact type"), help_text=gettext_lazy("Like candidate. Separate several with commas.")
    )
    tags = ListField(
        label=gettext_lazy("Tags"),
        item_most=limits.TAG_MAX,
        help_text=gettext_lazy("Separate with commas. New tags are created in Leonar."),
    )
    source = TextField(label=gettext_lazy("Source"), help_text=gettext_lazy("Where you found them, like linkedin."))
    global_status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[("", "–"), *((name, STATUSES[name]) for name in limits.GLOBAL_STATUSES)],
        error_messages={"invalid_choice": gettext_lazy("Choose a status from the list.")},
    )
    do_not_contact = forms.BooleanField(label=gettext_lazy("Do not contact"), required=False)
    company_id = UUIDField(
        label=gettext_lazy("Company id"),
        help_text=gettext_lazy("The company's id in Leonar, if it has one."),
        attrs={"spellcheck": "false"},
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput(OFF), required=False)


# The fields that stand above the rows of e-mail addresses and phone numbers.
_ABOVE_ROWS = ("first_name", "last_name")

# What people call each documented field; every name of limits.BODY_FIELDS has one.
FIELD_LABELS: dict[str, Any] = {
    name: field.label for name, field in ContactForm.base_fields.items() if name != "form_token"
} | {
    "email": gettext_lazy("E-mail"),
    "emails": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "phones": gettext_lazy("Phone"),
    "custom_data": gettext_lazy("Custom data"),
}

_QUESTION = gettext_lazy("This does not look like a complete phone number. It is sent as you typed it.")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or questioned: the control it is about, and the words at the control.

    `field_path` names the control as Leonar names fields: `tags`, `emails.1.email`; there, rows count as on the page.
    """

    control_id: str
    label: str
    message: str
    field_path: str


class Entry:
    """Everything that one entry form holds.

    `data` is what was posted; `initial`, for a form that has not been posted, a payload by API names. A form without a
    usable token gets a new one, so that the page it is shown on can be sent twice without harm.
    """

    def __init__(self, data: QueryDict | None = None, *, initial: Mapping[str, Any] | None = None) -> None:
        self._set_up(_usable(data) if data is not None else None, prefill.from_payload(initial or {}))

    @classmethod
    def from_typed(cls, typed: Mapping[str, list[str]]) -> Self:
        """The form as it was typed, bound, with a new token."""
        data = QueryDict(mutable=True)
        for name, values in typed.items():
            data.setlist(name, values)
        data.pop("form_token", None)
        return cls(data)

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """An unposted form, prefilled from parameters named like its fields."""
        entry = cls()
        entry._set_up(None, prefill.from_query(query))
        return entry

    def _set_up(self, data: QueryDict | None, start: dict[str, Any]) -> None:
        self.data = data
        # Nothing typed and nothing prefilled: the same for everybody, but for the token.
        self.is_blank = data is None and not any(start.values())
        self.contact = ContactForm(data, initial=start | {"form_token": uuid.uuid4()})
        self.emails = EmailRows(data, initial=start["emails"])
        self.phones = PhoneRows(data, initial=start["phones"])
        self.custom_data = CustomDataRows(data, initial=start["custom_data"])
        self._refusal: Problem | None = None
        if data is not None:
            # What went wrong takes the focus then.
            del self.contact.fields["first_name"].widget.attrs["autofocus"]

    def is_valid(self) -> bool:
        """Whether everything is as the API takes it."""
        # All are asked, so that all say what is wrong at once.
        return all([self.contact.is_valid(), *(rows.is_valid() for rows in self._row_sets)])

    @cached_property
    def payload(self) -> dict[str, Any]:
        """The body of POST /contacts. Raises ValueError where the form is not valid."""
        if not self.is_valid():
            raise ValueError("an invalid form has no payload")
        rows = {
            "emails": list(self.emails.sent.values()),
            "phones": list(self.phones.sent.values()),
            "custom_data": dict(self.custom_data.sent.values()),
        }
        return to_api(self.contact.cleaned_data | rows)

    @property
    def token(self) -> uuid.UUID:
        """The form's token."""
        return uuid.UUID(str(self.contact["form_token"].value()))

    def typed(self) -> dict[str, list[str]]:
        """What was typed into a posted form, to be kept, and typed again by `from_typed`."""
        if self.data is None:
            return {}
        return {name: values for name, values in self.data.lists() if name not in _NOT_TYPED and any(values)}

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the page; nothing before the form is posted."""
        if self.data is None:
            return []
        return [*([self._refusal] if self._refusal else []), *self._problems()]

    @property
    def questions(self) -> list[Problem]:
        """Phone numbers that can't be right; they are sent as they were typed."""
        if self.data is None or not self.phones.is_valid():
            return []
        return [
            _problem(self.phones.forms[place]["phone"], str(_QUESTION), f"phones.{place}.phone", place)
            for place, item in self.phones.sent.items()
            if not clean_phone(item["phone"], region=settings.DEFAULT_PHONE_REGION)[1]
        ]

    def add_leonar_error(self, field: str | None, message: str) -> None:
        """Puts what Leonar said at the control that `field` (its path in the payload) is about, or else at the top."""
        self.is_valid()
        message = message or _("Leonar did not say what is wrong.")
        form, name = self._control_of(field or "")
        if form is not None:
            form.add_error(name, message)
            return
        text = f"{field}: {message}" if field else message
        self._refusal = Problem("", str(_("Leonar")), text, field or "")

    @property
    def _row_sets(self) -> tuple[Rows, Rows, Rows]:
        return self.emails, self.phones, self.custom_data

    def _problems(self) -> Iterator[Problem]:
        below = [name for name in self.contact.fields if name not in _ABOVE_ROWS]
        for name in _ABOVE_ROWS:
            yield from _field_problems(self.contact[name], name)
        for rows in (self.emails, self.phones):
            yield from _row_problems(rows)
        for name in below:
            yield from _field_problems(self.contact[name], name)
        yield from _row_problems(self.custom_data)

    def _control_of(self, path: str) -> tuple[forms.Form | None, str]:
        """The form and the name of the field that Leonar's `path` is about; None where the page has none."""
        first, *rest = re.split(r"[.\[\]/]+", path.strip("]"))
        if first in self.contact.fields and first in limits.BODY_FIELDS:
            return self.contact, first
        if first in ("email", "emails"):
            return _address_control(self.emails, rest)
        if first in ("phone", "phones"):
            return _address_control(self.phones, rest)
        if first == "custom_data":
            return self._custom_control(path[len(first) + 1 :])
        return None, ""

    def _custom_control(self, path: str) -> tuple[forms.Form | None, str]:
        for place, (key, _value) in self.custom_data.sent.items():
            if not path or path == key or path.startswith(f"{key}."):
                return self.custom_data.forms[place], "value"
        return None, ""


def _address_control(rows: AddressRows, rest: list[str]) -> tuple[forms.Form | None, str]:
    """The row that became the item which `rest` names; Leonar counts the items that were sent, not the page's rows."""
    number = int(rest[0]) if rest and re.fullmatch(r"\d{1,4}", rest[0]) else 0
    places = list(rows.sent)
    if number >= len(places):
        return None, ""
    row = rows.forms[places[number]]
    return row, "type" if rest[1:] == ["type"] else row.decisive[0]


def _usable(data: QueryDict) -> QueryDict:
    """A copy of what was posted that any database can store, with a token that is one."""
    own = QueryDict(mutable=True)
    for name, values in data.lists() if isinstance(data, QueryDict) else ((name, [data[name]]) for name in data):
        own.setlist(storable_text(name), [storable_text(str(value)) for value in values])
    try:
        uuid.UUID(own.get("form_token", ""))
    except ValueError:
        own["form_token"] = str(uuid.uuid4())
    return own


def _problem(bound: forms.BoundField, message: str, path: str, place: int | None = None) -> Problem:
    label = str(bound.label) if place is None else f"{bound.label} {place + 1}"
    return Problem(bound.id_for_label, label, message, path)


def _field_problems(bound: forms.BoundField, path: str, place: int | None = None) -> Iterator[Problem]:
    return (_problem(bound, str(message), path, place) for message in bound.errors)


def _row_problems(rows: Rows) -> Iterator[Problem]:
    several = rows.get_default_prefix()
    for message in rows.non_form_errors():
        control = rows.forms[0][rows.forms[0].decisive[0]]
        yield Problem(control.id_for_label, str(FIELD_LABELS[several]), str(message), several)
    for place, row in enumerate(rows.forms):
        for name in row.fields:
            yield from _field_problems(row[name], f"{several}.{place}.{name}", place)
