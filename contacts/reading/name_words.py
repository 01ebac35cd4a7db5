"""The words of a name, without what is written around them: titles, letters behind the name, brackets, nicknames."""

import re
from collections.abc import Sequence
from itertools import pairwise

from contacts.reading.page import Piece
from contacts.reading.words import people
from contacts.text.folding import fold

WORDS_MOST = 7
_WORD = re.compile(r"[^\s,]+")
# Brackets, and a nickname in the middle: William "Bill" Hartley.
_BRACKETS = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]|(?<=\w )[\"“„«'‘][^\"“”„«»'‘’]{1,30}[\"”“»'’](?= \w)")
# The Dutch way to say a name in full, then what everybody says: mr. J.W. (Jan-Willem) ter Braak.
_INITIALS_AND_NAME = re.compile(r"(?<![^\W\d_])((?:[^\W\d_]\.[ -]?){1,5})\s?\(([^\W\d_][\w'’-]{1,30})\)(?=\s)")
# German letters are signed on behalf of somebody: i. A. Anna Schmidt.
_FOR_SOMEBODY = re.compile(r"^\s*(?:i\. ?[AV]\.|ppa\.|p\. ?[ao]\.)\s+", re.IGNORECASE)
_NAME_WORD = re.compile(r"(?:['’][^\W\d_]|[^\W\d_]|[\u0300-\u036f])(?:[^\W\d_]|[\u0300-\u036f'’.\-‐‑´`])*")
# Letters that folding leaves, and the vowels that stand for those with dots; the same is made of names and addresses.
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
# CPsychol, AFBPsS; no name is written so, but McLeod, DeVito and the like are.
_MIXED = re.compile(
    r"(?!(?:Mc|Mac|De|Di|Du|La|Le|Lo|Van|Von|Fitz|O)[A-Z])[A-Z]{1,5}[a-z]{1,9}[A-Z][A-Za-z]*|[A-Z]{2,5}[a-z]{3,9}"
)
_CUT_SHORT = re.compile(r"[A-ZÀ-Þ][^\W\d_]{1,4}\.")
# Chartered accountants, engineers and others.
_LETTERS_WITH_VOWEL = {"CA", "PE", "EA", "BA"}
_VOWELS = frozenset("aeiouy")
_LETTERS_LEAST = 3
# Titles and suffixes that are words or names as well: only a full stop makes them one.
_TITLES_WITH_STOP = {"m", "d", "don", "sir", "lady", "dean", "hon", "ba", "med", "phil", "col", "pr"}
_SUFFIXES_WITH_STOP = {"ma", "ba", "md", "pe"}
_PRONOUNS = {"he", "il", "her", "sie", "ella", "el", "elle", "iel", "him", "ihr", "lui", "er", "hem"}


def name_words(piece: Piece) -> list[Piece]:
    """The words of the name in `piece`, where they stand."""
    blanked = _INITIALS_AND_NAME.sub(lambda match: " " * (len(match[1]) + 1) + match[2] + " ", _spaced(piece.text))
    blanked = _BRACKETS.sub(lambda match: " " * len(match[0]), blanked)
    blanked = _FOR_SOMEBODY.sub(lambda match: " " * len(match[0]), blanked)
    words = [piece.part(*match.span()).strip('"“”„«»<>*_:;|') for match in _WORD.finditer(blanked)]
    words = [word for word in words if any(character.isalpha() for character in word.text)]
    while len(words) > 1 and (
        _is_honorific(words[0].text, last=len(words) == 2) or (len(words) > 2 and _is_abbreviated(words[0].text))
    ):
        words.pop(0)
    while len(words) > 1 and (_is_suffix(words[-1].text) or _are_letters(words)):
        words.pop()
    comma = comma_after(piece, words)
    if comma:
        words = [*_without_honorifics(words[:comma]), *_without_honorifics(words[comma:])]
    return words


def bare_words(text: str) -> list[str]:
    """The words of a name, folded, without titles and suffixes."""
    return [fold(word.text).strip(".") for word in name_words(Piece(text, 0))]


