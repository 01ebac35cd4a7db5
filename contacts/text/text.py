"""One line of text as it was meant, without what nobody can see."""

import re
import unicodedata

# Control characters that are no white space, and what takes no room: soft hyphens, zero-width spaces, direction marks.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
# The joiners mean something inside Persian or Indic words and inside emoji, and nothing next to a Latin letter.
_STRAY_JOINER = re.compile(
    "(?<![\u0370-\u1fff\u2070-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0370-\u1fff\u2070-\U0010ffff])"
)


def clean_text(text: str) -> str:
    """One line of `text`: composed (NFC), without what nobody can see, with single spaces and none at the ends."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())
    return " ".join(unicodedata.normalize("NFC", _STRAY_JOINER.sub("", text)).split())
