"""The entry form: the single fields, and Entry, the bundle of form and rows that a page binds and validates."""

import json
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

from contacts import payload as payloads
from contacts.cleaning import clean_phone, clean_text
from contacts.fields import OFF, IntegerField, LinkedInField, ListField, TextField, UUIDField
from contacts.leonar import limits
from contacts.rows import CustomDataRows, EmailRows, PhoneRows, Rows
from contacts.storable import storable

# What is not the contact: not kept with what was typed.
_NOT_TYPED = {"csrfmiddlewaretoken", "form_token", "then", "revision"}


class ContactForm(forms.Form):
    """The fields that stand once. Labels and help are for the recruiter; the rules are those of POST /contacts."""

    use_required_attribute = False

    first_name = TextField(
        label=gettext_lazy("First name"),
        required=True,
        most=limits.NAME_MAX,
        error_messages={"required": gettext_lazy("Enter a first name.")},
        attrs={"autofocus": "", "autocapitalize": "words"},
    )
    last_name = TextField(label=gettext_lazy("Last name"), most=limits.NAME_MAX, attrs={"autocapitalize": "words"})
    title = TextField(label=gettext_lazy("Title"))
    current_company = TextField(label=gettext_lazy("Company"))
    location = TextField(label=gettext_lazy("Location"))
    linkedin_profile = LinkedInField(
        label=gettext_lazy("LinkedIn"),
        help_text=gettext_lazy("An address, or only in/name."),
        attrs={"inputmode": "url", "spellcheck": "false"},
    )
    contact_type = ListField(
        label=gettext_lazy("Contact type"), help_text=gettext_lazy("Like candidate. Separate several with commas.")
    )
    tags = ListField(
        label=gettext_lazy("Tags"),
        item_most=limits.TAG_MAX,
        help_text=gettext_lazy("Separate with commas. New tags are created in Leonar."),
    )
    skills = ListField(label=gettext_lazy("Skills"), help_text=gettext_lazy("Separate with commas."))
    languages = ListField(label=gettext_lazy("Languages"), help_text=gettext_lazy("Separate with commas."))
    source = TextField(label=gettext_lazy("Source"), help_text=gettext_lazy("Where you found them, like linkedin."))
    company_id = UUIDField(
        label=gettext_lazy("Company id"),
        help_text=gettext_lazy("The company's id in Leonar, if it has one."),
        attrs={"spellcheck": "false"},
    )
    global_status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[
            ("", "–"),
            ("new", gettext_lazy("New")),
            ("contacted", gettext_lazy("Contacted")),
            ("replied", gettext_lazy("Replied")),
            ("qualified", gettext_lazy("Qualified")),
            ("archived", gettext_lazy("Archived")),
        ],
        error_messages={"invalid_choice": gettext_lazy("Choose a status from the list.")},
    )
    do_not_contact = forms.BooleanField(label=gettext_lazy("Do not contact"), required=False)
    years_experience = IntegerField(label=gettext_lazy("Years of experience"), attrs={"inputmode": "numeric"})
    form_token = forms.UUIDField(widget=forms.HiddenInput(OFF), required=False)


