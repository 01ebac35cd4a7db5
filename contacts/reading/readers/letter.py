"""What a mail has around its signature and a signature below the person: quoted text, greetings, what the law wants."""

import re
from collections.abc import Iterator
from itertools import pairwise

from contacts.reading.assignment import values_of
from contacts.reading.kinds import TEAMS, is_title
from contacts.reading.name_words import is_given, is_name_like
from contacts.reading.page import Page, Piece
from contacts.reading.result import Aside, Kind, Span, Value
from contacts.reading.segments import LINE_MOST, cut, is_closing, is_prose, is_salutation
from contacts.reading.words import letters
from contacts.text.folding import fold

NAME = "letter"

# A disclaimer's line has more words than one like "SAS au capital de 10 000 €", whose numbers are none.
_SENTENCE_WORDS = 8
_WORD = re.compile(r"[^\W\d_]{2,}")
_FROM = re.compile(r"\s*\*?(?:from|de|von|van)\s?:\s?.*@")
_NUMBER = re.compile(r"\+?\d(?:[ \u00a0()./-]{0,3}\d){8}")
_WROTE = re.compile(
    r"(?:^|[\d,:]\s(?:[AP]\.?M\.?,?\s)?)(?:(?:schreef|schrieb)\s)?(?P<writer>[^\W\d_][^<>@,:;\d]{1,60}\s\(?<[^<>\s]{3,200}>)"
)
_TO = re.compile(
    r"\*?(?:to|à|an|para|aan) ?:\*? ?(?P<name>[^<>@;:()]{5,60}+)[<(](?:mailto:)?(?P<address>[^<>()\s]{3,200})[>)]",
    re.IGNORECASE,
)
_HEADER_MOST = 6
_TOLD_MOST = 2000
_SENT = re.compile(
    r"\s*\*?(?:sent|date|envoye|gesendet|datum|enviado|fecha|verzonden|to|a|an|aan|para|cc)(?:\s\w{1,3})?\s?:"
)


def fits(page: Page) -> bool:
    """Any text may be a part of a letter."""
    return True


def read(page: Page) -> Iterator[Value | Aside]:
    """Only asides: nothing in these stretches is read as the contact's."""
    if len(page.near) < len(page.text):
        yield Aside(Span(len(page.near), len(page.text)), Kind.TEXT)
    yield from _quoted(page)
    yield from _legal(page.lines)
    yield from _absence(page.lines)
    yield from _addressed(page.lines)
    yield from _delegated(page.lines)
    yield from _message(page.lines)


def _quoted(page: Page) -> Iterator[Value | Aside]:
    lines = page.lines
    folded = [fold(line.text) if len(line.text) <= LINE_MOST else "" for line in lines]
    said = [
        number
        for number, line in enumerate(folded)
        if line and not line.startswith(">") and not letters.SENT_FROM.fullmatch(line)
    ]
    announced = next((number for number, line in enumerate(folded) if letters.QUOTE.fullmatch(line)), None)
    if announced is None:
        announced = _header_below(page, folded)
    if announced is not None and any(number < announced for number in said):
        yield from _recipient(page, announced)
        yield Aside(Span(lines[announced].start, len(page.text)), Kind.MESSAGE)
        return
    if announced is not None:
        yield from _writer(lines[announced])
        yield Aside(lines[announced].span, Kind.MESSAGE)
        said.remove(announced)
    if said:
        yield from (Aside(line.span, Kind.MESSAGE) for line in lines if line.text.lstrip().startswith(">"))


def _writer(line: Piece) -> Iterator[Value]:
    """Who wrote what stands below, where nobody has answered: "On Tue, 3 Feb 2026 at 09:01, Jo Quill <jo@…> wrote:"."""
    match = _WROTE.search(line.text[:LINE_MOST])
    if match is not None and not TEAMS & set(fold(match["writer"]).split()):
        yield from values_of("from", "", line.part(*match.span("writer")), (), [])


def _recipient(page: Page, announced: int) -> Iterator[Value]:
    """The address of whoever signs above, where the earlier mail went to it: "To: Jo Quill <jo@quill.example>"."""
    above = " ".join(fold(line.text[:LINE_MOST]) for line in page.lines[:announced])
    for line in page.lines[announced : announced + _HEADER_MOST]:
        bare = line.strip()
        to = _TO.fullmatch(bare.text[:LINE_MOST])
        if to and set(_WORD.findall(fold(to["name"]))) <= set(_WORD.findall(above)) and "@" not in above:
            yield from values_of("emails", "", bare.part(*to.span("address")), (), [])


def _header_below(page: Page, folded: list[str]) -> int | None:
    """The line where the header of an earlier mail begins, below the signature or an address of the last one."""
    for number, line in enumerate(folded[:-1]):
        if _FROM.match(line) and _SENT.match(folded[number + 1]):
            return number if _is_signed(page.lines[:number]) else None
    return None


