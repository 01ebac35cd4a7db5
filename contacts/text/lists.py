"""Several short texts in one input."""

import re
import unicodedata

from contacts.text.text import clean_text

# The commas of every width, and the ideographic one.
_SEPARATORS = re.compile("[,;，；、､\t\n\v\f\r\x85\u2028\u2029]+")
# What a copied list puts before each item. Signs that items themselves begin with count only with a space behind them.
_BULLET = re.compile(r"\s*(?:[•‣◦▪▫●○■□∙·⁃]\s*|[*–—-]\s+)")


def split_list(text: str) -> list[str]:
    """The items of a list field, split at comma, semicolon, newline and tab, without their bullets.

    Repeats are dropped without regard to case; the first spelling and the order are kept.
    """
    items: dict[str, str] = {}
    # Composed before it is split, because NFC makes a semicolon of the Greek question mark.
    for piece in _SEPARATORS.split(unicodedata.normalize("NFC", text)):
        item = clean_text(_BULLET.sub("", piece, count=1) if _BULLET.match(piece) else piece)
        if item:
            items.setdefault(item.casefold(), item)
    return list(items.values())
