"""Several short texts in one input."""

import re
import unicodedata

from contacts.text.text import clean_text

_SEPARATORS = re.compile("[,;\t\n\v\f\r\x85\u2028\u2029]+")


def split_list(text: str) -> list[str]:
    """The items of a list field, split at comma, semicolon, newline and tab.

    Repeats are dropped without regard to case; the first spelling and the order are kept.
    """
    items: dict[str, str] = {}
    # Composed before it is split, because NFC makes a semicolon of the Greek question mark.
    for piece in _SEPARATORS.split(unicodedata.normalize("NFC", text)):
        item = clean_text(piece)
        if item:
            items.setdefault(item.casefold(), item)
    return list(items.values())
