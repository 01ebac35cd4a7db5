"""Text folded for comparison: without case, accents or doubled spaces; pure."""

import unicodedata


def fold(text: str) -> str:
    """`text` as it is compared and searched: "José  MARTIN" and "jose martin" are the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.split())
