"""Names as mails carry them in their headers (RFC 2047): =?UTF-8?Q?J=C3=A9r=C3=B4me?= <jerome@acme.example>."""

import re
from binascii import Error as NotBase64
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from contacts.reading.field_names import field_of
from contacts.reading.names import split_name
from contacts.reading.page import Page, Piece
from contacts.reading.result import Aside, Certainty, Kind, Value
from contacts.text.text import clean_text

NAME = "encoded"

_WORD = r"=\?[\w-]{1,40}\?[BbQq]\?[^?\s]{0,200}\?="
_WORDS = re.compile(rf"{_WORD}(?:\s{{1,4}}{_WORD}){{0,20}}")
_BEFORE_ADDRESS = re.compile(r"[^<>@]{0,80}?(?=[\s\"']{0,4}<[^<>\s]{1,64}@)")
_FRAME = " \t\"'"


def fits(page: Page) -> bool:
    """Whether any word is encoded."""
    return "=?" in page.near


def read(page: Page) -> Iterator[Value | Aside]:
    """The name before an address that is no receiver's; other words are shown as what they say."""
    for _number, part in list(page.open_pieces()):
        for match in _WORDS.finditer(part.text):
            piece = part.part(*match.span())
            behind = _BEFORE_ADDRESS.match(part.text, match.end())
            label = field_of(part.text[: match.start()].strip(' :"')) if ":" in part.text[: match.start()] else None
            if behind is not None and (label is None or label[0] not in {"others", "skip"}):
                yield from _name(part.part(match.start(), behind.end()).strip(_FRAME))
            yield Aside(piece.span, Kind.TEXT, _decoded(piece.text))


def _name(piece: Piece) -> Iterator[Value]:
    """The name that an encoded text says; both parts of it stand in all of it."""
    text = _decoded(piece.text)
    for number, part in enumerate(split_name(Piece(text, 0))):
        spans = () if number else (piece.span,)
        yield Value(part.field, part.text, spans, certainty=Certainty.CERTAIN, note=part.note, source=text)


def _decoded(text: str) -> str:
    """What encoded words say, or the words where they say nothing."""
    try:
        return clean_text(str(make_header(decode_header(text)))) or text
    except (LookupError, ValueError, HeaderParseError, NotBase64):
        return text
