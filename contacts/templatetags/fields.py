"""The tag that renders a field, through templates/elements/field.html.

The form page has fifty fields. Asking each of them for its parts from the template, or writing attributes and options
with Django's own helpers, costs several times as much as gathering them once, here.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

# The widgets that are not an <input>.
TAGS = ("select", "textarea")


@register.inclusion_tag("elements/field.html")
def field(
    bound: BoundField, *, width: str = "", number: int | None = None, is_plain: bool = False, chips: str = ""
) -> dict[str, Any]:
    """Renders one field: label, hint, error and control.

    `width` hints at the answer; `number` tells a row's label from its neighbours'; `is_plain` leaves out the word
    “required” where everything is; `chips` is the word for removing one of a list's items.
    """
    kind = getattr(bound.field.widget, "input_type", "textarea")
    errors, hint, id_ = bound.errors, bound.help_text, bound.auto_id
    return {
        "classes": f"field field-{width or kind}{' is-wrong' if errors else ''}",
        "id": id_,
        "label": bound.label,
        "number": number,
        "says_required": bound.field.required and not is_plain,
        "hint": hint,
        "errors": errors,
        "chips": chips,
        "tag": kind if kind in TAGS else "input",
        "attributes": _attributes(_control(bound, kind)),
        "content": _content(bound, kind),
    }


def _control(bound: BoundField, kind: str) -> dict[str, Any]:
    hint, errors, id_ = bound.help_text, bound.errors, bound.auto_id
    attributes = {"autocomplete": "off"} | bound.field.widget.attrs
    attributes |= {"name": bound.html_name, "id": id_, "required": bound.field.required}
    if errors:
        # `data-most` is for the script that takes an error away once it is right.
        attributes |= {"aria-invalid": "true", "data-most": getattr(bound.field, "most", None) or False}
    if hint or errors:
        said = [f"{id_}-hint" if hint else "", f"{id_}-error" if errors else ""]
        attributes["aria-describedby"] = " ".join(filter(None, said))
    if kind in TAGS:
        return attributes
    value = bound.value()
    if kind == "checkbox":
        return attributes | {"type": kind, "checked": bool(value)}
    return attributes | {"type": kind, "value": "" if value is None or kind == "password" else value}


def _content(bound: BoundField, kind: str) -> str | None:
    """What stands between the control's tags; None where it has only one."""
    if kind not in TAGS:
        return None
    text = "" if bound.value() is None else str(bound.value())
    if kind == "select":
        return _options(bound.field.widget.choices, text)
    # The line break after the tag is not part of the text, but one that the text begins with would be taken for it.
    return f"\n{text}"


def _attributes(attributes: Mapping[str, Any]) -> SafeString:
    """True stands alone, False and None are left out, everything else is escaped."""
    parts = []
    for name, value in attributes.items():
        if value is True:
            parts.append(f" {name}")
        elif value is not False and value is not None:
            parts.append(f' {name}="{escape(str(value))}"')
    return SafeString("".join(parts))


def _options(choices: Iterable[tuple[Any, Any]], chosen: str) -> SafeString:
    parts = []
    for key, word in choices:
        selected = " selected" if str(key) == chosen else ""
        parts.append(f'<option value="{escape(str(key))}"{selected}>{escape(str(word))}</option>')
    return SafeString("".join(parts))
