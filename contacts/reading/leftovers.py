"""What found no place on a page, piece by piece; separators go to the value beside them."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from contacts.reading.page import Page, Piece
from contacts.reading.result import Aside, Kind, Leftover, Span, Value

# What stands between values or frames them, and says nothing alone.
_BETWEEN = r"\s|,;:•·●▪◦‣∙⋅‧○■□♦◆►▶→»«›‹–—―_=~*#/\\<>\-"
# Pictures and arrows that stand for a label or adorn a line.
_SIGNS = "\u2190-\u21ff\u2300-\u24ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff"
_NOTHING_ELSE = re.compile(
    rf"(?:</?(?:br|p|div|span|b|i|strong|em|td|tr|li)\s?/?>|[{_BETWEEN}.()\[\]{{}}\"'“”„‘’`&+!\u200b\u200e\u200f\ufeff{_SIGNS}])*"
)
_AT_ENDS = re.compile(rf"[{_BETWEEN}]")


def leftovers(page: Page) -> tuple[list[Value], list[Leftover]]:
    """The values of `page` with the separators beside them, and the pieces that found no place, in their order.

    Where nothing was placed, nothing is a separator.
    """
    values = page.values()
    pieces: list[Leftover] = []
    separators: list[Span] = []
    for piece, aside in (*_asides(page), *((piece, None) for _number, piece in page.open_pieces())):
        bare = _without_separators(piece) if values else piece
        if bare.text:
            kind, shown = (aside.kind, aside.shown) if aside else (Kind.TEXT, "")
            pieces.append(Leftover(shown or bare.text, bare.span, kind))
        separators += [Span(piece.start, bare.start), Span(bare.span.end, piece.span.end)]
    return _with_separators(values, separators), sorted(pieces, key=lambda piece: piece.span)


def _asides(page: Page) -> Iterator[tuple[Piece, Aside]]:
    for aside in page.asides:
        yield Piece(page.text[aside.span.start : aside.span.end], aside.span.start), aside


def _without_separators(piece: Piece) -> Piece:
    if _NOTHING_ELSE.fullmatch(piece.text):
        return piece.part(len(piece.text))
    start, end = 0, len(piece.text)
    while _AT_ENDS.match(piece.text[start]):
        start += 1
    while _AT_ENDS.match(piece.text[end - 1]):
        end -= 1
    return piece.part(start, end)


def _with_separators(values: list[Value], separators: list[Span]) -> list[Value]:
    places = sorted((span.start, span.end, index) for index, value in enumerate(values) for span in value.spans)
    more: dict[int, list[Span]] = defaultdict(list)
    for span in separators:
        if span.start < span.end:
            more[_nearest(places, span)].append(span)
    return [
        replace(value, around=(*value.around, *more[index])) if index in more else value
        for index, value in enumerate(values)
    ]


def _nearest(places: list[tuple[int, int, int]], span: Span) -> int:
    """The value that ends right before `span` or starts right after it, whichever is nearer."""
    after = bisect_left(places, (span.start,))
    before = places[after - 1] if after else None
    if before is None:
        return places[after][2]
    if after == len(places) or span.start - before[1] <= places[after][0] - span.end:
        return before[2]
    return places[after][2]
