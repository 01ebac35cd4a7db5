"""The words by which readers recognise things, in English, French, German, Spanish and Dutch.

They stand in text files beside this module, folded (see `fold`), by sections: words parted by white space, or phrases
parted by bars.
"""

import re
from functools import cache
from pathlib import Path

_SECTION = re.compile(r"^\[(.+)\]$", re.MULTILINE)
_COMMENT = re.compile(r"^#.*\n?", re.MULTILINE)


@cache
def sections(name: str) -> dict[str, list[str]]:
    """The words or phrases of each section of a file."""
    text = _COMMENT.sub("", Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8"))
    _before, *parts = _SECTION.split(text)
    return {title: _items(body) for title, body in zip(parts[::2], parts[1::2], strict=True)}


def words(name: str, section: str) -> frozenset[str]:
    """The words or phrases of one section."""
    return frozenset(sections(name)[section])


def _items(body: str) -> list[str]:
    if "|" in body:
        return [phrase for part in body.split("|") if (phrase := " ".join(part.split()))]
    return body.split()
