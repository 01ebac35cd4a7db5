"""Text folded for comparison: without case, accents, letters of few alphabets or doubled spaces; pure."""

import unicodedata
from functools import lru_cache

# Letters that are no other letter with a mark, as they are typed where keyboards lack them. The scripts fold alike, see
# static/js/suggest-values.js.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe"}
)


def fold(text: str) -> str:
    """`text` as it is compared and searched: "José  MARTIN" and "jose martin" are the same, "Łukasz" and "lukasz"."""
    bare = text.casefold() if text.isascii() else "".join(map(_bare, text))
    return " ".join(bare.split())


@lru_cache(maxsize=8192)
def _bare(character: str) -> str:
    """One character without its case and its marks.

    Marks are dropped, so their order does not matter; taken one by one, characters cost the same however many follow
    each other, while ordering a long run of marks takes time that grows with its square.
    """
    # Some compatibility forms decompose into capitals ("№" into "No"), so they do that before their case goes.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(part for part in decomposed if not unicodedata.combining(part)).translate(_PLAIN)
