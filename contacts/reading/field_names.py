"""Which field a label or a column's heading names, in words of its own as well: "Mobile no.", "Tél. secrétariat"."""

import re

from contacts.reading import values
from contacts.reading.words import labels
from contacts.text.folding import fold

_DECORATION = " \t.*_-–—•·>#\"'()[]{}\u00a0\ufe0f"
_PARTS = re.compile(r"[\s/()&+,:-]+")
_POSSESSIVE = re.compile(r"'s?(?=\s|$)")
_WORDS_MOST = 6
# Executive Assistant, Team Secretary.
_ROLE_WORDS_MOST = 3
_TELLING_LEAST = 4
# Fields whose labels people put together themselves.
_COMPOSED = ("emails", "phones", "location", "current_company", "title", "address")
# Where a number is answered at work, and often the only one there is: that says no more.
PLACES_OF_WORK = {"office", "bureau", "buro", "kantoor", "oficina", "company"}


def bare_label(text: str) -> str:
    """A label as the lists of words have it."""
    folded = fold(text).strip(_DECORATION).replace("_", " ").replace(".", "").replace("’", "'")
    return " ".join(folded.replace(" - ", " ").split())


def field_of(text: str) -> tuple[str, str] | None:
    """The field that a label names and the type it says; "fax" and "others" are fields too. None: it is no label."""
    bare = bare_label(text)
    bare += ")" * (bare.count("(") - bare.count(")"))
    if bare in labels.FIELD_OF:
        return labels.FIELD_OF[bare]
    if bare in labels.FAX:
        return "fax", ""
    words = [word for word in _PARTS.split(_POSSESSIVE.sub("", bare)) if word]
    if any(word.isdigit() and len(word) > 1 for word in words):
        return None
    telling = [word for word in words if word not in labels.FILLERS and not word.isdigit()]
    if not telling or len(words) > _WORDS_MOST or len(words) < 2:
        return None
    if len(telling) == 1 and telling[0] in labels.FIELD_OF:
        return labels.FIELD_OF[telling[0]]
    return _composed(telling)


def _composed(words: list[str]) -> tuple[str, str] | None:
    known = {word: "fax" if word in labels.FAX else labels.FIELD_OF.get(word, ("", ""))[0] for word in words}
    described = {word for word in words if word in labels.WORK | labels.PERSONAL}
    reached = {"emails", "phones", "name", "fax"}
    # One number for both is called: "Tél/Fax".
    if "fax" in known.values() and all(known[word] == "fax" or word in described for word in words):
        return "fax", ""
    others = [word for word in words if len(word) >= _TELLING_LEAST and known[word] in {"others", "secretary"}]
    is_role = bool(others) and words[-1] == others[-1] and len(words) <= _ROLE_WORDS_MOST
    if is_role or (others and all(word in others or word in described or known[word] in reached for word in words)):
        return known[others[0]], ""
    for field in _COMPOSED:
        if field in known.values() and all(known[word] in {field, "fax"} or word in described for word in words):
            said = described - PLACES_OF_WORK if field in {"emails", "phones"} else set()
            return field, values.address_type(said)
    return None
