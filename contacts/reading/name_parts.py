"""First and last name, and the capitals that they get where they were written wholly in one case."""

import re
from dataclasses import dataclass

from contacts.reading.result import RECASED, Span
from contacts.reading.words import people
from contacts.text.folding import fold

_INITIALS = re.compile(r"[^\W\d_]{1,2}|(?:[^\W\d_]\.-?)+[^\W\d_]?")


@dataclass(frozen=True, slots=True)
class NamePart:
    """First or last name (`field`), as it goes into the form, and where it stands."""

    field: str
    text: str
    spans: tuple[Span, ...]
    note: str = ""


def recased(parts: list[NamePart]) -> list[NamePart]:
    """Names wholly in one case get capitals: all of them, or the one that is in capitals beside one that is not."""
    whole = "".join(part.text for part in parts)
    if whole.islower():
        return [_with_capitals(part) for part in parts]
    return [_with_capitals(part) if _shouts(part.text) else part for part in parts]


def _shouts(text: str) -> bool:
    words = text.split()
    if all(_INITIALS.fullmatch(word) for word in words) and fold(text) not in people.SHORT_FAMILY:
        return False
    return all(word.isupper() or fold(word) in people.PARTICLES for word in words)


def _with_capitals(part: NamePart) -> NamePart:
    words = part.text.split(" ")
    family = part.field == "last_name"
    text = " ".join(
        word
        if _INITIALS.fullmatch(word) and len(words) > 1 and word.isupper() and fold(word) not in people.PARTICLES
        else _capitalised(word, words, family=family)
        for word in words
    )
    return NamePart(part.field, text, part.spans, RECASED if text != part.text else part.note)


def _capitalised(word: str, words: list[str], *, family: bool) -> str:
    folded = fold(word).strip("'’")
    if family and len(words) > 1 and folded in people.PARTICLES - people.CAPITAL_PARTICLES and word != words[-1]:
        return word.lower()
    text = re.sub(r"[^\W_]+", lambda match: match[0].capitalize(), word.lower())
    text = re.sub(r"^Mc(\w)", lambda match: f"Mc{match[1].upper()}", text)
    return re.sub(r"^D(['’])", r"d\1", text) if family and len(text) > 3 and text[2].isupper() else text
