"""The key kept out of what is read: a server may quote it, as it came or spelt in another way."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator

MARK = "leo_***"
# Fewer characters of base64 could be anything.
BASE64_LEAST = 12


def redactor(api_key: str) -> Callable[[str], str]:
    """What takes `api_key` out of a text in time that grows with its length: as it is, each character escaped as in
    JSON (JSON within JSON too) or in an address, or the whole in base64 among other things.
    """
    spelt = re.compile("|".join(map(_pattern, [api_key, *_base64(api_key)])))
    return lambda text: spelt.sub(MARK, text)


def _pattern(text: str) -> str:
    # Each alternative begins with a character of its own, which lets the search skip whatever begins with none of them.
    first, *others = map(_spellings, text)
    rest = "".join(f"(?:{'|'.join(spellings)})" for spellings in others)
    return "|".join(spelling + rest for spelling in first)


def _spellings(character: str) -> list[str]:
    digits = "".join(f"[{digit}{digit.upper()}]" for digit in f"{ord(character):02x}")
    # The backslashes double each time that JSON is quoted in JSON.
    return [re.escape(character), rf"\\\\{{0,3}}u00{digits}", f"%{digits}", rf"\\{re.escape(character)}"]


def _base64(text: str) -> Iterator[str]:
    """What base64 makes of `text` at each of the three places where it can begin, without what its neighbours share."""
    for before, shared in ((0, 0), (1, 2), (2, 3)):
        whole = b64encode(b"\0" * before + text.encode("ascii")).decode("ascii")
        own = whole[shared : (before + len(text)) * 8 // 6]
        if len(own) >= BASE64_LEAST:
            # In an address two of its signs are others.
            yield from {own, own.translate(str.maketrans("+/", "-_"))}
