"""The fields of the entry form that stand once on its page."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from contacts.entry.fields import OFF, IntegerField, LinkedInField, ListField, TextField, UUIDField
from contacts.leonar import limits

STATUSES = {
    "new": gettext_lazy("New"),
    "contacted": gettext_lazy("Contacted"),
    "replied": gettext_lazy("Replied"),
    "qualified": gettext_lazy("Qualified"),
    "archived": gettext_lazy("Archived"),
}


class ContactForm(forms.Form):
    """The fields that stand once, in the order of the page; the rules are those of POST /contacts.

    `marks` says of fields, by name, where their values were merged from.
    """

    use_required_attribute = False
    marks: Mapping[str, str] = MappingProxyType({})

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
