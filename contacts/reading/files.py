"""Which files are read: by their name and by what is in them, which have to agree."""

import re

from contacts.reading.charset import decode

ENDINGS = (".vcf", ".vcard", ".txt", ".csv", ".eml")
_CARDS = (".vcf", ".vcard")
_CARD = re.compile(r"\s*BEGIN:VCARD", re.IGNORECASE)
# What no text holds.
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def may_be_read(name: str, data: bytes) -> bool:
    """Whether `data` is text, and what the ending of the file's name says."""
    ending = next((each for each in ENDINGS if name.casefold().endswith(each)), None)
    if ending is None:
        return False
    text = decode(data)
    return not _BINARY.search(text) and (ending not in _CARDS or not text.strip() or bool(_CARD.match(text)))
