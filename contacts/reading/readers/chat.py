"""Who wrote in a chat that was pasted: a messenger puts the writer and the time before or behind each message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contacts.reading.name_words import is_given, is_name_like
from contacts.reading.names import split_name
from contacts.reading.page import Page, Piece
from contacts.reading.result import Aside, Certainty, Kind, Span, Value
from contacts.reading.segments import LINE_MOST
from contacts.text.folding import fold

NAME = "chat"

_TIME = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[\s\u00a0\u202f]?[ap]\.?\s?m\.?)?"
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_STAMP = rf"(?:(?:{_DATE}|[^\W\d_]{{3,10}}),?\s(?:[^\W\d_]{{1,3}}\s)?)?{_TIME}(?:,?\s{_DATE})?"
_SENT = r"(?:sent\sthe\sfollowing\smessages?\sat|a\senvoyé\sles?\smessages?\ssuivants?\sà|hat\sum)"
# [14:02, 05/11/2025] Ana: … · 05.11.25, 14:02 - Ana: … · [Yesterday 16:20] Ana
_WRITER_BEHIND = re.compile(
    rf"\s*\u200e?(?:\[{_STAMP}\]|{_DATE},?\s{_TIME}\s?-?)\s(?P<writer>[^:\n\[\]<>@]{{1,40}}?)\s*(?::\s|$)",
    re.IGNORECASE,
)
# Ana Ruiz, [05.11.2025 14:02] · Ana Ruiz  [2:02 PM] · Ana Ruiz 2:02 PM
_STAMP_AT_END = re.compile(rf"(?P<mark>,?\s\[|\s{_SENT}\s|\s){_STAMP}\]?$", re.IGNORECASE)
_NO_WRITER = re.compile(r"[\d:\[\]<>@,]")
_WRITER_MOST = 40
_TIME_ALONE = re.compile(rf"\s*{_TIME}\s*", re.IGNORECASE)
_TELLING = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w|\d(?:[ \u00a0()./-]{0,3}\d){7}")
_ADDRESS_NAMES = re.compile(r"(?<![\w.])([a-z]{2,20})[._-]([a-z]{2,30})@")
# What a messenger calls whoever copied the chat.
_ONESELF = {"me", "you", "moi", "vous", "toi", "ich", "du", "sie", "yo", "tu", "usted", "ik", "jij", "u"}
_LEAST_OF_WORDS = 2
_AROUND_WRITER = " ~\u200e\u202a\u202c\u00a0"


@dataclass(frozen=True, slots=True)
class Message:
    """Who wrote it, what stands before its text, and where it ends."""

    writer: Piece
    head: Span
    end: int


def fits(page: Page) -> bool:
    """Whether a time stands anywhere."""
    return bool(re.search(_TIME, page.near))


def read(page: Page) -> Iterator[Value | Aside]:
    """The name of whoever says how to be reached, or writes alone; what others write is set aside."""
    messages = list(_messages(page))
    tells = _tells_of_another(page, messages)
    owner = "" if tells else _owner(page, messages)
    for message in messages:
        name = fold(message.writer.text)
        if tells:
            yield Aside(message.head, Kind.PERSON)
            continue
        if owner and name != owner:
            yield Aside(Span(message.head.start, message.end), Kind.MESSAGE)
            continue
        for part in split_name(message.writer) if name == owner else ():
            yield Value(part.field, part.text, part.spans, certainty=Certainty.LIKELY, note=part.note)
        yield from _stamps(message)


def _stamps(message: Message) -> Iterator[Aside]:
    """What stands before the text of a message but for its writer."""
    yield Aside(Span(message.head.start, message.writer.start), Kind.MESSAGE)
    yield Aside(Span(message.writer.span.end, message.head.end), Kind.MESSAGE)


def _messages(page: Page) -> Iterator[Message]:
    heads = list(_heads(page.lines))
    ends = [head.start for _writer, head in heads[1:]] + [len(page.near)] * bool(heads)
    for (writer, head), end in zip(heads, ends, strict=True):
        yield Message(writer, head, end)


def _heads(lines: list[Piece]) -> Iterator[tuple[Piece, Span]]:
    for number, line in enumerate(lines):
        if not 0 < len(line.text.strip()) <= LINE_MOST:
            continue
        behind, bare = _WRITER_BEHIND.match(line.text), line.strip()
        at_end = _STAMP_AT_END.search(bare.text)
        if behind is not None:
            writer = line.part(*behind.span("writer")).strip(_AROUND_WRITER)
            if _writes(writer, surely=True):
                yield writer, Span(line.start, line.start + behind.end())
        elif at_end is not None:
            writer = bare.part(0, at_end.start()).strip(_AROUND_WRITER)
            if _writes(writer, surely=at_end["mark"] != at_end["mark"][:1]):
                yield writer, bare.span
        elif number and _TIME_ALONE.fullmatch(line.text) and _writes(lines[number - 1].strip(), surely=False):
            yield lines[number - 1].strip(), Span(lines[number - 1].start, line.span.end)


def _writes(writer: Piece, *, surely: bool) -> bool:
    """Whether this is somebody's name. `surely`: nothing but a writer stands here."""
    if len(writer.text) > _WRITER_MOST or _NO_WRITER.search(writer.text):
        return False
    if not is_name_like(writer.text.title() if writer.text.islower() else writer.text):
        return False
    return surely or (is_given(writer.text) and len(writer.text.split()) >= _LEAST_OF_WORDS)


def _owner(page: Page, messages: list[Message]) -> str:
    """Whose chat it is, folded; "" where nothing tells."""
    others = [message for message in messages if fold(message.writer.text) not in _ONESELF]
    writers = {fold(message.writer.text) for message in others}
    telling = {
        fold(message.writer.text) for message in others if _TELLING.search(page.text, message.head.end, message.end)
    }
    for found in (telling, writers):
        if len(found) == 1:
            return found.pop()
    return ""


def _tells_of_another(page: Page, messages: list[Message]) -> bool:
    """Whether an address in the messages is not its writer's and has the name of somebody whom they speak of."""
    for message in messages:
        text = fold(page.text[message.head.end : message.end])
        for match in _ADDRESS_NAMES.finditer(text):
            first, last = match.groups()
            if f"{first} {last}" in text and last not in fold(message.writer.text):
                return True
    return False
