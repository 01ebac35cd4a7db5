"""The repeatable rows of the entry form: e-mail addresses, phone numbers, custom data."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import cleaning
from contacts.fields import EmailField, OpenChoiceField, PhoneField, TextField, typed_value
from contacts.leonar import limits

ADDRESS_TYPES = [("", "–"), ("work", gettext_lazy("Work")), ("personal", gettext_lazy("Personal"))]
VALUE_TYPES = [
    ("text", gettext_lazy("Text")),
    ("number", gettext_lazy("Number")),
    ("boolean", gettext_lazy("Yes or no")),
    ("json", gettext_lazy("JSON")),
]
# The API sets no limit; this one only bounds a forged form.
CUSTOM_DATA_MOST = 100
SPARE_ROWS = 5


class Row(forms.Form):
    """One row; only its `decisive` fields make it more than an empty one, because a type alone says nothing."""

    decisive: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.empty_permitted = True
        self._keep_unknown_type()

    def has_changed(self) -> bool:
        """Whether anything that matters was filled in."""
        return any(cleaning.clean_text(str(self[name].value() or "")) for name in self.decisive)

    def _keep_unknown_type(self) -> None:
        """A type that the page does not offer is offered too, so that it is not lost when a contact is edited."""
        field = self.fields["type"]
        given = self["type"].value()
        if isinstance(field, OpenChoiceField) and given and given not in dict(field.choices):
            field.choices = [*field.choices, (given, given)]


class EmailRow(Row):
    """One e-mail address and its type."""

    decisive = ("email",)
    email = EmailField(label=gettext_lazy("E-mail address"), attrs={"inputmode": "email", "spellcheck": "false"})
    type = OpenChoiceField(label=gettext_lazy("Type"), choices=ADDRESS_TYPES, required=False)


class PhoneRow(Row):
    """One phone number and its type."""

    decisive = ("phone",)
    phone = PhoneField(label=gettext_lazy("Phone number"), attrs={"inputmode": "tel"})
    type = OpenChoiceField(label=gettext_lazy("Type"), choices=ADDRESS_TYPES, required=False)


class CustomDataRow(Row):
    """One key and its value of a type."""

    decisive = ("key", "value")
    key = TextField(label=gettext_lazy("Key"))
    value = TextField(label=gettext_lazy("Value"))
    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=VALUE_TYPES, required=False)

    def clean(self) -> dict[str, Any]:
        """The value as the type that was chosen."""
        cleaned = super().clean() or {}
        key, value = cleaned.get("key"), cleaned.get("value")
        if value and not key:
            self.add_error("key", _("Enter a key for this value."))
        if key and not value:
            self.add_error("value", _("Enter a value for “%(key)s”.") % {"key": key})
        if key and value:
            try:
                cleaned["value"] = typed_value(value, cleaned.get("type") or "text")
            except ValidationError as error:
                self.add_error("value", error)
        return cleaned


class Rows(forms.BaseFormSet):
    """Rows whose filled ones become a list; gaps between them are no matter."""

    prefix: str
    default_error_messages = {
        "too_many_forms": gettext_lazy("Leonar takes at most %(num)d of these."),
        "missing_management_form": gettext_lazy("Part of the form did not arrive. Press the button again."),
    }

    def __init__(self, data: Any = None, **options: Any) -> None:
        if data is not None and not str(data.get(f"{self.prefix}-TOTAL_FORMS", "")).isdecimal():
            data = _with_management(data, self.prefix, least=self.extra)
        super().__init__(data, prefix=self.prefix, **options)

    def filled(self) -> Iterator[tuple[int, Row]]:
        """The rows that hold something, with their place on the page."""
        return ((place, row) for place, row in enumerate(self.forms) if row.has_changed())

    def cleaned_rows(self) -> list[dict[str, Any]]:
        """What the filled rows hold; only of valid rows. A repeated address is one address."""
        rows = [{key: value for key, value in row.cleaned_data.items() if value} for _, row in self.filled()]
        return list({self._identity(row): row for row in reversed(rows)}.values())[::-1]

    def sent_places(self) -> list[int]:
        """For each item that is sent, the place on the page of the row it came from."""
        places: dict[object, int] = {}
        for place, row in self.filled():
            places.setdefault(self._identity(row.cleaned_data), place)
        return list(places.values())

    def _identity(self, row: dict[str, Any]) -> object:
        return str(row.get(self.form.decisive[0], "")).casefold()


class CustomData(Rows):
    """Custom data: an object, so no key may be there twice."""

    def clean(self) -> None:
        """Refuses the second use of a key, at its row."""
        seen: set[str] = set()
        for _place, row in self.filled():
            key = row.cleaned_data.get("key")
            if key in seen:
                row.add_error("key", _("The key “%(key)s” is used twice.") % {"key": key})
            seen.add(key)

    def as_object(self) -> dict[str, Any]:
        """The keys and values."""
        return {row.cleaned_data["key"]: row.cleaned_data["value"] for _, row in self.filled()}


def _rows(row: type[Row], base: type[Rows], prefix: str, *, extra: int, most: int) -> type[Rows]:
    made = forms.formset_factory(row, formset=base, extra=extra, max_num=most, absolute_max=most, validate_max=True)
    made.prefix = prefix
    return made


def _with_management(data: Any, prefix: str, *, least: int) -> Any:
    """A form posted by hand may leave out Django's counters, or spoil them: the rows themselves are counted then."""
    places = (re.fullmatch(rf"{prefix}-(\d{{1,3}})-\w+", name) for name in data)
    data = data.copy()
    data[f"{prefix}-TOTAL_FORMS"] = str(max([least, *(int(place[1]) + 1 for place in places if place)]))
    data[f"{prefix}-INITIAL_FORMS"] = "0"
    return data


EmailRows = _rows(EmailRow, Rows, "emails", extra=limits.EMAILS_MAX, most=limits.EMAILS_MAX)
PhoneRows = _rows(PhoneRow, Rows, "phones", extra=limits.PHONES_MAX, most=limits.PHONES_MAX)
CustomDataRows = _rows(CustomDataRow, CustomData, "custom_data", extra=SPARE_ROWS, most=CUSTOM_DATA_MOST)
