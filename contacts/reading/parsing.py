"""From text or a file to a reading: every reader in turn, each seeing what those before it have left."""

import re

from contacts.reading.charset import decode
from contacts.reading.leftovers import leftovers
from contacts.reading.page import Page
from contacts.reading.readers import READERS
from contacts.reading.result import Aside, Reading

# In characters. A signature has a few hundred; a list of people is not for this box.
MOST = 64 * 1024
# A vCard carries its picture with it; what it says besides is no longer than any other text.
CARD_MOST = 1024 * 1024
_PICTURE_LINE = re.compile(r"[A-Za-z0-9+/=]{50,}")

_CARD = re.compile(r"[\s\ufeff]*BEGIN:VCARD", re.IGNORECASE)


class TooLong(ValueError):
    """Nothing was read, because there is more than `most` characters of it."""

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} characters")
        self.most = most


def parse(text: str, *, region: str = "FR") -> Reading:
    """The values of one contact in `text`, and everything of it that found no place.

    `region` is the country (two letters) whose phone numbers need no country code. Raises TooLong, and nothing else.
    """
    _measure(text)
    page = Page(text, region=region)
    for reader in READERS:
        if not reader.fits(page):
            continue
        for claim in reader.read(page):
            if isinstance(claim, Aside):
                page.set_aside(claim)
            else:
                page.place(claim, reader=reader.NAME)
    values, left = leftovers(page)
    return Reading(text, tuple(values), tuple(left))


def _measure(text: str) -> None:
    """Raises TooLong where there is too much of it."""
    most = CARD_MOST if _CARD.match(text) else MOST
    if len(text) > most:
        raise TooLong(most)
    if len(text) > MOST and len(text) - sum(len(line) for line in _PICTURE_LINE.findall(text)) > MOST:
        raise TooLong(MOST)


def parse_file(data: bytes, *, region: str = "FR") -> Reading:
    """The same for the content of a dropped file, whose charset is found out; spans count its decoded characters."""
    if len(data) > 4 * CARD_MOST:
        raise TooLong(CARD_MOST)
    return parse(decode(data), region=region)