# What each documented field is called on pages; every name of limits.BODY_FIELDS has one.
FIELD_LABELS: dict[str, Any] = {
    name: field.label for name, field in ContactForm.base_fields.items() if name != "form_token"
} | {
    "email": gettext_lazy("E-mail"),
    "emails": gettext_lazy("E-mail addresses"),
    "phone": gettext_lazy("Phone"),
    "phones": gettext_lazy("Phone numbers"),
    "custom_data": gettext_lazy("Custom data"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or questioned: the control it is about, and the words at the control."""

    control_id: str
    label: str
    message: str
    field_path: str


class Entry:
    """Everything that one entry form holds.

    `data` is what was posted; `initial`, for a form that has not been posted, a payload by API names. An unposted form
    has a new token.
    """

    def __init__(self, data: QueryDict | None = None, *, initial: Mapping[str, Any] | None = None) -> None:
        start = dict(initial or {})
        single = {name: value for name, value in start.items() if name in ContactForm.base_fields}
        self.data = data
        self.contact = ContactForm(data, initial=single | {"form_token": uuid.uuid4()}, prefix=None)
        self.emails = EmailRows(data, initial=_address_rows(start, "email", "emails"))
        self.phones = PhoneRows(data, initial=_address_rows(start, "phone", "phones"))
        self.custom_data = CustomDataRows(data, initial=_custom_rows(start.get("custom_data")))
        self._refusal: Problem | None = None

    @classmethod
    def from_typed(cls, typed: Mapping[str, list[str]]) -> Self:
        """The form as it was typed, bound, with a new token."""
        data = QueryDict(mutable=True)
        for name, values in typed.items():
            data.setlist(name, list(values))
        data["form_token"] = str(uuid.uuid4())
        return cls(data)

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """An unposted form, prefilled from parameters named like its fields."""
        start: dict[str, Any] = {name: query[name] for name in query if name in limits.BODY_FIELDS}
        start["do_not_contact"] = start.get("do_not_contact", "").casefold() in ("1", "true", "on", "yes")
        for one, several in (("email", "emails"), ("phone", "phones")):
            start[several] = _queried_rows(query, several, one)
        start["custom_data"] = {row["key"]: row.get("value", "") for row in _queried_rows(query, "custom_data", "key")}
        return cls(initial=start)

    def is_valid(self) -> bool:
        """Whether everything is as the API takes it."""
        # All are asked, so that all say what is wrong at once.
        return all([self.contact.is_valid(), *(rows.is_valid() for rows in self._row_sets)])

    @cached_property
    def payload(self) -> dict[str, Any]:
        """The body of POST /contacts; only of a valid form."""
        return payloads.build(
            self.contact.cleaned_data
            | {
                "emails": self.emails.cleaned_rows(),
                "phones": self.phones.cleaned_rows(),
                "custom_data": self.custom_data.as_object(),
            }
        )

    @property
    def token(self) -> uuid.UUID:
        """The form's token; a form posted without a usable one gets one of its own."""
        return self.contact.cleaned_data.get("form_token") or uuid.uuid4()

    def typed(self) -> dict[str, list[str]]:
        """What was typed, to be kept with the submission and typed again by `from_typed`."""
        assert self.data is not None
        return {
            storable(name): storable(values)
            for name, values in self.data.lists()
            if name not in _NOT_TYPED and any(values)
        }

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the page."""
        if self.data is None:
            return []
        found = [problem for problem in self._problems() if problem is not None]
        if self._refusal is not None and self._refusal not in found:
            found.insert(0, self._refusal)
        return found

    @property
    def questions(self) -> list[Problem]:
        """Phone numbers that can't be right; they are sent as they were typed."""
        if self.data is None:
            return []
        return [
            Problem(row["phone"].id_for_label, str(row["phone"].label), _QUESTION, f"phones.{place}.phone")
            for place, row in self.phones.filled()
            if not _can_be_right(str(row["phone"].value()))
        ]

    def add_leonar_error(self, field: str | None, message: str) -> None:
        """Puts what Leonar said at the control that it is about; where there is none, at the top."""
        self.is_valid()
        form, name = self._control_of(field or "")
        if form is not None and name is not None:
            form.add_error(name, message)
            return
        text = f"{field}: {message}" if field else message
        self._refusal = Problem("", str(_("Leonar")), text, field or "")

    @property
    def _row_sets(self) -> tuple[Rows, Rows, Rows]:
        return self.emails, self.phones, self.custom_data

    def _problems(self) -> Iterator[Problem]:
        names = list(self.contact.fields)
        after_names = names.index("last_name") + 1
        for name in names[:after_names]:
            yield from _field_problems(self.contact, name, name)
        for rows in (self.emails, self.phones):
            yield from _row_problems(rows)
        for name in names[after_names:]:
            yield from _field_problems(self.contact, name, name)
        yield from _row_problems(self.custom_data)
        for message in self.contact.non_field_errors():
            yield Problem("", "", str(message), "")

    def _control_of(self, path: str) -> tuple[forms.Form | None, str | None]:
        first, _dot, rest = path.partition(".")
        if first in self.contact.fields:
            return self.contact, first
        if first in ("email", "phone"):
            first, rest = f"{first}s", f"0.{first}"
        if first in ("emails", "phones"):
            return self._row_control(self.emails if first == "emails" else self.phones, rest)
        if first == "custom_data":
            return self._custom_control(rest)
        return None, None

    def _row_control(self, rows: Rows, rest: str) -> tuple[forms.Form | None, str | None]:
        number, _dot, name = rest.partition(".")
        places = rows.sent_places()
        item = int(number) if re.fullmatch(r"\d{1,2}", number) else 0
        place = places[item] if item < len(places) else 0
        row = rows.forms[place]
        return row, name if name in row.fields else rows.form.decisive[0]

    def _custom_control(self, key: str) -> tuple[forms.Form | None, str | None]:
        for _place, row in self.custom_data.filled():
            if row.cleaned_data.get("key") == key:
                return row, "value"
        return (self.custom_data.forms[0], "key") if not key else (None, None)


_QUESTION = gettext_lazy("This does not look like a complete phone number. It is sent as you typed it.")


def _can_be_right(typed: str) -> bool:
    return clean_phone(typed, region=settings.DEFAULT_PHONE_REGION)[1]


def _field_problems(form: forms.Form, name: str, path: str) -> Iterator[Problem]:
    bound = form[name]
    for message in bound.errors:
        yield Problem(bound.id_for_label or f"id_{bound.html_name}", str(bound.label), str(message), path)


def _row_problems(rows: Rows) -> Iterator[Problem]:
    for message in rows.non_form_errors():
        yield Problem("", "", str(message), rows.prefix)
    for place, row in enumerate(rows.forms):
        for name in row.fields:
            yield from _field_problems(row, name, f"{rows.prefix}.{place}.{name}")


def _address_rows(start: Mapping[str, Any], one: str, several: str) -> list[dict[str, Any]]:
    rows = [dict(row) for row in start.get(several) or []]
    single = start.get(one)
    if single and single not in [row.get(one) for row in rows]:
        rows.insert(0, {one: single})
    return rows


def _custom_rows(values: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    rows = []
    for key, value in (values or {}).items():
        if isinstance(value, bool):
            rows.append({"key": key, "value": "yes" if value else "no", "type": "boolean"})
        elif isinstance(value, int | float):
            rows.append({"key": key, "value": str(value), "type": "number"})
        elif isinstance(value, str):
            rows.append({"key": key, "value": value, "type": "text"})
        else:
            rows.append({"key": key, "value": json.dumps(value, ensure_ascii=False), "type": "json"})
    return rows


def _queried_rows(query: QueryDict, prefix: str, decisive: str) -> list[dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    for name in query:
        match = re.fullmatch(rf"{prefix}-(\d)-(\w+)", name)
        if match:
            rows.setdefault(int(match[1]), {})[match[2]] = clean_text(query[name])
    return [rows[place] for place in sorted(rows) if rows[place].get(decisive)]
