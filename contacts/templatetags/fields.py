"""The tag that renders a field: the one place that ties label, help, error and control together.

The form page has fifty fields, and most of what it costs is rendering them. So the tag writes its HTML itself, and the
controls that are on every page too; a widget of any other kind renders itself. What is the same on every page is made
once. Everything that is not this module's own text goes through `conditional_escape`, or `escape` within an attribute.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms, template
from django.forms import BoundField
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import conditional_escape, escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contacts.templatetags.controls import as_attributes, control_of, fixed_of

register = template.Library()


class _How(NamedTuple):
    """The tag's own arguments."""

    width: str
    number: int | None
    is_plain: bool
    is_list: bool
    hint: str | None
    mark: str | None


# What blank fields and rows are in HTML, by all that it depends on.
_blank: dict[tuple[Any, ...], SafeString] = {}
BLANK_MOST = 1000


@register.simple_tag
def field(
    bound: BoundField,
    *,
    width: str = "",
    number: int | None = None,
    is_plain: bool = False,
    is_list: bool = False,
    hint: str | None = None,
    mark: str | None = None,
) -> SafeString:
    """One field: label, help, error, control, and what is said of its value.

    `width` hints at the answer; `number` tells a row's label from its neighbours'; `is_plain` leaves out the word
    “required” where everything is; `is_list` makes words of the control's text that can be removed.

    `hint` says something of this very value; "" keeps a place where a script can say it. `mark` says where the value
    comes from; its form may know. Words are suggested for what its form calls `shared`.
    """
    how = _How(width, number, is_plain, is_list, hint, mark)
    if not _is_blank(bound):
        return _rendered(bound, how)
    key = (type(bound.form), bound.name, bound.auto_id, how, get_language())
    return _once(key, lambda: _rendered(bound, how))


@register.simple_tag
def rows(
    formset: forms.BaseFormSet, *, legend: str, drop: str, more: str, is_legend_unseen: bool = False
) -> SafeString:
    """The rows of a list, each with a button that drops it, and one that adds another; blank ones are made once."""
    words = (legend, drop, more, is_legend_unseen)
    if formset.is_bound or formset.initial:
        return _rendered_rows(formset, *words)
    key = (type(formset), formset.prefix, words, get_language())
    return _once(key, lambda: _rendered_rows(formset, *words))


def _rendered_rows(formset: forms.BaseFormSet, legend: str, drop: str, more: str, is_legend_unseen: bool) -> SafeString:
    context = {"formset": formset, "legend": legend, "drop": drop, "more": more, "is_legend_unseen": is_legend_unseen}
    return SafeString(get_template("elements/rows.html").render(context))


def _once(key: tuple[Any, ...], render: Callable[[], SafeString]) -> SafeString:
    """What `key` alone decides, rendered the first time."""
    if key not in _blank:
        if len(_blank) >= BLANK_MOST:
            _blank.clear()
        _blank[key] = render()
    return _blank[key]


def _is_blank(bound: BoundField) -> bool:
    """Whether a field is as every form of its kind begins, which most of a page's fifty are."""
    form: Any = bound.form
    return (
        not form.is_bound
        and bound.field is type(form).base_fields.get(bound.name)
        and bound.field.initial is None
        and form.initial.get(bound.name) in (None, "")
        and bound.name not in getattr(form, "marks", ())
    )


def _rendered(bound: BoundField, how: _How) -> SafeString:
    width, number, is_plain, is_list, hint, mark = how
    id_, widget, fixed = escape(bound.auto_id), bound.field.widget, fixed_of(bound)
    errors = bound.form.errors.get(bound.name)
    mark = getattr(bound.form, "marks", {}).get(bound.name, "") if mark is None else mark
    parts = {"hint": fixed.help, "error": errors, "said": hint is not None, "mark": mark}
    described = " ".join([f"{bound.auto_id}-{part}" for part, is_there in parts.items() if is_there])
    states = f"{' is-wrong' if errors else ''}{' is-filled' if mark else ''}"
    wrapper = f'class="field field-{escape(width or fixed.kind)}{states}"'
    label = fixed.label + (f' <span class="unseen">{number}</span>' if number else "")
    if bound.field.required and not is_plain:
        # A control says it itself to who hears it; a group of controls does not.
        unheard = "" if widget.use_fieldset else ' aria-hidden="true"'
        label += f' <span class="required"{unheard}>{conditional_escape(_("required"))}</span>'
    before = (f'<div class="hint" id="{id_}-hint">{fixed.help}</div>\n' if fixed.help else "") + _error(id_, errors)
    after = _said(id_, hint) + _mark(id_, mark)
    if widget.use_fieldset:
        says = as_attributes({"aria-describedby": described or None})
        legend = f"<legend>{label}</legend>"
        return SafeString(f"<fieldset {wrapper}{says}>{legend}\n{before}{bound.as_widget()}{after}\n</fieldset>")
    own: dict[str, Any] = {"aria-describedby": described} if described else {}
    if errors:
        # `data-most` is for the script that takes an error away once it is right.
        own |= {"aria-invalid": "true", "data-most": getattr(bound.field, "most", None)}
    control = control_of(bound, fixed, own)
    if is_list:
        control = _word_list(control)
    if bound.name in getattr(bound.form, "shared", ()):
        control = _suggesting(control, bound.name, fixed.label)
    return SafeString(f'<div {wrapper}>\n<label for="{id_}">{label}</label>\n{before}{control}{after}\n</div>')


@register.filter
def problems(form: forms.BaseForm, about_all: str = "") -> list[dict[str, str]]:
    """What is wrong with a form, for the error summary. `about_all` replaces what is said of no single field."""
    first = next(iter(form)).auto_id
    of_all = [{"control_id": first, "message": about_all or str(said)} for said in form.non_field_errors()]
    of_fields = [
        {"control_id": bound.auto_id, "label": str(bound.label), "message": str(said)}
        for bound in form
        for said in bound.errors
    ]
    return of_all + of_fields


def _error(id_: str, errors: Any) -> str:
    if not errors:
        return ""
    said = "".join(f" <span>{conditional_escape(message)}</span>" for message in errors)
    word = f'<span class="unseen">{conditional_escape(_("Error:"))}</span>'
    return f'<p class="error" id="{id_}-error">{word}{said}</p>\n'


def _said(id_: str, hint: str | None) -> str:
    return "" if hint is None else f'\n<p class="said" id="{id_}-said">{conditional_escape(hint)}</p>'


def _mark(id_: str, mark: str) -> str:
    return f'\n<p class="mark" id="{id_}-mark">{conditional_escape(mark)}</p>' if mark else ""


def _word_list(control: str) -> str:
    """The element that makes words of the control's text."""
    words = {"remove": _("Remove %s"), "added": _("%s added"), "removed": _("%s removed")}
    return f"<chip-list{as_attributes(_data(words))}>{control}</chip-list>"


def _suggesting(control: str, name: str, label: str) -> str:
    """The element that offers words while one is typed."""
    words = {
        "url": f"{reverse('suggestions')}?{urlencode({'field': name})}",
        "label": _("Suggestions: %s") % label,
        "count": _("Suggestions: %s"),
        "linked": _("in Leonar"),
    }
    return f"<suggest-values{as_attributes(_data(words))}>{control}</suggest-values>"


def _data(words: Mapping[str, str]) -> dict[str, str]:
    return {f"data-{name}": word for name, word in words.items()}
