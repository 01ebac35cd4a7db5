"""What is typed or comes from Leonar costs what its length says, whatever it is made of."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from contacts.entry import typed_values
from contacts.entry.fields import EmailField, LinkedInField, ListField, TextField, UUIDField
from contacts.text.email import clean_email
from contacts.text.folding import fold
from contacts.text.identity import email_key, linkedin_key, name_key, phone_key
from contacts.text.links import clean_linkedin, clean_uri
from contacts.text.lists import split_list
from contacts.text.phone import clean_phone
from contacts.text.storable import storable
from contacts.text.text import clean_text
from tests.growth import assert_linear

# Here a cost that grows with the square is a thousand times that of what it should be.
SIZE = 10_000

CLEANERS = {
    "text": clean_text,
    "fold": fold,
    "email": clean_email,
    "link": clean_linkedin,
    "uri": clean_uri,
    "list": split_list,
    "phone": lambda text: clean_phone(text, region="FR"),
    "storable": storable,
    "email key": email_key,
    "link key": linkedin_key,
    "name key": name_key,
    "phone key": lambda text: phone_key(text, region="FR"),
    "number": lambda text: typed_values.read(text, "number"),
    "yes or no": lambda text: typed_values.read(text, "boolean"),
    "JSON": lambda text: typed_values.read(text, "json"),
    "text field": TextField(label="Title").clean,
    "email field": EmailField(label="E-mail").clean,
    "link field": LinkedInField(label="LinkedIn").clean,
    "id field": UUIDField(label="Company id").clean,
    "list field": ListField(label="Tags").clean,
}
# What each regular expression could go back and forth over, and what normalising has to put in order.
UNITS = {
    "marks out of order": "\u0300\u0323",
    "marks that come apart": "\u0f73",
    "letters with marks": "e\u0301",
    "joiners": "\u200d\u200c",
    "unseen": "\u200b\x00",
    "spaces": " \u00a0",
    "dots": ".",
    "labels": "a.",
    "long labels": "www.linkedin.com/",
    "slashes": "/",
    "percents": "%",
    "escapes": "%41",
    "at signs": "@",
    "colons": ":",
    "brackets": "<>",
    "open brackets": "[",
    "digits": "1",
    "digits and dots": "1.",
    "telephone labels": "tel: ",
    "extensions": "poste ",
    "separators": ",; ",
    "items": "ab, ",
    "bullets": "• ",
    "dashes": "- ",
    "wide digits": "１",
    "quotes": '"',
    "backslashes": "\\",
}
BEFORE = ("", "https://", "a@")


@pytest.mark.slow
@pytest.mark.parametrize("cleaner", CLEANERS)
@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_costs_twice_as_much(cleaner, unit):
    clean, repeated = CLEANERS[cleaner], UNITS[unit]

    def act(text: str) -> None:
        with suppress(ValueError, ValidationError):
            clean(text)

    def made(before: str) -> Callable[[int], str]:
        # The end is what nothing fits, so that every way to read the rest is tried.
        return lambda size: f"{before}{repeated * (size // len(repeated))}\u2603"

    for before in BEFORE:
        assert_linear(act, made(before), size=SIZE)
