"""The repeatable rows of the entry form: e-mail addresses, phone numbers, custom data."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, ManagementForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.contact import FIELDS, ITEM_MOST, Field
from contacts.entry import typed_values
from contacts.entry.fields import EmailField, OpenChoiceField, RawField, SharedFields, TextField
from contacts.entry.toggles import Toggles
from contacts.text.phone import clean_phone
from contacts.text.text import clean_text

EMAILS, PHONES, CUSTOM_DATA = FIELDS["emails"], FIELDS["phones"], FIELDS["custom_data"]
VALUE_TYPES = [
    ("text", gettext_lazy("Text")),
    ("number", gettext_lazy("Number")),
    ("boolean", gettext_lazy("Yes or no")),
    ("json", gettext_lazy("JSON")),
]
SPARE_ROWS = 5
_FORGED = 10**6
_R = TypeVar("_R", bound="Rows")


def _types(addresses: Field) -> list[tuple[Any, Any]]:
    return [("", gettext_lazy("None")), *addresses.words.items()]


def _address_type(label: Any, choices: Sequence[tuple[Any, Any]]) -> OpenChoiceField:
    return OpenChoiceField(label=label, choices=choices, required=False, widget=Toggles())


class Row(forms.Form):
    """One row of `several`; only its `decisive` fields make it more than an empty one: a type alone says nothing.

    `types` are those that the page offers, for rows that have an open one; `marks` says of fields, by name, where their
    values were merged from.
    """

    several = ""
    marks: Mapping[str, str] = MappingProxyType({})
    decisive: tuple[str, ...] = ()
    types: Sequence[tuple[Any, Any]] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer_given_type()

    def has_changed(self) -> bool:
        """Whether anything that matters was filled in."""
        return self._is_filled

    @cached_property
    def _is_filled(self) -> bool:
        # Asked many times of each of fifteen rows, whose values stay as they are.
        values = (self[name].value() for name in self.decisive)
        return any(clean_text(str(value)) for value in values if value)

    def _offer_given_type(self) -> None:
        """A type that the page does not offer is offered too, so that it is not lost when the page comes back."""
        given = self.data.get(self.add_prefix("type")) if self.is_bound else self.initial.get("type")
        if given and self.types and given not in dict(self.types):
            self.fields["type"] = _address_type(self.fields["type"].label, [*self.types, (given, given)])


class EmailRow(Row):
    """One e-mail address and its type."""

    several = "emails"
    decisive = ("email",)
    email = EmailField(label=EMAILS.label, attrs={"inputmode": "email", "spellcheck": "false"})
    types = _types(EMAILS)
    type = _address_type(gettext_lazy("E-mail type"), types)


class PhoneRow(Row):
    """One phone number and its type; `may_be_right` says, once the row is cleaned, whether the number is valid."""

    several = "phones"
    decisive = ("phone",)
    phone = TextField(label=PHONES.label, attrs={"inputmode": "tel"})
    types = _types(PHONES)
    type = _address_type(gettext_lazy("Phone type"), types)
    may_be_right = False

    def clean_phone(self) -> str:
        """The number as it is sent: E.164 where it is valid, anything else as it was typed."""
        number, self.may_be_right = clean_phone(self.cleaned_data["phone"], region=settings.DEFAULT_PHONE_REGION)
        return number


class CustomDataRow(Row):
    """One key of custom data, the type of its value, and the value as it is typed."""

    several = "custom_data"
    decisive = ("key", "value")
    key = TextField(label=gettext_lazy("Key"), most=ITEM_MOST, attrs={"spellcheck": "false"})
    type = forms.ChoiceField(
        label=gettext_lazy("Value type"),
        choices=VALUE_TYPES,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a type from the list.")},
    )
    value = RawField(label=gettext_lazy("Value"), most=CUSTOM_DATA.most)

    def clean(self) -> dict[str, Any]:
        """Makes the value what its type says; neither a key nor a value may stand alone."""
        cleaned = self.cleaned_data
        key, kind = cleaned.get("key"), cleaned.get("type")
        text = cleaned.get("value", "")
        if self.has_error("key") or self.has_error("value"):
            return cleaned
        if not key:
            self.add_error("key", _("Enter a key for this value."))
        elif not clean_text(text):
            self.add_error("value", _("Enter a value for “%(key)s”.") % {"key": key})
        elif kind is not None:
            try:
                cleaned["value"] = typed_values.read(text, kind or "text")
            except ValidationError as error:
                self.add_error("value", error)
        return cleaned


class Rows(forms.BaseFormSet):
    """Rows on a page, of which the filled ones are sent; gaps between them do not matter.

    Django's counters may be missing or spoiled, as in a form posted by hand: the rows are then counted themselves, so
    that none is dropped. More rows than the page can have are refused.
    """

    default_error_messages = {"too_many_forms": gettext_lazy("Enter %(num)d or fewer.")}

    @classmethod
    def get_default_prefix(cls) -> str:
        """The API's name for these rows."""
        return cls.form.several

    @cached_property
    def management_form(self) -> ManagementForm:
        """Django's counters, as they should have come."""
        if not self.is_bound:
            return super().management_form
        counters = {TOTAL_FORM_COUNT: self._row_count, INITIAL_FORM_COUNT: 0}
        form = ManagementForm(
            {f"{self.prefix}-{name}": str(count) for name, count in counters.items()}, prefix=self.prefix
        )
        form.full_clean()
        return form

    def filled(self) -> Iterator[tuple[int, Row]]:
        """The rows that hold something, with their place on the page."""
        if not (self._rows_used if self.is_bound else self.initial):
            # Most rows are blank, and need no forms to know it.
            return iter(())
        return ((place, row) for place, row in enumerate(self.forms) if row.has_changed())

    def is_valid(self) -> bool:
        """See django.forms.BaseFormSet; blank rows are, unless there are more than the page can have."""
        if self.is_bound and not self._rows_used and self._row_count <= self.max_num:
            return True
        return super().is_valid()

    @cached_property
    def _row_count(self) -> int:
        declared = str(self.data.get(f"{self.prefix}-{TOTAL_FORM_COUNT}", "")).strip()
        counted = min(int(declared), _FORGED) if re.fullmatch(r"\d{1,9}", declared) else 0
        used = self._rows_used
        return max(counted, used, min(used + self.extra, self.max_num))

    @cached_property
    def _rows_used(self) -> int:
        control = re.compile(rf"{self.prefix}-(\d{{1,9}})-({'|'.join(self.form.decisive)})")
        names = map(control.fullmatch, self.data)
        return max((int(found[1]) + 1 for found in names if found and self.data.get(found[0])), default=0)


