"""Several short texts in one input."""

import re

from contacts.text.text import clean_text

# The commas of every width, and the ideographic one; the Greek question mark, of which composing makes a semicolon.
_SEPARATORS = re.compile("[,;，；、､\u037e\t\n\v\f\r\x85\u2028\u2029]+")
# What a copied list puts before each item. Signs that items themselves begin with count only with a space behind them.
_BULLET = re.compile(r"\s*(?:[•‣◦▪▫●○■□∙·⁃]\s*|[*–—-]\s+)")


def split_list(text: str) -> list[str]:
    """The items of a list field, split at comma, semicolon, newline and tab, without their bullets.

    Repeats are dropped without regard to case; the first spelling and the order are kept.
    """
    return items_of(pieces_of(text))


def pieces_of(text: str) -> list[str]:
    """What stands between the separators as it was typed, without what is blank."""
    return [piece.strip() for piece in _SEPARATORS.split(text) if piece.strip()]


def items_of(pieces: list[str]) -> list[str]:
    """The items that the pieces of a list were meant to be."""
    items: dict[str, str] = {}
    for piece in pieces:
        item = clean_text(_BULLET.sub("", piece, count=1) if _BULLET.match(piece) else piece)
        if item:
            items.setdefault(item.casefold(), item)
    return list(items.values())
