"""The form's fields: each cleans what was pasted and validates the API's format, no more."""

import json
import math
import re
import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import cleaning
from contacts.leonar import limits

# The largest integer that every JSON reader takes exactly (RFC 8259, section 6).
INTEGER_MOST = 2**53 - 1
JSON_DEPTH_MOST = 50
_INTEGER = re.compile(r"[+-]?\d{1,16}")
_NUMBER = re.compile(r"[+-]?\d{1,30}([.,]\d{1,30})?([eE][+-]?\d{1,3})?")
# RFC 5321 in the plain form that every mail system and the API's `format: email` take.
_EMAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+")
YES = {"true", "yes", "y", "1", "on", "oui", "ja"}
NO = {"false", "no", "n", "0", "off", "non", "nein"}
OFF = {"autocomplete": "off"}


class TextField(forms.CharField):
    """One line of text. `most` is a documented limit in characters; text beyond it is refused, never cut."""

    def __init__(self, *, most: int | None = None, attrs: dict[str, str] | None = None, **options: Any) -> None:
        self.most = most
        super().__init__(
            strip=False, widget=forms.TextInput(OFF | (attrs or {})), required=options.pop("required", False), **options
        )

    def to_python(self, value: object) -> str:
        """The cleaned text."""
        return cleaning.clean_text(str(value or "")).replace("\n", " ").replace("\r", " ")

    def validate(self, value: str) -> None:
        """Refuses what is too long."""
        super().validate(value)
        if self.most is not None and len(value) > self.most:
            raise ValidationError(
                _("%(label)s must be %(most)d characters or fewer. This one has %(count)d.")
                % {"label": self.label, "most": self.most, "count": len(value)}
            )


class EmailField(TextField):
    """One e-mail address."""

    default_error_messages = {
        "invalid": gettext_lazy("Enter an e-mail address in the correct format, like name@example.com."),
        "foreign": gettext_lazy("Leonar takes only plain letters in an e-mail address. Enter it without accents."),
    }

    def to_python(self, value: object) -> str:
        """The address alone."""
        return cleaning.clean_email(super().to_python(value))

    def validate(self, value: str) -> None:
        """Refuses what is not one address (the API's `format: email`)."""
        super().validate(value)
        if not value:
            return
        if not value.isascii():
            raise ValidationError(self.error_messages["foreign"])
        if not _EMAIL.fullmatch(value):
            raise ValidationError(self.error_messages["invalid"])
        EmailValidator(self.error_messages["invalid"])(value)


class PhoneField(TextField):
    """One phone number, sent as E.164 where it is valid; anything else is sent as it was typed."""

    def to_python(self, value: object) -> str:
        """The number as it is sent."""
        return cleaning.clean_phone(super().to_python(value), region=settings.DEFAULT_PHONE_REGION)[0]


class LinkedInField(TextField):
    """An address of a profile."""

    default_error_messages = {
        "invalid": gettext_lazy("Enter a web address, like https://www.linkedin.com/in/sophie-martin."),
    }

    def clean(self, value: object) -> str:
        """The address as a URI (the API's `format: uri`)."""
        text = self.to_python(value)
        if not text:
            return ""
        try:
            return cleaning.clean_linkedin(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"]) from error


class ListField(TextField):
    """Several short texts in one input. `item_most` is a documented limit in characters for each."""

    def __init__(self, *, item_most: int | None = None, **options: Any) -> None:
        self.item_most = item_most
        super().__init__(**options)

    def to_python(self, value: object) -> list[str]:  # type: ignore[override]
        """The items, no repeats."""
        return cleaning.split_list(str(value or ""))

    def validate(self, value: list[str]) -> None:  # type: ignore[override]
        """Refuses items that are too long."""
        for item in value:
            if self.item_most is not None and len(item) > self.item_most:
                raise ValidationError(
                    _("“%(start)s…” has %(count)d characters. Each must be %(most)d or fewer.")
                    % {"start": item[:20], "count": len(item), "most": self.item_most}
                )

    def run_validators(self, value: list[str]) -> None:  # type: ignore[override]
        """The validators of a text have nothing to say about a list."""

    def prepare_value(self, value: object) -> object:
        """How a list is shown in its one input."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value


class IntegerField(TextField):
    """A whole number."""

    def to_python(self, value: object) -> int | None:  # type: ignore[override]
        """The number, or None."""
        text = super().to_python(value).replace(" ", "")
        if not text:
            return None
        if not _INTEGER.fullmatch(text) or abs(int(text)) > INTEGER_MOST:
            raise ValidationError(_("%(label)s must be a whole number, like 7.") % {"label": self.label})
        return int(text)

    def validate(self, value: int | None) -> None:  # type: ignore[override]
        """The API documents no range."""

    def run_validators(self, value: int | None) -> None:  # type: ignore[override]
        """The validators of a text have nothing to say about a number."""


class UUIDField(TextField):
    """An id in the API's `format: uuid`."""

    def to_python(self, value: object) -> str:
        """The id in its usual writing."""
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return str(uuid.UUID(text))
        except ValueError as error:
            message = _("%(label)s must be an id like 123e4567-e89b-12d3-a456-426614174000.")
            raise ValidationError(message % {"label": self.label}) from error


class OpenChoiceField(forms.ChoiceField):
    """A choice from a list that the API leaves open: a value that is not on it is kept, and offered."""

    def valid_value(self, value: object) -> bool:
        """Anything short is valid."""
        return len(str(value)) <= limits.TAG_MAX

    def to_python(self, value: object) -> str:
        """The cleaned value."""
        return cleaning.clean_text(super().to_python(value))


def typed_value(text: str, kind: str) -> Any:
    """`text` as a value of custom data of this kind: text, number, boolean or json. Raises ValidationError."""
    if kind == "number":
        return _number(text)
    if kind == "boolean":
        return _boolean(text)
    if kind == "json":
        return _json(text)
    return text


def _number(text: str) -> int | float:
    compact = text.replace(" ", "").replace("\u2009", "")
    match = _NUMBER.fullmatch(compact)
    if not match:
        raise ValidationError(_("Enter a number, like 7 or 3.5."))
    if _INTEGER.fullmatch(compact) and abs(int(compact)) <= INTEGER_MOST:
        return int(compact)
    number = float(compact.replace(",", "."))
    if not math.isfinite(number):
        raise ValidationError(_("This number is too large."))
    return number


def _boolean(text: str) -> bool:
    word = text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValidationError(_("Enter yes or no."))


def _json(text: str) -> Any:
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
        encoded = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise ValidationError(_('Enter valid JSON, like [1, 2] or {"key": "value"}.')) from error
    if value is None:
        raise ValidationError(_("null means no value. Leave the row empty instead."))
    if b"\\u0000" in encoded or _depth(value) > JSON_DEPTH_MOST:
        raise ValidationError(_("This JSON holds characters that can't be stored, or too many levels."))
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0
