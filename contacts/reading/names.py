"""A person's name taken apart: what is the first name, what the last, and what belongs to neither.

nameparser knows particles, titles and suffixes; before it come the ways of writing that it takes for Western order.
Read on top of it here: a comma, a surname in capitals (MARTIN Sophie, Sophie MARTIN), Vietnamese and Chinese order, two
surnames.
"""

import re
from collections.abc import Collection

from nameparser import Parser, Role

from contacts.reading.name_parts import NamePart, recased
from contacts.reading.name_words import WORDS_MOST, comma_after, is_civil, is_given, is_particle, name_words, spelt
from contacts.reading.page import Piece
from contacts.reading.result import Span
from contacts.reading.words import people
from contacts.text.folding import fold

_PARSER = Parser()
_KOREAN_GIVEN = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{2,6}")
# Shorter ones are initials.
_SURNAME_LEAST = 3
# The two parts of a Chinese first name are a syllable each: Tan Wei Ling.
_SYLLABLE_MOST = 5


def split_name(piece: Piece, known: Collection[str] = (), *, region: str = "") -> list[NamePart]:
    """The parts of the name in `piece`, first name first; [] where there is none.

    `known` holds words by which the person is known elsewhere (of an e-mail address): they tell where the last name
    starts. `region` is the country that most speaks for: in Spanish ones people have two last names.
    Titles and suffixes are in no part. A single word is a first name.
    """
    words = name_words(piece)
    if not words or len(words) > WORDS_MOST:
        return []
    given, family = _given_and_family(piece, words, known, region=region)
    if len(words) == 1 and words[0].start > piece.start and is_civil(piece.text):
        given, family = [], words
        return recased([_part("last_name", family)])
    if not given:
        given, family = family, []
    return recased([_part("first_name", given), *([_part("last_name", family)] if family else [])])


def _given_and_family(
    piece: Piece, words: list[Piece], known: Collection[str], *, region: str
) -> tuple[list[Piece], list[Piece]]:
    comma = comma_after(piece, words)
    if comma:
        # Hong Kong writes both first names: CHAN Ka Wai, Karen.
        shouted = _shouted_family(words[:comma]) if comma > 1 else None
        return ([*shouted[0], *words[comma:]], shouted[1]) if shouted else (words[comma:], words[:comma])
    if len(words) == 1:
        return words, []
    shouted = _shouted_family(words)
    if shouted:
        return shouted
    if _is_family_first(words) or (region == "HU" and len(words) == 2 and not is_given(words[0].text)):
        return words[1:], words[:1]
    if _is_listed(words):
        return words[-1:], words[:-1]
    joined = next((index for index in range(1, len(words) - 1) if _is_joined(words[index].text)), 0)
    if joined:
        return words[:joined], words[joined:]
    noble = next((index for index in range(1, len(words) - 1) if fold(words[index].text) in people.NOBLE), 0)
    if noble and is_particle(words[noble + 1].text):
        return words[:noble], words[noble:]
    starts = [_family_start(words, known), _first_of_two(words) if region in people.TWO_SURNAMES else 0]
    start = _after_marian_name(words) or min(filter(None, starts), default=0)
    if start:
        return words[:start], words[start:]
    return _by_parser(words)


def _is_joined(word: str) -> bool:
    """Whether a word is the first of a last name's by its hyphen: Gerda Wolters-de Wit, Joaquín Ruiz-Giménez Cortés."""
    parts = word.split("-")
    if len(parts) == 1 or not all(parts):
        return False
    if parts[-1].islower():
        return is_particle(parts[-1])
    return all(len(part) >= _SURNAME_LEAST and fold(part) not in people.GIVEN for part in parts)


def _shouted_family(words: list[Piece]) -> tuple[list[Piece], list[Piece]] | None:
    """The French way to mark the last name: in capitals, before or after a first name that is not."""
    if all(word.text.isupper() for word in words):
        return None
    shouting = [_is_shouted(word.text) for word in words]
    first, last = _bounds(shouting)
    if first is None or not all(shouting[index] or is_particle(words[index].text) for index in range(first, last)):
        return None
    while first > 0 and is_particle(words[first - 1].text):
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


def _is_family_first(words: list[Piece]) -> bool:
    folded = [fold(word.text) for word in words]
    if folded[0] in people.CHINESE_FAMILY and len(words) == 2:
        return folded[1] not in people.CHINESE_FAMILY and folded[1] not in people.GIVEN
    if folded[0] in people.CHINESE_FAMILY and len(words) == 3:
        return all(len(word) <= _SYLLABLE_MOST and word not in people.GIVEN for word in folded[1:])
    if folded[0] in people.KOREAN_FAMILY and len(words) == 2:
        return bool(_KOREAN_GIVEN.fullmatch(words[1].text))
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
        next(index for index in range(1, len(words)) if not is_particle(words[index].text) or index == len(words) - 1)
        + 1
    )
    return start if start < len(words) else 0


def _family_start(words: list[Piece], known: Collection[str]) -> int:
    """Where the last name starts, by the words that the person is known by or by a first of two surnames; else 0."""
    if len(words) < 3:
        return 0
    folded = [spelt(word.text) for word in words]
    start = 0
    for index in range(1, len(words)):
        rest = "".join(folded[index:])
        if rest in known or (len(folded[index]) > 2 and folded[index] in known and folded[0] != folded[index]):
            start = index
            break
    if not start and folded[-2] in people.FIRST_OF_TWO and not any(is_particle(word.text) for word in words):
        start = len(words) - 2
    while start > 1 and is_particle(words[start - 1].text):
        start -= 1
    return start or _after_article(words)


def _after_article(words: list[Piece]) -> int:
    """Where a last name starts with an article that has a capital: Rachid El Amrani; else 0."""
    folded = [fold(word.text) for word in words]
    if not people.ARTICLES & set(folded[1:-1]):
        return 0
    return next(i for i in range(1, len(words)) if folded[i] in people.ARTICLES or is_particle(words[i].text))


def _first_of_two(words: list[Piece]) -> int:
    """Where two surnames start that no list has: behind one first name, or two where the second is a common one."""
    plain = [word for word in words[1:] if not is_particle(word.text)]
    if len(plain) == 2 and plain == [words[1], words[-1]] and not is_given(words[1].text):
        # Rui Tavares de Almeida
        return 1
    given = 2 if len(words) > 3 or fold(words[1].text) in people.GIVEN else 1
    joined = any(is_particle(word.text) or len(word.text) < _SURNAME_LEAST for word in words[1:])
    return given if given < len(words) <= given + 2 and len(words) > 2 and not joined else 0


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


def _part(field: str, words: list[Piece]) -> NamePart:
    runs: list[Span] = []
    for word in words:
        if runs and word.start - runs[-1].end <= 1:
            runs[-1] = Span(runs[-1].start, word.span.end)
        else:
            runs.append(word.span)
    return NamePart(field, " ".join(word.text for word in words), tuple(runs))
