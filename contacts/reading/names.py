"""A person's name taken apart: what is the first name, what the last, and what belongs to neither.

nameparser knows particles, titles and suffixes; before it come the ways of writing that it takes for Western order.
Read on top of it here: a comma, a surname in capitals (MARTIN Sophie, Sophie MARTIN), Vietnamese order, two surnames.
"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from nameparser import Parser, Role

from contacts.reading.name_parts import NamePart, recased
from contacts.reading.page import Piece
from contacts.reading.result import Span
from contacts.reading.words import people
from contacts.text.folding import fold

WORDS_MOST = 7
_WORD = re.compile(r"[^\s,]+")
# Brackets, and a nickname in the middle: William "Bill" Hartley.
_BRACKETS = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]|(?<=\w )[\"“„«'‘][^\"“”„«»'‘’]{1,30}[\"”“»'’](?= \w)")
# German letters are signed on behalf of somebody: i. A. Anna Schmidt.
_FOR_SOMEBODY = re.compile(r"^\s*(?:i\. ?[AV]\.|ppa\.|p\. ?[ao]\.)\s+", re.IGNORECASE)
_NAME_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])(?:[^\W\d_]|[\u0300-\u036f'’.\-‐‑´`])*")
_PARSER = Parser()


def split_name(piece: Piece, known: Collection[str] = ()) -> list[NamePart]:
    """The parts of the name in `piece`, first name first; [] where there is none.

    `known` holds words by which the person is known elsewhere (of an e-mail address): they tell where the last name
    starts. Titles and suffixes are in no part. A single word is a first name.
    """
    words = _bare_words(piece)
    if not words or len(words) > WORDS_MOST:
        return []
    given, family = _given_and_family(piece, words, known)
    if len(words) == 1 and words[0].start > piece.start and _is_civil(piece.text):
        given, family = [], words
        return recased([_part("last_name", family)])
    if not given:
        given, family = family, []
    return recased([_part("first_name", given), *([_part("last_name", family)] if family else [])])


def is_name_like(text: str) -> bool:
    """Whether `text` has the form of a name: a few words of letters, each with a capital or a particle."""
    words = [word.text for word in _bare_words(Piece(text, 0))]
    return (
        not any(mark in "&+@:" or mark.isdigit() for mark in text)
        and 0 < len(words) <= WORDS_MOST
        and all(_NAME_WORD.fullmatch(word) for word in words)
        and any(not word.islower() for word in words)
        and all(not word.islower() or fold(word) in people.PARTICLES for word in words)
    )


def is_given(text: str) -> bool:
    """Whether `text` starts with a common first name."""
    return fold(text).replace("-", " ").split(" ")[0] in people.GIVEN


def bare_words(text: str) -> list[str]:
    """The words of a name, folded, without titles and suffixes."""
    return [fold(word.text).strip(".") for word in _bare_words(Piece(text, 0))]


def _bare_words(piece: Piece) -> list[Piece]:
    blanked = _BRACKETS.sub(lambda match: " " * len(match[0]), piece.text)
    blanked = _FOR_SOMEBODY.sub(lambda match: " " * len(match[0]), blanked)
    words = [piece.part(*match.span()).strip('"“”„«»<>*_:;|') for match in _WORD.finditer(blanked)]
    words = [word for word in words if any(character.isalpha() for character in word.text)]
    while len(words) > 1 and _is_honorific(words[0].text, last=len(words) == 2):
        words.pop(0)
    while len(words) > 1 and _is_suffix(words[-1].text):
        words.pop()
    comma = _comma_after(piece, words)
    if comma:
        words = [*_without_honorifics(words[:comma]), *_without_honorifics(words[comma:])]
    return words


def _without_honorifics(words: list[Piece]) -> list[Piece]:
    kept = [word for word in words if not _is_honorific(word.text)]
    return kept or words


def _is_honorific(word: str, *, last: bool = False) -> bool:
    folded = fold(word)
    if folded in {"m.", "d.", "me", "fr", "fr."}:
        return not last or folded == "m."
    if folded.rstrip(".") in {
        "m",
        "d",
        "de",
        "don",
        "sir",
        "lady",
        "dean",
        "hon",
        "ba",
        "med",
        "phil",
        "col",
        "heer",
        "pr",
    }:
        return (folded.endswith(".") and folded not in {"de.", "heer."}) or folded == "heer"
    return folded.rstrip(".") in people.HONORIFICS


def _is_civil(text: str) -> bool:
    """Whether somebody is addressed by the last name: Mme Dupont."""
    return fold(text).split(" ")[0].strip(".") in people.CIVIL


def _is_suffix(word: str) -> bool:
    folded = fold(word).strip(".,()")
    if folded in {
        "ma",
        "ba",
        "he",
        "il",
        "her",
        "sie",
        "ella",
        "el",
        "pe",
        "md",
        "elle",
        "iel",
        "him",
        "ihr",
        "lui",
        "er",
        "hem",
    }:
        return word.isupper() and folded in {"ma", "ba", "md", "pe"} and len(word) > 1 and word[-1] == "."
    return folded in people.SUFFIXES or "/" in word


def _given_and_family(piece: Piece, words: list[Piece], known: Collection[str]) -> tuple[list[Piece], list[Piece]]:
    comma = _comma_after(piece, words)
    if comma:
        return words[comma:], words[:comma]
    if len(words) == 1:
        return words, []
    shouted = _shouted_family(words)
    if shouted:
        return shouted
    if _is_family_first(words):
        return words[1:], words[:1]
    if _is_listed(words):
        return words[-1:], words[:-1]
    start = _after_marian_name(words) or _family_start(words, known)
    if start:
        return words[:start], words[start:]
    return _by_parser(words)


def _comma_after(piece: Piece, words: Sequence[Piece]) -> int:
    """How many words stand before the comma that parts last and first name; 0 where there is no such comma."""
    for count, (word, following) in enumerate(pairwise(words), 1):
        if "," in piece.text[word.span.end - piece.start : following.start - piece.start]:
            return count
    return 0


def _shouted_family(words: list[Piece]) -> tuple[list[Piece], list[Piece]] | None:
    """The French way to mark the last name: in capitals, before or after a first name that is not."""
    if all(word.text.isupper() for word in words):
        return None
    shouting = [_is_shouted(word.text) for word in words]
    first, last = _bounds(shouting)
    if first is None or not all(shouting[index] or _is_particle(words[index]) for index in range(first, last)):
        return None
    while first > 0 and _is_particle(words[first - 1]):
        first -= 1
    if first > 0 and last < len(words):
        return None
    given = [*words[:first], *words[last:]]
    return (given, words[first:last]) if given else None


def _bounds(flags: list[bool]) -> tuple[int, int] | tuple[None, int]:
    if True not in flags:
        return None, 0
    return flags.index(True), len(flags) - flags[::-1].index(True)


def _is_shouted(word: str) -> bool:
    letters = [character for character in word if character.isalpha()]
    return word.isupper() and (len(letters) > 2 or fold(word) in people.SHORT_FAMILY)


def _is_particle(word: Piece) -> bool:
    return fold(word.text).strip("'’") in people.PARTICLES


def _is_family_first(words: list[Piece]) -> bool:
    folded = [fold(word.text) for word in words]
    if folded[0] not in people.FAMILY_FIRST:
        return False
    return len(words) > 2 and (folded[1] in people.VIETNAMESE_MIDDLE or not words[0].text.isascii())


def _is_listed(words: list[Piece]) -> bool:
    """All in capitals as in a list, which has last names first: MARTIN SOPHIE."""
    folded = [fold(word.text) for word in words]
    return (
        all(word.text.isupper() for word in words)
        and folded[-1] in people.GIVEN
        and not any(word in people.GIVEN for word in folded[:-1])
    )


def _after_marian_name(words: list[Piece]) -> int:
    """Where the last name starts behind María del Carmen, María de los Ángeles and the like; else 0."""
    folded = [fold(word.text) for word in words]
    if len(words) < 4 or folded[0] != "maria" or folded[1] not in {"de", "del"}:
        return 0
    start = (
        next(index for index in range(1, len(words)) if not _is_particle(words[index]) or index == len(words) - 1) + 1
    )
    return start if start < len(words) else 0


def _family_start(words: list[Piece], known: Collection[str]) -> int:
    """Where the last name starts, by the words that the person is known by or by a first of two surnames; else 0."""
    if len(words) < 3:
        return 0
    folded = [_letters(word.text) for word in words]
    start = 0
    for index in range(1, len(words)):
        rest = "".join(folded[index:])
        if rest in known or (len(folded[index]) > 2 and folded[index] in known and folded[0] != folded[index]):
            start = index
            break
    if not start and folded[-2] in people.FIRST_OF_TWO and not any(map(_is_particle, words)):
        start = len(words) - 2
    while start > 1 and _is_particle(words[start - 1]):
        start -= 1
    return start


def _by_parser(words: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    places: dict[int, Piece] = {}
    joined = ""
    for word in words:
        joined += " " if joined else ""
        places[len(joined)] = word
        joined += word.text
    parts: dict[bool, list[Piece]] = {True: [], False: []}
    for token in _PARSER.parse(joined).tokens:
        found = places.get(token.span.start) if token.span else None
        if found is not None and token.role in {Role.GIVEN, Role.MIDDLE, Role.FAMILY}:
            parts[token.role == Role.FAMILY].append(found)
    if len(parts[True]) + len(parts[False]) < 2:
        return words[:-1], words[-1:]
    return parts[False], parts[True]


def _letters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def _part(field: str, words: list[Piece]) -> NamePart:
    runs: list[Span] = []
    for word in words:
        if runs and word.start - runs[-1].end <= 1:
            runs[-1] = Span(runs[-1].start, word.span.end)
        else:
            runs.append(word.span)
    return NamePart(field, " ".join(word.text for word in words), tuple(runs))
