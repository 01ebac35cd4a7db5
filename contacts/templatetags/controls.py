"""The HTML of a field's control. Which widgets are written here, and which render themselves, is told by their class.

Everything that is not this module's own text goes through `conditional_escape`, or `escape` within an attribute.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django import forms
from django.forms import BoundField, Widget
from django.forms.utils import pretty_name
from django.utils.html import conditional_escape, escape
from django.utils.translation import get_language

# Django's widgets that are written here, and what a subclass may not change if it is to be written here as well.
_WRITTEN: tuple[type[Widget], ...] = (
    forms.TextInput,
    forms.NumberInput,
    forms.EmailInput,
    forms.URLInput,
    forms.DateInput,
    forms.Textarea,
    forms.Select,
    forms.CheckboxInput,
)
_RENDERING = (
    "render",
    "get_context",
    "build_attrs",
    "template_name",
    "use_fieldset",
    "optgroups",
    "create_option",
    "allow_multiple_selected",
)


@dataclass(frozen=True, slots=True)
class Fixed:
    """What of a field is the same on every page, in HTML."""

    kind: str
    label: str
    help: str
    attributes: str
    # Each choice's value, its text in HTML, where the choices are the declared ones.
    choices: tuple[tuple[str, str], ...] | None


def fixed_of(bound: BoundField) -> Fixed:
    """What is the same on every page of this field; made once where the form's class alone decides it."""
    form: Any = type(bound.form)
    declared, own = form.base_fields.get(bound.name), bound.field
    if declared is own or (
        declared is not None
        and own.label is declared.label
        and own.help_text is declared.help_text
        and own.widget.attrs == declared.widget.attrs
        and type(own.widget) is type(declared.widget)
        and getattr(own.widget, "choices", None) == getattr(declared.widget, "choices", None)
    ):
        return _fixed_of_declared(form, bound.name, get_language())
    return _make_fixed(own, bound.label)


def control_of(bound: BoundField, fixed: Fixed, own: dict[str, Any]) -> str:
    """The control with its value and its `own` attributes; a widget of another kind renders itself."""
    widget = bound.field.widget
    kind: Any = type(widget)
    if not _is_written_here(kind) or (isinstance(widget, forms.Select) and fixed.choices is None):
        given = own | {"required": bound.field.required}
        return bound.as_widget(attrs={name: value for name, value in given.items() if value is not None})
    name, id_ = escape(bound.html_name), escape(bound.auto_id)
    required = " required" if bound.field.required else ""
    start = f'{fixed.attributes} name="{name}" id="{id_}"{required}{as_attributes(own) if own else ""}'
    value = bound.value()
    if isinstance(widget, forms.Select):
        return f"<select{start}>{_options(fixed.choices or (), widget.format_value(value))}</select>"
    shown = widget.format_value(value)
    if isinstance(widget, forms.Textarea):
        # The line break after the tag is not part of the text, but one that the text begins with would be taken for it.
        return f"<textarea{start}>\n{escape(shown or '')}</textarea>"
    if isinstance(widget, forms.CheckboxInput):
        ticked = {"value": shown, "checked": widget.check_test(value)}
        return f'<input{start} type="checkbox"{as_attributes(ticked)}>'
    shown = "" if shown is None else escape(shown)
    return f'<input{start} type="{escape(getattr(widget, "input_type", "text"))}" value="{shown}">'


def as_attributes(attributes: Mapping[str, Any]) -> str:
    """True stands alone, False and None are left out, everything else is escaped."""
    parts = []
    for name, value in attributes.items():
        if value is True:
            parts.append(f" {name}")
        elif value is not False and value is not None:
            parts.append(f' {name}="{escape(value)}"')
    return "".join(parts)


@lru_cache(maxsize=1000)
def _fixed_of_declared(form: Any, name: str, language: str | None) -> Fixed:
    del language  # the texts are in it
    declared = form.base_fields[name]
    return _make_fixed(declared, pretty_name(name) if declared.label is None else declared.label)


def _make_fixed(own: forms.Field, label: Any) -> Fixed:
    widget = own.widget
    return Fixed(
        kind=getattr(widget, "input_type", None) or type(widget).__name__.lower(),
        label=conditional_escape(label),
        help=conditional_escape(own.help_text),
        attributes=as_attributes({"autocomplete": "off", **widget.attrs}),
        choices=_choices(widget) if isinstance(widget, forms.Select) else None,
    )


def _choices(widget: forms.Select) -> tuple[tuple[str, str], ...] | None:
    """None where they are in groups."""
    # Not list(), which would have the database count them first.
    choices: list[tuple[Any, Any]] = [choice for choice in widget.choices]  # noqa: C416
    if any(isinstance(word, list | tuple) for _key, word in choices):
        return None
    return tuple(("" if key is None else str(key), conditional_escape(word)) for key, word in choices)


def _options(choices: tuple[tuple[str, str], ...], chosen: list[str]) -> str:
    parts = []
    for value, word in choices:
        is_chosen = value in chosen
        # Of several that are alike, the first one is chosen.
        chosen = [] if is_chosen else chosen
        parts.append(f'<option value="{escape(value)}"{" selected" if is_chosen else ""}>{word}</option>')
    return "".join(parts)


@cache
def _is_written_here(kind: Any) -> bool:
    """Whether widgets of this class add nothing of their own to the control that Django's make."""
    return any(
        issubclass(kind, base) and all(getattr(kind, name, None) is getattr(base, name, None) for name in _RENDERING)
        for base in _WRITTEN
    )