class AddressRows(Rows):
    """Rows of e-mail addresses or phone numbers: a list of which each item is sent once."""

    @cached_property
    def sent(self) -> dict[int, dict[str, str]]:
        """What valid rows send, by the place of the row on the page, in order.

        A repeated address is dropped; a type that only the repeat has is kept.
        """
        name = self.form.decisive[0]
        by_address: dict[str, tuple[int, dict[str, str]]] = {}
        for place, row in self.filled():
            item = {key: row.cleaned_data[key] for key in (name, "type") if row.cleaned_data.get(key)}
            if name not in item:
                continue
            first_place, first = by_address.get(item[name].casefold(), (place, {}))
            by_address[item[name].casefold()] = first_place, item | first
        return dict(by_address.values())


class CustomData(Rows):
    """Rows of custom data: an object, so no key may be there twice."""

    def clean(self) -> None:
        """Refuses the second use of a key, at its row."""
        seen: set[str] = set()
        for _place, row in self.filled():
            key = row.cleaned_data.get("key")
            if key in seen:
                row.add_error("key", _("The key “%(key)s” is used twice.") % {"key": key})
            elif key:
                seen.add(key)

    @cached_property
    def sent(self) -> dict[int, tuple[str, Any]]:
        """The keys and values that valid rows send, by the place of the row on the page."""
        return {
            place: (row.cleaned_data["key"], row.cleaned_data["value"])
            for place, row in self.filled()
            if row.is_valid()
        }


def _formset(row: type[Row], base: type[_R], *, most: int) -> type[_R]:
    row.base_fields = SharedFields(row.base_fields)
    made = forms.formset_factory(
        row, formset=base, extra=SPARE_ROWS, max_num=most, absolute_max=most, validate_max=True
    )
    return cast("type[_R]", made)


EmailRows = _formset(EmailRow, AddressRows, most=EMAILS.items_most)
PhoneRows = _formset(PhoneRow, AddressRows, most=PHONES.items_most)
CustomDataRows = _formset(CustomDataRow, CustomData, most=CUSTOM_DATA.items_most)
