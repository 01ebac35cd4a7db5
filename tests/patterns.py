"""Every regular expression of the portal's own, and texts that each could go back and forth over."""

import importlib
import itertools
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as codes
from re import _parser as parser
from typing import Any

PACKAGES = ("accounts", "contacts", "leonar_portal")
# One of each kind that a pattern of ours tells apart.
LETTERS = "aAé1 -.,;:'’(|@/\t\n_+&#<=%–•\"\\漢"
# What no pattern ends with, so that every way to read what stands before is tried.
END = "\u2603"


def patterns() -> dict[str, re.Pattern[str]]:
    """All that stand in a module, alone or in a list or table, by where they stand."""
    found: dict[str, re.Pattern[str]] = {}
    for module in _modules():
        for name, value in vars(importlib.import_module(module)).items():
            for place, pattern in enumerate(_patterns_in(value)):
                # Where it is imported it has been seen already.
                if pattern not in found.values():
                    found[f"{module}.{name}[{place}]"] = pattern
    return found


def _modules() -> Iterator[str]:
    for package in PACKAGES:
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if not re.search(r"\.(migrations|wsgi|settings)", module.name):
                yield module.name


def _patterns_in(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        yield from _patterns_in([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _patterns_in(each)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from _patterns_in(getattr(value, name))


def pumps(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """What leads to each repetition in the pattern, and what could go round in it: pairs of a beginning and a unit."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    beginnings = {"", *_before_repeats(list(tree), "")}
    letters = [letter for letter in LETTERS if _takes(tree, letter)] or ["a"]
    words = {text for text in _literals(tree) if 1 < len(text) < 20}
    units = {*letters, *map("".join, itertools.permutations(letters, 2)), *words, *(f"{word} " for word in words)}
    return set(itertools.product(beginnings, units))


def _before_repeats(tree: list, before: str) -> Iterator[str]:
    """The shortest text in front of each repetition."""
    for place, (code, value) in enumerate(tree):
        here = before + "".join(_shortest(each) for each in tree[:place])
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            yield here
            yield from _before_repeats(list(value[2]), here)
        for inner in _inner(code, value):
            yield from _before_repeats(list(inner), here)


def _inner(code: Any, value: Any) -> list:
    if code is codes.SUBPATTERN:
        return [value[3]]
    if code is codes.BRANCH:
        return value[1]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    return [value] if code is codes.ATOMIC_GROUP else []


def _shortest(node: tuple) -> str:
    code, value = node
    if code is codes.LITERAL:
        return chr(value)
    if code in (codes.NOT_LITERAL, codes.ANY, codes.IN):
        return next((letter for letter in LETTERS if _accepts(node, letter)), _first_of(node))
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return value[0] * "".join(map(_shortest, value[2]))
    if code is codes.BRANCH:
        return min(("".join(map(_shortest, branch)) for branch in value[1]), key=len)
    if code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
        return "".join(map(_shortest, _inner(code, value)[0]))
    return ""


def _first_of(node: tuple) -> str:
    for code, value in node[1] if node[0] is codes.IN else ():
        if code is codes.LITERAL:
            return chr(value)
        if code is codes.RANGE:
            return chr(value[0])
    return "a"


def _takes(tree: Any, letter: str) -> bool:
    return any(_accepts(node, letter) for node in _leaves(tree))


def _leaves(tree: Any) -> Iterator[tuple]:
    for code, value in tree:
        if code in (codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN):
            yield code, value
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            yield from _leaves(value[2])
        for inner in _inner(code, value):
            yield from _leaves(inner)


def _literals(tree: Any) -> Iterator[str]:
    """The words that the pattern spells out."""
    run = ""
    for code, value in tree:
        if code is codes.LITERAL:
            run += chr(value)
            continue
        yield run
        run = ""
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            yield from _literals(value[2])
        for inner in _inner(code, value):
            yield from _literals(inner)
    yield run


def _accepts(node: tuple, letter: str) -> bool:
    code, value = node
    if code is codes.LITERAL:
        return chr(value) == letter
    if code is codes.NOT_LITERAL:
        return chr(value) != letter
    if code is codes.ANY:
        return letter != "\n"
    return any(_is_in(each, letter) for each in value) is not (value[0][0] is codes.NEGATE)


CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


def _is_in(part: tuple, letter: str) -> bool:
    code, value = part
    if code is codes.LITERAL:
        return chr(value) == letter
    if code is codes.RANGE:
        return value[0] <= ord(letter) <= value[1]
    return code is codes.CATEGORY and re.match(CATEGORIES[value], letter) is not None
