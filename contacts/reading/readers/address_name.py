"""The last name of whoever signs with the first: "Best, Katarina", katarina.lindstrom@fjord.example."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from contacts.reading.name_parts import NamePart, recased
from contacts.reading.name_words import spelt
from contacts.reading.page import Page
from contacts.reading.readers import vcard
from contacts.reading.result import Certainty, Value
from contacts.reading.words import companies, jobs
from contacts.text.folding import fold

NAME = "address"

_SEPARATORS = re.compile(r"[._-]")
_SLUG = re.compile(r"/in/([^/?#]+)")
_NAME_LEAST = 3


def fits(page: Page) -> bool:
    """Whether half of a name is known, and an address."""
    # A card that says no last name means none.
    is_signed = page.has("first_name") and page.all("first_name")[0].reader != vcard.NAME
    return is_signed and not page.has("last_name") and (page.has("emails") or page.has("linkedin_profile"))


def read(page: Page) -> Iterator[Value]:
    """The second of the two parts of an address whose first is the first name, or its letter."""
    (first,) = page.all("first_name")
    for address in page.all("emails"):
        local = str(address.value).partition("@")[0].partition("+")[0]
        if _names(local, str(first.value)):
            yield _value(local)
            return
    for profile in page.all("linkedin_profile"):
        slug = _SLUG.search(unquote(str(profile.value)))
        words = [word for word in slug[1].split("-") if not any(map(str.isdigit, word))] if slug else []
        if _names("-".join(words), str(first.value)):
            yield _value("-".join(words))
            return


def _names(address: str, first: str) -> bool:
    parts = _SEPARATORS.split(address, maxsplit=1)
    if len(parts) != len(("first", "last")) or "." in parts[1] or len(parts[1]) < _NAME_LEAST:
        return False
    given, family = spelt(parts[0]), fold(parts[1])
    if not family.replace("-", "").isalpha() or family in companies.GENERIC_BOXES | jobs.HEADS | jobs.DEPARTMENTS:
        return False
    return given in (spelt(first), spelt(first)[:1])


def _value(address: str) -> Value:
    last = _SEPARATORS.split(address, maxsplit=1)[1]
    (part,) = recased([NamePart("last_name", last.lower(), ())])
    return Value(part.field, part.text, (), certainty=Certainty.LIKELY, source=address)