def _is_signed(lines: list[Piece]) -> bool:
    """Whether somebody signs in these lines: by an address or a number, or by a name above a title."""
    texts = [line.text.strip() for line in lines if line.text.strip()]
    return any("@" in text or _NUMBER.search(text) for text in texts) or any(
        len(name) <= LINE_MOST and is_name_like(name) and is_given(name) and is_title(title)
        for name, title in pairwise(texts)
    )


def _legal(lines: list[Piece]) -> Iterator[Aside]:
    """Disclaimers to the end of their paragraph; company registers and the like for their part of the line."""
    until = 0
    for number, line in enumerate(lines):
        start = fold(line.text[:LINE_MOST])
        if letters.SENT_FROM.fullmatch(start):
            yield Aside(line.span, Kind.TEXT)
        invited = letters.INVITED.search(line.text[:LINE_MOST].casefold())
        if invited:
            yield Aside(Span(line.start + invited.start(), line.span.end), Kind.MESSAGE)
        if number < until or not letters.LEGAL.search(start):
            continue
        if len(_WORD.findall(start)) >= _SENTENCE_WORDS:
            until = _paragraph_end(lines, number)
            yield Aside(Span(line.start, lines[until - 1].span.end), Kind.LEGAL)
        else:
            yield from (Aside(part.span, Kind.LEGAL) for part in _legal_parts(line))


def _legal_parts(line: Piece) -> list[Piece]:
    """The parts of a line that speak of registers and the like, with what stands behind their colon."""
    found: list[Piece] = []
    for part in cut(line):
        between = line.text[found[-1].span.end - line.start : part.start - line.start] if found else ""
        if letters.LEGAL.search(fold(part.text)) or ":" in between:
            found.append(part)
    return found or [line]


def _absence(lines: list[Piece]) -> Iterator[Aside]:
    """Who is to be asked while somebody is away: "I am out of the office … contact Lucy at lucy@acme.example"."""
    for number, line in enumerate(lines):
        if not letters.ABSENT.search(fold(line.text[:LINE_MOST])):
            continue
        end = _paragraph_end(lines, number)
        if any(one.text.strip() for one in (*lines[:number], *lines[end:])):
            yield from (Aside(one.span, Kind.PERSON) for one in lines[number:end] if is_prose(one.text))


def _addressed(lines: list[Piece]) -> Iterator[Aside]:
    """For whom a letter is, to the end of the paragraph, where anything stands around it."""
    for number, line in enumerate(lines):
        if not letters.ADDRESSED.match(fold(line.text[:LINE_MOST])):
            continue
        end = _paragraph_end(lines, number)
        if any(one.text.strip() for one in lines[:number]):
            yield Aside(Span(line.start, lines[end - 1].span.end), Kind.PERSON)


def _paragraph_end(lines: list[Piece], number: int) -> int:
    """The line behind the last one of the paragraph that goes on at line `number`."""
    while number < len(lines) and lines[number].text.strip():
        number += 1
    return number


def _message(lines: list[Piece]) -> Iterator[Aside]:
    """What was written before the signature: all above the greeting at its end, unless nothing stands below."""
    closing = next((number for number, line in enumerate(lines) if is_closing(line.text)), None)
    below = [] if closing is None else [line for line in lines[closing + 1 :] if len(line.text.strip()) > 1]
    if closing and below:
        first = next((number for number, line in enumerate(lines[:closing]) if _is_message(line.text)), closing)
        # Who wrote it stands in the mail's header.
        sender = next((line for line in lines[first:closing] if _FROM.match(fold(line.text[:LINE_MOST]))), None)
        if sender is not None:
            yield Aside(Span(lines[first].start, sender.start), Kind.MESSAGE)
        begin = sender.span.end if sender else lines[first].start
        for told in _told(lines[first:closing]):
            yield Aside(Span(begin, max(begin, told.start)), Kind.MESSAGE)
            begin = max(begin, told.end)
        yield Aside(Span(begin, lines[closing].start), Kind.MESSAGE)
        return
    for line in lines:
        if is_salutation(line.text):
            yield Aside(line.span, Kind.MESSAGE)


def _told(lines: list[Piece]) -> Iterator[Span]:
    """The addresses and numbers of which a message says that they are its writer's."""
    for line in lines:
        folded = fold(line.text) if len(line.text) <= _TOLD_MOST else ""
        # Folding a letter may make two of it, and then nobody knows where anything stands.
        for match in letters.TOLD.finditer(folded) if len(folded) == len(line.text.strip()) else ():
            yield line.strip().part(*match.span("reach")).span


def _delegated(lines: list[Piece]) -> Iterator[Aside]:
    """For whom somebody signs, and the list that a mail went through: they are not who writes."""
    for line in lines:
        match = letters.DELEGATED.search(line.text[:LINE_MOST].casefold())
        if match:
            yield Aside(Span(line.start + match.start(), line.start + match.end()), Kind.PERSON)


def _is_message(text: str) -> bool:
    bare = text.strip()
    return bool(bare) and (is_salutation(bare) or is_prose(bare))
