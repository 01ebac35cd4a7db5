"""The workspace's own fields of custom data: real controls beside the free rows, whatever Leonar says of them.

A control is posted as `custom.<key>`. A value that comes in a row and fits the control of its key goes into it; what
has no control, or does not fit it, is a row: nothing is lost where a definition changes or is not known.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.contact import CUSTOM_KEYS_MOST
from contacts.entry import typed_values
from contacts.entry.fields import OFF, LinkedInField, TextField
from contacts.text.lists import split_list
from contacts.text.text import clean_text

PREFIX = "custom."
# What can stand in the name and the id of a control; other keys stay rows.
_KEY = re.compile(r"[\w.-]{1,200}")
_ROW = re.compile(r"custom_data-([0-9]{1,9})-key")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
# As other services call what the reference calls by one name; anything else is text.
_TYPES = {
    **dict.fromkeys(("select", "singleselect", "dropdown"), "select"),
    **dict.fromkeys(("multiselect", "multipleselect", "checkboxes"), "multiselect"),
    **dict.fromkeys(("number", "integer", "decimal", "float"), "number"),
    **dict.fromkeys(("boolean", "bool", "checkbox"), "boolean"),
    **dict.fromkeys(("url", "link"), "url"),
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Definition:
    """One field of the workspace: `kind` is one of _TYPES' values or text, `options` are values with labels."""

    key: str
    label: str
    kind: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    is_required: bool = False


def read_definitions(items: Iterable[Mapping[str, Any]]) -> tuple[Definition, ...]:
    """What Leonar says, in its order; whatever can't be read as a definition is passed over. Never raises.

    Reference: GET /contacts/custom-fields.
    """
    found: dict[str, Definition] = {}
    for item in sorted(items, key=_position):
        key = item.get("key")
        if isinstance(key, str) and _KEY.fullmatch(key) and len(found) < CUSTOM_KEYS_MOST:
            found.setdefault(key, _definition(key, item))
    return tuple(found.values())


def _position(item: Mapping[str, Any]) -> float:
    position = item.get("position")
    return position if isinstance(position, int | float) else float("inf")


def _definition(key: str, item: Mapping[str, Any]) -> Definition:
    label = clean_text(item["label"]) if isinstance(item.get("label"), str) else ""
    options = tuple(_options(item.get("options")))
    kind = _TYPES.get(re.sub(r"[^a-z]", "", str(item.get("type")).casefold()), "text")
    if kind in ("select", "multiselect") and not options:
        kind = "text"
    return Definition(key, label or key.replace("_", " ").capitalize(), kind, options, item.get("is_required") is True)


def _options(given: object) -> Iterable[tuple[str, str]]:
    for option in given if isinstance(given, list) else ():
        value = option.get("value") if isinstance(option, dict) else option
        label = option.get("label") if isinstance(option, dict) else option
        if isinstance(value, str) and value:
            yield value, label if isinstance(label, str) and label else value


class NumberField(TextField):
    """A number as people type it."""

    def clean(self, value: Any) -> Any:
        """The number; "" where there is none."""
        text = super().clean(value)
        return typed_values.read(text, "number") if text else ""


class BooleanField(forms.ChoiceField):
    """Yes, no, or not said."""

    def clean(self, value: Any) -> Any:
        """True, False, or ""."""
        text = super().clean(value)
        return text == "yes" if text else ""


class DateInput(forms.DateInput):
    """The browser's own control; a plain one for what it would not show."""

    input_type = "date"


class Checkboxes(forms.CheckboxSelectMultiple):
    """A box for each option; what is said of all of them leads to the first."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The id of one of the boxes."""
        return super().id_for_label(id_, index or "0")


class DateField(TextField):
    """A day, as YYYY-MM-DD."""

    def validate(self, value: str) -> None:
        """Refuses what is no day."""
        super().validate(value)
        try:
            is_day = not value or (bool(_DATE.fullmatch(value)) and bool(date.fromisoformat(value)))
        except ValueError:
            is_day = False
        if not is_day:
            raise ValidationError(_("Enter a date, like 2026-11-30."))


class LinkField(LinkedInField):
    """A web address."""

    default_error_messages = {"invalid": gettext_lazy("Enter a web address, like https://example.com.")}


def _field(each: Definition, *, is_required: bool, shown: Any) -> forms.Field:
    own: dict[str, Any] = {"label": each.label, "required": is_required}
    message = _("Enter %(label)s.") if each.kind in ("text", "number", "date", "url") else _("Choose %(label)s.")
    own["error_messages"] = {"required": message % {"label": each.label}}
    choice = {"invalid_choice": _("Choose from the list.")}
    match each.kind:
        case "number":
            return NumberField(attrs={"inputmode": "decimal"}, **own)
        case "boolean":
            return BooleanField(choices=[("", "–"), ("yes", _("Yes")), ("no", _("No"))], **own)
        case "date":
            field = DateField(**own)
            if not shown or _DATE.fullmatch(str(shown)):
                field.widget = DateInput(OFF)
            return field
        case "url":
            return LinkField(**own)
        case "select":
            own["error_messages"] |= choice
            return forms.ChoiceField(choices=[("", "–"), *each.options], **own)
        case "multiselect":
            own["error_messages"] |= choice
            return forms.MultipleChoiceField(choices=each.options, widget=Checkboxes, **own)
        case _:
            return TextField(**own)


