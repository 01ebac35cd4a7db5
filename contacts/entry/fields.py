"""The form's fields: each cleans what was typed or pasted and validates the API's format, no more."""

import re
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.contact import ITEM_MOST, ITEMS_MOST, TEXT_MOST
from contacts.text.email import clean_email
from contacts.text.links import clean_linkedin
from contacts.text.lists import items_of, pieces_of
from contacts.text.text import clean_text

# Browsers would offer the recruiter's own data for the contact's.
OFF = {"autocomplete": "off"}
# The largest integer that every reader of JSON takes exactly (RFC 8259, section 6).
INTEGER_MOST = 2**53 - 1
_UUID = re.compile(r"(?:urn:uuid:)?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_INTEGER = re.compile(r"[+-]?\d{1,16}")
# What EmailValidator allows beyond the plain form that every mail system takes: quoted local parts, address literals,
# and top-level domains of digits alone.
_PLAIN_EMAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]+\.[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*")
_EMAIL_MOST = 254


class TextField(forms.CharField):
    """One line of text of at most `most` characters; longer text is refused, never cut.

    No more than TEXT_MOST characters are looked at at all: what was posted is counted before it is cleaned.
    """

    def __init__(
        self, *, most: int = TEXT_MOST, required: bool = False, attrs: dict[str, str] | None = None, **options: Any
    ) -> None:
        self.most = most
        super().__init__(strip=False, required=required, widget=forms.TextInput(OFF | (attrs or {})), **options)

    def to_python(self, value: object) -> str:
        """The cleaned text; "" where there is none."""
        text = _text(value)
        if len(text) > TEXT_MOST:
            raise too_long(self.label, text, most=self.most)
        return self.cleaned(text)

    def cleaned(self, text: str) -> str:
        """What `text` was meant to be."""
        return clean_text(text)

    def validate(self, value: str) -> None:
        """Refuses what is missing or too long."""
        super().validate(value)
        if len(value) > self.most:
            raise too_long(self.label, value, most=self.most)


class EmailField(TextField):
    """One e-mail address, in the plain form that every mail system takes."""

    default_error_messages = {
        "invalid": gettext_lazy("Enter one e-mail address, like name@example.com."),
        "foreign": gettext_lazy("Leonar takes no accents and no other alphabets in an e-mail address."),
    }

    def cleaned(self, text: str) -> str:
        """The address alone."""
        return clean_email(text)

    def validate(self, value: str) -> None:
        """Refuses what is not one address (the API's `format: email`)."""
        super().validate(value)
        if not value:
            return
        if not value.isascii() and value.count("@") == 1 and " " not in value:
            raise ValidationError(self.error_messages["foreign"])
        if len(value) > _EMAIL_MOST or not _PLAIN_EMAIL.fullmatch(value):
            raise ValidationError(self.error_messages["invalid"])
        EmailValidator(self.error_messages["invalid"])(value)


class LinkedInField(TextField):
    """An address of a profile, sent as a URI (the API's `format: uri`)."""

    default_error_messages = {
        "invalid": gettext_lazy("Enter a web address, like https://www.linkedin.com/in/sophie-martin."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}, **options)

    def cleaned(self, text: str) -> str:
        """The address as a URI."""
        text = clean_text(text).strip(" ,;<>")
        if not text:
            return ""
        try:
            return clean_linkedin(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"]) from error


class UUIDField(TextField):
    """An id in the API's `format: uuid`."""

    def cleaned(self, text: str) -> str:
        """The id in its usual writing, whichever was typed."""
        text = clean_text(text).strip("{}")
        if not text:
            return ""
        # Python's own reader would take an underscore for nothing.
        if not _UUID.fullmatch(text):
            message = _("%(label)s must be an id like 123e4567-e89b-12d3-a456-426614174000.")
            raise ValidationError(message % {"label": self.label})
        return str(uuid.UUID(text))


class RawField(forms.Field):
    """A text of at most `most` characters as it was typed: what may be cleaned away is not known yet."""

    def __init__(self, *, most: int, **options: Any) -> None:
        self.most = most
        super().__init__(required=False, widget=forms.TextInput(OFF), **options)

    def to_python(self, value: object) -> str:
        """The text; "" where there is none."""
        text = _text(value)
        if len(text) > self.most:
            raise too_long(self.label, text, most=self.most)
        return text


class ListInput(forms.TextInput):
    """One input for several texts. A script may post it several times: all of them count."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """What was posted under this name, in one text."""
        values = data.getlist(name)
        return ", ".join(values) if values else None


class ListField(forms.Field):
    """Several short texts in one input: at most `items_most`, of at most `item_most` characters each.

    They are counted as they were posted, before any is cleaned.
    """

    def __init__(
        self, *, items_most: int = ITEMS_MOST, item_most: int = ITEM_MOST, required: bool = False, **options: Any
    ) -> None:
        self.items_most, self.item_most = items_most, item_most
        super().__init__(required=required, widget=ListInput(OFF), **options)

    def to_python(self, value: object) -> list[str]:
        """The items, no repeats."""
        pieces = pieces_of(_text(value))
        if len(pieces) > self.items_most:
            message = _("%(label)s must be %(most)d items or fewer. This list has %(count)d.")
            raise ValidationError(message % {"label": self.label, "most": self.items_most, "count": len(pieces)})
        self._refuse_longer(pieces, than=TEXT_MOST)
        return items_of(pieces)

    def validate(self, value: list[str]) -> None:
        """Refuses items that are too long, and names them."""
        super().validate(value)
        self._refuse_longer(value, than=self.item_most)

    def _refuse_longer(self, items: list[str], *, than: int) -> None:
        message = _("“%(start)s…” has %(count)d characters. Each must be %(most)d or fewer.")
        if errors := [
            message % {"start": item[:20], "count": len(item), "most": self.item_most}
            for item in items
            if len(item) > than
        ]:
            raise ValidationError(" ".join(errors))

    def prepare_value(self, value: object) -> object:
        """How a list is shown in its one input."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value


class IntegerField(forms.Field):
    """A whole number; the API documents no range."""

    def __init__(self, *, required: bool = False, **options: Any) -> None:
        super().__init__(required=required, widget=forms.TextInput(OFF | {"inputmode": "numeric"}), **options)

    def to_python(self, value: object) -> int | None:
        """The number, or None."""
        text = clean_text(_text(value)).replace(" ", "").replace("\N{MINUS SIGN}", "-")
        if not text:
            return None
        if not _INTEGER.fullmatch(text) or abs(int(text)) > INTEGER_MOST:
            raise ValidationError(_("%(label)s must be a whole number, like 7.") % {"label": self.label})
        return int(text)

    def prepare_value(self, value: object) -> object:
        """The number as it is typed, whatever the locale would make of it."""
        return str(value) if isinstance(value, int) else value


class OpenChoiceField(forms.ChoiceField):
    """A choice from a list that the API leaves open: a value that is not on it is kept."""

    default_error_messages = {"invalid_choice": gettext_lazy("Choose a type from the list.")}

    def valid_value(self, value: object) -> bool:
        """Anything short is valid."""
        return len(str(value)) <= ITEM_MOST

    def to_python(self, value: object) -> str:
        """The cleaned value."""
        return clean_text(_text(value))


def too_long(label: object, text: str, *, most: int) -> ValidationError:
    """The error of a text that has more than `most` characters."""
    message = _("%(label)s must be %(most)d characters or fewer. This one has %(count)d.")
    return ValidationError(message % {"label": label, "most": most, "count": len(text)})


def _text(value: object) -> str:
    return "" if value is None else str(value)


class SharedFields(dict[str, forms.Field]):
    """The fields of a kind of form, the same objects in all of them.

    Django copies its fields for each form, which for fifteen rows costs more than everything else about them. So no
    form may change a field; it may put another one in its place.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)
