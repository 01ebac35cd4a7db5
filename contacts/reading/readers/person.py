"""Name, title and company from what a signature says without labels: by form, place, and the addresses beside them."""

import re
from collections.abc import Iterator

from contacts.reading.evidence import Evidence, evidence
from contacts.reading.kinds import could_be_company, is_company, is_title, split_title
from contacts.reading.name_lines import Candidate, best_name
from contacts.reading.names import split_name
from contacts.reading.page import Page, Piece
from contacts.reading.result import Aside, Certainty, Span, Value
from contacts.reading.segments import Segment, is_closing, is_prose, is_salutation, segments
from contacts.text.text import clean_text

NAME = "signature"

_SEGMENTS_MOST = 60
# Below the name, in lines: where title and company stand.
_NEAR = 4
_COMMA = re.compile(r"\s*,\s*")


def fits(page: Page) -> bool:
    """Any line may be a name."""
    return not page.has("first_name") or not page.has("title") or not page.has("current_company")


def read(page: Page) -> Iterator[Value | Aside]:
    """The name that most speaks for, then title and company beside it."""
    known = evidence(page)
    found = [one for one in segments(page) if not is_prose(one.text)][:_SEGMENTS_MOST]
    has_name = page.has("first_name") or page.has("last_name")
    name = None if has_name else best_name(found, known, alone=len(found) == 1 and not page.values())
    if name is not None:
        yield from _name(name, found, known)
    rest = [one for one in found if not is_closing(one.text) and not is_salutation(one.text)]
    if name is not None:
        rest = [Segment(name.rest, one.line, False) if one is name.segment else one for one in rest]
    yield from _work([one for one in rest if one.text], known, name)


def _name(name: Candidate, found: list[Segment], known: Evidence) -> Iterator[Value]:
    """The parts of the name, and with them the greeting above it."""
    greetings = tuple(one.piece.span for one in found if is_closing(one.text) and one.line < name.segment.line)
    certainty = Certainty.LIKELY if name.is_likely else Certainty.GUESSED
    for part in split_name(name.piece, known.known):
        yield Value(part.field, part.text, part.spans, greetings, certainty=certainty, note=part.note)
        greetings = ()


def _work(rest: list[Segment], known: Evidence, name: Candidate | None) -> Iterator[Value]:
    """Title and company: what is sure first, then what only its place speaks for."""
    title: Segment | None = None
    company = False
    for one in rest:
        pieces = _title_and_company(one.piece, known)
        around: tuple[Span, ...] = ()
        for field, piece in pieces:
            sure = field == "title" or is_company(piece.text, known)
            yield _value(field, piece, Certainty.LIKELY if sure else Certainty.GUESSED, around)
            # What stands between the two, like "at", belongs to the second.
            around = (Span(piece.span.end, pieces[1][1].start),) if len(pieces) > 1 else ()
            title, company = (one, company) if field == "title" else (title, True)
    anchor = title or (name.segment if name else None)
    if anchor is None or company:
        return
    for one in _beside(rest, anchor, name):
        if could_be_company(one.text) and not is_title(one.text):
            yield _value("current_company", one.piece, Certainty.GUESSED)
            return


def _title_and_company(piece: Piece, known: Evidence) -> list[tuple[str, Piece]]:
    """What `piece` says of the work, in the usual orders: "CTO, Acme", "CTO at Acme", "Acme, CTO", "CTO"."""
    if is_company(piece.text, known) and not (is_title(piece.text) and "," in piece.text):
        both = split_title(piece, known)
        if both is None or both[1] is None:
            return [("current_company", piece)]
    both = split_title(piece, known)
    if both is not None:
        title, company = both
        return [("title", title), *([("current_company", company)] if company else [])]
    cut = piece.split(_COMMA)
    if len(cut) == 2 and could_be_company(cut[0].text) and is_title(cut[1].text):
        return [("current_company", cut[0]), ("title", cut[1])]
    if len(cut) > 1 and is_company(cut[0].text, known):
        return [("current_company", cut[0])]
    return []


def _beside(rest: list[Segment], anchor: Segment, name: Candidate | None) -> Iterator[Segment]:
    """What stands where a company stands: on the title's line, or on the line below it."""
    lines = sorted({one.line for one in rest if one.line > anchor.line})
    below = lines[0] if lines and lines[0] - anchor.line <= 2 else -1
    for one in rest:
        if one.line == anchor.line and one.piece.start != anchor.piece.start:
            yield one
    for one in rest:
        if one.line == below:
            yield one
            return


def _value(field: str, piece: Piece, certainty: Certainty, around: tuple[Span, ...] = ()) -> Value:
    return Value(field, clean_text(piece.text), (piece.span,), around, certainty=certainty)
