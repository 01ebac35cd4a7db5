"""A vCard's lines: unfolded, their names and parameters taken apart, their values decoded; each knows where it stands.

Why not a library: vobject (0.9) leaves out the lines that it can't read and writes them, names and numbers in them,
to the log; it raises on a card without an end and on broken pictures; none of those tried says where a value stood.
"""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from contacts.reading.page import Piece
from contacts.reading.result import Span

_BOUNDARY = re.compile(r"[\s\ufeff]*(BEGIN|END)\s*:\s*VCARD\s*", re.IGNORECASE)
_HEAD = re.compile(
    # Possessive: what was taken for a parameter is one, or a long one could be parted in millions of ways.
    r"\s*(?:([\w-]{1,60})\.)?([A-Za-z][\w-]{0,60})"
    r"((?:;(?:[^:;\"\r\n]{1,400}+|\"[^\"\r\n]{0,400}+\"){0,9}+){0,20}+)\s*:"
)
_PARAMETER = re.compile(r";((?:[^;\"]|\"[^\"]*\")*)")
_QUOTED_PRINTABLE = re.compile(r"QUOTED-PRINTABLE", re.IGNORECASE)
_FOLD = re.compile(r"(?:\r\n|\r|\n)[ \t]")
_SOFT_BREAK = re.compile(r"=[ \t]*(?:\r\n|\r|\n)")
_ESCAPE = re.compile(r"\\([nN\\,;:])")
_MARGIN = re.compile(r"[ \t]*(?:>[ \t]?)*(?=BEGIN)", re.IGNORECASE)
_PARTS_MOST = 1000
# Lines are looked up beside each other; no address book writes so many for one person.
_LINES_MOST = 500
_ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"}


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One property of a card. `raw` is its value as it stands in the input."""

    name: str
    group: str
    parameters: dict[str, list[str]]
    head: Span
    raw: Piece

    @property
    def span(self) -> Span:
        """The whole line, with what was folded."""
        return Span(self.head.start, self.raw.span.end)

    @property
    def types(self) -> set[str]:
        """Its TYPE parameters, bare ones too, in capitals."""
        return {type_ for value in self.parameters.get("TYPE", []) for type_ in value.upper().split(",")}

    @property
    def is_encoded(self) -> bool:
        """Whether its text differs from what stands in the input."""
        return self.text(self.raw) != self.raw.text

    def parts(self, separator: str = ";") -> list[Piece]:
        """The components of a structured value; nobody means anything by a thousand of them."""
        return self.raw.split(re.compile(rf"(?<!\\){separator}"), _PARTS_MOST)

    def text(self, raw: Piece) -> str:
        """What `raw`, a part of the value, says."""
        if any("QUOTED-PRINTABLE" in value.upper() for value in self.parameters.get("ENCODING", [])):
            text = self._unquoted(_SOFT_BREAK.sub("", raw.text))
        else:
            text = _FOLD.sub("", raw.text)
        return _ESCAPE.sub(lambda match: " " if match[1] in "nN" else match[1], text).strip()

    def _unquoted(self, text: str) -> str:
        data = quopri.decodestring(text.encode("utf-8", "surrogateescape" if text.isascii() else "replace"))
        for charset in (*self.parameters.get("CHARSET", [])[:1], "utf-8"):
            try:
                return data.decode(charset)
            except (LookupError, UnicodeError, ValueError):
                continue
        return data.decode("cp1252", "replace")


@dataclass(frozen=True)
class Card:
    """One vCard: where it stands, its properties, and the lines in it that are none."""

    span: Span
    lines: list[ContentLine]
    frame: list[Span]

    @cached_property
    def labels(self) -> dict[str, list[ContentLine]]:
        """By its group, what an Apple program calls a property in lines of their own."""
        found: dict[str, list[ContentLine]] = {}
        for line in self.lines:
            if line.group and line.name in {"X-ABLABEL", "X-ABADR"}:
                found.setdefault(line.group, []).append(line)
        return found


def first_card(lines: list[Piece]) -> Card | None:
    """The first card in `lines`; one that is never closed ends with the text, or where the next one begins."""
    begin = end = None
    for number, line in enumerate(lines):
        boundary = _BOUNDARY.fullmatch(line.text) if len(line.text) < 80 else None
        if boundary is None:
            continue
        opens = boundary[1].upper() == "BEGIN"
        if begin is None and opens:
            begin = number
        elif begin is not None:
            end = number + (not opens)
            break
    if begin is None:
        return None
    inside = lines[begin : end if end is not None else len(lines)]
    inside = _without_margin(inside)
    frame = [inside[0].strip().span]
    inner = inside[1:]
    if inner and _BOUNDARY.fullmatch(inner[-1].text):
        frame.append(inner.pop().strip().span)
    return Card(Span(inside[0].start, inside[-1].span.end), list(islice(_content_lines(inner), _LINES_MOST)), frame)


def _without_margin(lines: list[Piece]) -> list[Piece]:
    """Lines without what stands before each of them where a card was pasted from a quoted or indented text."""
    margin = _MARGIN.match(lines[0].text)
    width = margin.end() if margin else 0
    return [line.part(width) if line.text[:width] == lines[0].text[:width] else line for line in lines]


def _content_lines(lines: list[Piece]) -> Iterator[ContentLine]:
    for joined in _logical(lines):
        head = _HEAD.match(joined.text)
        if head is None:
            continue
        raw = joined.part(head.end())
        yield ContentLine(
            head[2].upper(),
            (head[1] or "").lower(),
            _parameters(head[3]),
            Span(joined.start, raw.start),
            Piece(raw.text.rstrip(), raw.start),
        )


def _logical(lines: list[Piece]) -> Iterator[Piece]:
    """Lines with their continuations: folded ones, soft line breaks, and the rest of a picture that is not folded."""
    gathered: list[Piece] = []
    for line in lines:
        if gathered and not _continues(gathered, line):
            yield _one(gathered)
            gathered = []
        gathered.append(line)
    if gathered:
        yield _one(gathered)


def _one(lines: list[Piece]) -> Piece:
    return Piece("".join(line.text for line in lines), lines[0].start)


def _continues(gathered: list[Piece], line: Piece) -> bool:
    if line.text[:1] in {" ", "\t"}:
        return bool(line.text.strip())
    head = _HEAD.match(gathered[0].text)
    if head is None:
        return False
    if _QUOTED_PRINTABLE.search(head[3]):
        return gathered[-1].text.rstrip().endswith("=")
    return "BASE64" in head[3].upper() and bool(re.fullmatch(r"[A-Za-z0-9+/=]+\s*", line.text))


def _parameters(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for match in _PARAMETER.finditer(text):
        name, equals, value = match[1].partition("=")
        name, value = name.strip().upper(), value.strip().strip('"')
        if not equals:
            name, value = ("ENCODING" if name in _ENCODINGS else "TYPE"), name
        found.setdefault(name, []).append(value)
    return found
