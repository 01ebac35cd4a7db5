"""Several people on one page: the first is read, the others are left over, and nobody is mixed with another."""

import re
from collections.abc import Iterator

from contacts.reading import values
from contacts.reading.name_words import bare_words, is_name_like
from contacts.reading.page import Page, Piece
from contacts.reading.result import Aside, Kind, Span, Value
from contacts.reading.segments import LINE_MOST
from contacts.reading.words import companies
from contacts.text.folding import fold

NAME = "people"

_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_NAMED = re.compile(r"[^<>@;]{2,80}<\s*[\w.+-]{1,64}@[^<>\s]{3,200}>")
_ITEM_END = re.compile(r">\s*[,;]+\s*(?=[^\s<>])")
_LETTERS = re.compile(r"[^a-z]+")
_CELLS = re.compile(r"[\t;|]|,\s")
_LEAST = 3
# Between a person's name and their address.
_LINES_ABOVE = 6
_ADDRESSES_MOST = 50


def fits(page: Page) -> bool:
    """Two people have two addresses."""
    return page.near.count("@") > 1


def read(page: Page) -> Iterator[Value | Aside]:
    """Only asides."""
    lists = [part for _number, part in page.open_pieces() if len(_NAMED.findall(part.text[:LINE_MOST])) > 1]
    if lists:
        yield from _after_first_item(page, lists[0])
        return
    found = [(number, address) for number, address in _addresses(page) if not _is_generic(address)]
    for number, address in found[1:_ADDRESSES_MOST]:
        start = _start_of_other(page, found[0], (number, address))
        if start is not None:
            yield Aside(Span(start, len(page.text)), Kind.PERSON)
            return


def _after_first_item(page: Page, part: Piece) -> Iterator[Aside]:
    end = _ITEM_END.search(part.text)
    start = part.start + end.end() if end else part.span.end
    yield Aside(Span(start, len(page.text)), Kind.PERSON)


def _addresses(page: Page) -> Iterator[tuple[int, str]]:
    for number, part in page.open_pieces():
        yield from ((number, match[0]) for match in _ADDRESS.finditer(part.text) if values.email(match[0]))


def _is_generic(address: str) -> bool:
    return fold(address.partition("@")[0]) in companies.GENERIC_BOXES


def _start_of_other(page: Page, owner: tuple[int, str], other: tuple[int, str]) -> int | None:
    """Where another person begins whose address `other` is: the line that names them; None where nothing names them."""
    if owner[0] == other[0] or _are_alike(owner[1], other[1]):
        return None
    for line in reversed(page.lines[max(owner[0] + 1, other[0] - _LINES_ABOVE) : other[0] + 1]):
        if any(_names(part.text, other[1]) for part in page.open_parts(line)):
            return line.start
    rows = [page.lines[number].text for number in (owner[0], other[0])]
    if all(len(_CELLS.findall(row)) > 1 for row in rows):
        return page.lines[other[0]].start
    return None


def _names(text: str, address: str) -> bool:
    bare = _ADDRESS.sub(" ", text[:LINE_MOST]).strip(" <>,;:-–|\t\"'()")
    name = re.split(r"\s*[,;|\t•·<(]\s*|\s+[-–]\s+", bare)[0]
    return is_name_like(name) and _are_alike(address, "".join(bare_words(name)), ".".join(bare_words(name)))


def _are_alike(address: str, *others: str) -> bool:
    """Whether two addresses, or an address and a name, have a part in common that is more than an initial."""
    own = _parts(address)
    for other in others:
        theirs = _parts(other)
        if own & theirs or any(a in b or b in a for a in own for b in theirs):
            return True
    return False


def _parts(address: str) -> set[str]:
    local = fold(address.partition("@")[0].partition("+")[0])
    return {part for part in _LETTERS.split(local) if len(part) >= _LEAST} or {local}