def is_name_like(text: str) -> bool:
    """Whether `text` has the form of a name: a few words of letters, each with a capital or a particle."""
    words = [word.text for word in name_words(Piece(text, 0))]
    return (
        not any(mark in "&+@:" or mark.isdigit() for mark in text)
        and 0 < len(words) <= WORDS_MOST
        and all(_NAME_WORD.fullmatch(word) for word in words)
        and any(not word.islower() for word in words)
        and not words[-1].islower()
        and all(not word.islower() or is_particle(word) for word in words)
    )


def is_given(text: str) -> bool:
    """Whether `text` starts with a common first name."""
    return fold(text).replace("-", " ").split(" ")[0] in people.GIVEN


def is_particle(word: str) -> bool:
    """Whether a word is one like van, de la, 't or y, which starts or joins last names."""
    return fold(word).strip("'’") in people.PARTICLES


def spelt(text: str) -> str:
    """The letters and digits of `text`, the same however mail addresses spell them: Müller and mueller."""
    bare = fold(text)
    for two, one in _UMLAUTS:
        bare = bare.replace(two, one)
    return "".join(filter(str.isalnum, bare))


def is_civil(text: str) -> bool:
    """Whether somebody is addressed by the last name: Mme Dupont."""
    return fold(text).split(" ")[0].strip(".") in people.CIVIL


def comma_after(piece: Piece, words: Sequence[Piece]) -> int:
    """How many words stand before the comma that parts last and first name; 0 where there is no such comma."""
    for count, (word, following) in enumerate(pairwise(words), 1):
        if "," in piece.text[word.span.end - piece.start : following.start - piece.start]:
            return count
    return 0


def _spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _without_honorifics(words: list[Piece]) -> list[Piece]:
    kept = [word for word in words if not _is_honorific(word.text)]
    return kept or words


def _is_honorific(word: str, *, last: bool = False) -> bool:
    folded = fold(word)
    if word.endswith(("'", "’")) and not last:
        # German ranks of women are cut short so: StD' Claudia Behrendt.
        return True
    if folded in {"m.", "d.", "me", "fr", "fr."}:
        return not last or folded == "m."
    if folded.rstrip(".") in _TITLES_WITH_STOP:
        return folded.endswith(".")
    return folded.rstrip(".") in people.HONORIFICS


def _is_abbreviated(word: str) -> bool:
    """Whether a word is a rank or a profession cut short, whichever country's: Cr., Abg., Econ."""
    return bool(_CUT_SHORT.fullmatch(word)) and fold(word).strip(".") not in people.SHORT_GIVEN


def _is_suffix(word: str) -> bool:
    folded = fold(word).strip(".,()")
    if folded in _PRONOUNS:
        return False
    if folded in _SUFFIXES_WITH_STOP:
        return word.isupper() and word.endswith(".")
    return folded in people.SUFFIXES or "/" in word


def _stand_behind_a_name(words: list[Piece]) -> bool:
    """Whether capitals stand behind a whole name that has none: Harriet Lowndes MARLA, but not Marie Anne ROUX."""
    first, second, last = words[0].text, words[1].text, words[-1].text.strip(".,()")
    if first.isupper() or second.isupper() or not is_given(first) or is_given(second) or is_particle(second):
        return False
    return last.isalpha() and last.isupper() and min(len(last), len(second)) >= _LETTERS_LEAST


def _are_initials(word: str) -> bool:
    """Whether a word is two letters that are no name: RM, RT, but not Ng."""
    return word in _LETTERS_WITH_VOWEL or (
        len(word) == len("RM")
        and word.isupper()
        and not _VOWELS & set(fold(word))
        and fold(word) not in people.SHORT_FAMILY
    )


def _are_letters(words: list[Piece]) -> bool:
    """Whether the last of these words can't be spoken: FRS, MRCP, MBBS behind a name that is not in capitals."""
    last = words[-1].text.strip(".,()")
    if len(words) > 2 and _are_initials(last) and not any(word.text.isupper() for word in words[:2]):
        return True
    if len(words) > 2 and (_MIXED.fullmatch(last) or _stand_behind_a_name(words)):
        return True
    return (
        len(words) > 2
        and last.isalpha()
        and last.isupper()
        and len(last) >= _LETTERS_LEAST
        and not _VOWELS & set(fold(last))
        and not any(word.text.isupper() for word in words[:2])
    )
