"""One line of text as it was meant, without what nobody can see."""

import re
import unicodedata
from itertools import chain, groupby

# Control characters that are no white space, and what takes no room: soft hyphens, zero-width spaces, direction marks.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
# The joiners mean something inside Persian or Indic words and inside emoji, and nothing next to a Latin letter.
_STRAY_JOINER = re.compile(
    "(?<![\u0370-\u1fff\u2070-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0370-\u1fff\u2070-\U0010ffff])"
)
# Up to here the library's own ordering of marks is the faster one.
_SHORT = 100


def clean_text(text: str) -> str:
    """One line of `text`: composed (NFC), without what nobody can see, with single spaces and none at the ends."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = " ".join(composed(_UNSEEN.sub("", text)).split())
    return " ".join(composed(_STRAY_JOINER.sub("", text)).split())


def composed(text: str) -> str:
    """`text` in NFC, in time that grows with its length alone.

    The library sorts each run of marks by insertion: a run of tens of thousands takes seconds. Sorted beforehand, as
    the Unicode Standard orders them (section 3.11), it finds nothing left to do.
    """
    if len(text) <= _SHORT or unicodedata.is_normalized("NFC", text):
        return unicodedata.normalize("NFC", text)
    decomposed = "".join(unicodedata.normalize("NFD", character) for character in text)
    runs = groupby(decomposed, key=lambda character: unicodedata.combining(character) > 0)
    ordered = chain.from_iterable(sorted(run, key=unicodedata.combining) for _is_mark, run in runs)
    return unicodedata.normalize("NFC", "".join(ordered))
