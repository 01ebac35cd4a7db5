"""Text folded for comparison: without case, accents or doubled spaces; pure."""

import unicodedata


def fold(text: str) -> str:
    """`text` as it is compared and searched: "José  MARTIN" and "jose martin" are the same."""
    # Some compatibility forms decompose into capitals ("№" into "No"), so they do that before their case goes.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.split())