class CustomForm(forms.Form):
    """A control for each definition; `given` are the keys that rows have, which are no longer required here."""

    use_required_attribute = False
    marks: Mapping[str, str] = {}

    def __init__(
        self,
        definitions: Sequence[Definition],
        data: QueryDict | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        given: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        for each in definitions:
            shown = self.initial.get(each.key) if data is None else data.get(PREFIX + each.key)
            is_required = each.is_required and each.key not in given
            self.fields[each.key] = _field(each, is_required=is_required, shown=shown)

    def add_prefix(self, field_name: str) -> str:
        """The name under which a control is posted."""
        return PREFIX + field_name

    @property
    def sent(self) -> dict[str, Any]:
        """The values of a validated form, by their keys."""
        return {key: value for key, value in self.cleaned_data.items() if value not in ("", None, [])}


def held(
    definitions: Sequence[Definition], rows: Iterable[Mapping[str, str]], typed: Mapping[str, list[str]]
) -> tuple[dict[str, Any], list[Mapping[str, str]]]:
    """What controls and rows begin with, from rows of custom data and from what was typed into controls."""
    known = {each.key: each for each in definitions}
    initial: dict[str, Any] = {}
    left: list[Mapping[str, str]] = []
    for key, values in typed.items():
        if key in known:
            initial[key] = values if known[key].kind == "multiselect" else values[-1]
        else:
            left.append(_row(key, values))
    for row in rows:
        key = clean_text(row.get("key", ""))
        shown = _fitting(known[key], row) if key in known and not initial.get(key) else None
        if shown is None:
            left.append(row)
        else:
            initial[key] = shown
    return initial, left


def settle(data: QueryDict, definitions: Sequence[Definition]) -> frozenset[str]:
    """Puts each posted value where it belongs, into its control or a row. Returns the keys that rows have then."""
    known = {each.key: each for each in definitions}
    rows = {
        int(name.split("-")[1]): data.get(name, "") for name in data if re.fullmatch(r"custom_data-\d{1,9}-key", name)
    }
    for place, typed_key in sorted(rows.items()):
        key = clean_text(typed_key)
        row = {part: data.get(f"custom_data-{place}-{part}", "") for part in ("key", "value", "type")}
        if key not in known or any(data.getlist(PREFIX + key)):
            continue
        shown = _fitting(known[key], row)
        if shown is not None:
            data.setlist(PREFIX + key, shown if isinstance(shown, list) else [shown])
            for part in row:
                data.pop(f"custom_data-{place}-{part}", None)
            rows[place] = ""
    unknown = [name for name in data if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in known]
    free = (place for place in range(len(rows) + len(unknown)) if not _is_used(data, place))
    for name, place in zip(unknown, free, strict=False):
        if any(values := data.getlist(name)):
            for part, value in _row(name.removeprefix(PREFIX), values).items():
                data[f"custom_data-{place}-{part}"] = value
                rows[place] = name.removeprefix(PREFIX)
        del data[name]
    return frozenset(clean_text(key) for key in rows.values())


def _is_used(data: QueryDict, place: int) -> bool:
    return any(data.get(f"custom_data-{place}-{part}") for part in ("key", "value"))


def _row(key: str, values: list[str]) -> dict[str, str]:
    if len(values) == 1:
        return {"key": key, "value": values[0], "type": "text"}
    value, kind = typed_values.write(values)
    return {"key": key, "value": value, "type": kind}


def _fitting(each: Definition, row: Mapping[str, str]) -> Any:
    """What the control shows for the value of a row; None where it can't show it, or would send another value."""
    text, kind = row.get("value", ""), row.get("type") or "text"
    field = _field(each, is_required=False, shown=None)
    try:
        if kind == "text":
            shown: Any = text
            if each.kind == "multiselect":
                shown = split_list(text)
            elif each.kind == "boolean":
                shown = "yes" if typed_values.read(text, "boolean") else "no"
            return shown if field.clean(shown) not in ("", []) else None
        value = typed_values.read(text, kind)
        shown = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
        shown = [str(item) for item in shown] if isinstance(shown, list) else str(shown)
        cleaned = field.clean(shown)
    except (ValidationError, KeyError):
        return None
    return shown if cleaned == value and type(cleaned) is type(value) else None
