"""The fields of the entry form that stand once on its page."""

import copy
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contacts.contact import FIELDS, Field, Kind
from contacts.entry.fields import OFF, IntegerField, LinkedInField, ListField, SharedFields, TextField, UUIDField

_NAME = {"autocapitalize": "words", "spellcheck": "false"}
# What single controls have that others of their kind have not.
_OWN: dict[str, dict[str, Any]] = {
    "first_name": {
        "attrs": {"autofocus": "", **_NAME},
        "error_messages": {"required": _("Enter a first name.")},
    },
    "last_name": {"attrs": _NAME},
    "contact_type": {"help_text": _("Like candidate, client.")},
    "tags": {"help_text": _("New ones are created in Leonar.")},
    "source": {"help_text": _("Like linkedin.")},
    "company_id": {"help_text": _("The company's id in Leonar, if it has one.")},
}


class ContactForm(forms.Form):
    """The fields that stand once, in the order of the page; the rules are those of POST /contacts.

    `marks` says of fields, by name, where their values were merged from; for `shared` ones words are suggested.
    """

    use_required_attribute = False
    shared = frozenset(each.name for each in FIELDS.values() if each.is_shared)
    marks: Mapping[str, str] = MappingProxyType({})

    form_token = forms.UUIDField(widget=forms.HiddenInput(OFF), required=False)

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        if data is not None:
            # What went wrong takes the focus then.
            self.fields["first_name"] = _UNFOCUSED


def _control(each: Field) -> forms.Field | None:
    """The control of a field; None where it has rows."""
    own: dict[str, Any] = {"label": each.label, "required": each.is_required} | _OWN.get(each.name, {})
    match each.kind:
        case Kind.TEXT:
            return TextField(most=each.most, **own)
        case Kind.LINK:
            return LinkedInField(help_text=_("An address, or only in/name."), **own)
        case Kind.ID:
            return UUIDField(attrs={"spellcheck": "false"}, **own)
        case Kind.TEXTS:
            help_text = own.pop("help_text", _("Separate with commas."))
            return ListField(items_most=each.items_most, item_most=each.most, help_text=help_text, **own)
        case Kind.INTEGER:
            return IntegerField(**own)
        case Kind.BOOLEAN:
            return forms.BooleanField(**own)
        case Kind.ENUM:
            message = _("Choose from the list.")
            return forms.ChoiceField(
                choices=[("", "–"), *each.words.items()], error_messages={"invalid_choice": message}, **own
            )
        case _:
            return None


_CONTROLS = {name: control for name, each in FIELDS.items() if (control := _control(each)) is not None}
ContactForm.base_fields = SharedFields(_CONTROLS | ContactForm.base_fields)
_UNFOCUSED = copy.deepcopy(_CONTROLS["first_name"])
del _UNFOCUSED.widget.attrs["autofocus"]
