"""Phone numbers: what is sent, and whether it can be right."""

import re
from typing import NamedTuple
from urllib.parse import unquote

import phonenumbers

from contacts.text.text import clean_text

_PHONE_LABEL = re.compile(
    r"(?:t[eé]l(?:[eé]phone)?|phone|mobile|mob|portable|cell|gsm|[tmp])\s*[.:]+\s*", re.IGNORECASE
)
# E.164 has no place for it.
_EXTENSION = " ext. "
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
# The library knows the words of other languages.
_FRENCH_EXTENSION = re.compile(r"\bposte\b[ .:]*", re.IGNORECASE)


class Phone(NamedTuple):
    """A number as it is sent, and whether it is valid where it belongs."""

    value: str
    is_valid: bool


def clean_phone(text: str, *, region: str) -> Phone:
    """The number as it is sent, and whether it can be right.

    A valid one is sent as E.164 with its extension behind it. One that can't be right
    stays as it was typed, and so does one with words in it: the API sets no format, so the person may insist.
    `region` is a two-letter country code.
    """
    text = clean_text(text).strip(" ,;")
    if text[:4].casefold() == "tel:":
        text = clean_text(unquote(text[4:]))
    label = _PHONE_LABEL.match(text)
    bare = _FRENCH_EXTENSION.sub("ext. ", text[label.end() :] if label else text)
    try:
        number = phonenumbers.parse(bare, region)
    except phonenumbers.NumberParseException:
        return Phone(text, is_valid=False)
    if not phonenumbers.is_valid_number(number) or _has_words(bare, number.extension):
        return Phone(text, is_valid=False)
    sent = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(f"{sent}{_EXTENSION}{number.extension}" if number.extension else sent, is_valid=True)


def grouped(sent: str) -> str:
    """A number that was sent, in the groups of its country for reading; whatever else it is stays as it is."""
    number, separator, extension = sent.partition(_EXTENSION)
    if not _E164.fullmatch(number):
        return sent
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return sent
    if not phonenumbers.is_valid_number(parsed):
        return sent
    groups = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return f"{groups}{separator}{extension}"


def _has_words(text: str, extension: str | None) -> bool:
    """Whether there are letters in a number, apart from those that announce its extension."""
    number = re.sub(rf"\D+{re.escape(extension)}\D*$", "", text) if extension else text
    return any(character.isalpha() for character in number)
