"""Name, title and company from what a signature says without labels: by form, place, and the addresses beside them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from contacts.reading.employers import below_title, best_company, is_the_name_again, named_after_owner
from contacts.reading.evidence import Evidence, evidence
from contacts.reading.kinds import (
    could_be_company,
    has_legal_form,
    is_company,
    is_title,
)
from contacts.reading.name_lines import Candidate, best_name, name_in_prose
from contacts.reading.name_parts import NamePart, recased
from contacts.reading.name_words import is_given
from contacts.reading.names import split_name
from contacts.reading.page import Page, Piece
from contacts.reading.readers import labels as labels_reader
from contacts.reading.result import Aside, Certainty, Span, Value
from contacts.reading.segments import Segment, is_closing, is_prose, is_salutation, segments
from contacts.reading.whole_titles import whole_titles
from contacts.reading.words import companies, letters
from contacts.reading.work import AHEAD, title_and_company
from contacts.reading.wrapped import breaks_off, unwrapped
from contacts.text.folding import fold
from contacts.text.text import clean_text

NAME = "signature"

_SEGMENTS_MOST = 60
# Quotation marks, or a comma at the end.
_FRAME_MOST = 3
_TITLE_WORDS_MOST = 12
_COMPANY_WORDS_MOST = 8
_GENDERS = re.compile(r"\s*\((?:[a-z*]|all genders)(?:\s?[/|,]\s?[a-z*]){0,3}\)\s*$", re.IGNORECASE)
# The number under which somebody is registered: Agent commercial (RSAC Nîmes 812 345 678).
_REGISTERED = re.compile(
    r"\s*\([^()]*\d{3}[^()]*\)\s*$"
    r"|[\s,.–-]+(?:colegiad[oa]|col|nmls|rpps|adeli|lic|license|reg|matr[ií]cula|n[º°])\.?(?:\s*n[º°o]\.?)?[\s:.#]{0,3}\d{2,12}\s*$",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\s*\n")
_BRACKETED = re.compile(r"\(([^()]{2,60})\)")
_FULL_STOP = re.compile(r"[a-zà-ÿ]{4}\.$")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{4})\.\s+(?=[A-ZÀ-ÖØ-Þ])")
# French offices are signed for with one: Le proviseur, La Directrice.
_ARTICLE = re.compile(r"(?:l[ea]\s+|l['’]\s?)(?=[^\W\d_])", re.IGNORECASE)


def fits(page: Page) -> bool:
    """Any line may be a name."""
    return not page.has("first_name") or not page.has("title") or not page.has("current_company")


def read(page: Page) -> Iterator[Value | Aside]:
    """The name that most speaks for, then title and company beside it."""
    known = evidence(page)
    found = [one for one in segments(page) if not is_prose(one.text) or _is_long_name(one.text)][:_SEGMENTS_MOST]
    has_name = page.has("first_name") or page.has("last_name")
    name = None if has_name else best_name(found, known, alone=_is_alone(page, found))
    if name is not None:
        yield from _name(name, found, known)
        yield from _bracketed_company(name.piece, known)
    elif not has_name:
        yield from _name_in_prose(page, known)
    rest = [one for one in found if not (is_closing(one.text) or is_salutation(one.text) or _is_label(one, page))]
    if name is not None:
        rest = [replace(one, piece=name.rest) if one is name.segment else one for one in rest if one is not name.other]
    rest = [one for one in unwrapped([one for one in rest if one.text], page) if not _breaks_off(one, page)]
    yield from _work(list(whole_titles(rest, page, known)), known, page)


def _is_label(segment: Segment, page: Page) -> bool:
    """Whether a segment announces what stands behind or below it: "new lead: Yara Haddad", "Organizer"."""
    if fold(segment.text) in companies.NO_NAMES and page.lines[segment.line].text.strip() == segment.text:
        return True
    return page.text[segment.piece.span.end : segment.piece.span.end + 2].strip().startswith(":")


def _breaks_off(segment: Segment, page: Page) -> bool:
    """Whether a line ends in the middle of what it says, or of a word: "Responsable de Comuni-"."""
    return breaks_off(segment.text) or bool(_HYPHENATED.match(page.text, segment.piece.span.end))


def _is_alone(page: Page, found: list[Segment]) -> bool:
    """Whether there is nothing else on the page, or labels say all the rest, so that a name's form is enough."""
    if len(found) != 1:
        return False
    is_first = not page.near[: found[0].piece.start].strip() and page.lines[0].text.strip() == found[0].text
    is_headline = (
        is_first and " " in found[0].text and any(value.reader == labels_reader.NAME for value in page.values())
    )
    return is_headline or len(page.text.strip()) - len(found[0].text) <= _FRAME_MOST


def _name(name: Candidate, found: list[Segment], known: Evidence) -> Iterator[Value]:
    """The parts of the name, and with them the greeting above it."""
    greetings = tuple(one.piece.span for one in found if is_closing(one.text) and one.line < name.segment.line)
    certainty = Certainty.LIKELY if name.is_likely else Certainty.GUESSED
    for part in (
        _cells(name, name.other, known) if name.other else split_name(name.piece, known.known, region=known.region)
    ):
        yield Value(part.field, part.text, part.spans, greetings, certainty=certainty, note=part.note)
        greetings = ()


def _bracketed_company(name: Piece, known: Evidence) -> Iterator[Value]:
    """Whom a domain names in brackets behind a name: "Hugo Lemercier (Novalia) <hugo@novalia.fr>"."""
    for match in _BRACKETED.finditer(name.text):
        company = name.part(*match.span(1)).strip()
        if known.for_company(company.text) and not known.for_person(company.text):
            yield _value("current_company", company, Certainty.LIKELY)


def _name_in_prose(page: Page, known: Evidence) -> Iterator[Value]:
    """The name where it stands in a sentence and an address has it: "You can reach Dominik Pfeiffer at …"."""
    piece = name_in_prose(page, known)
    for part in split_name(piece, known.known, region=known.region) if piece else []:
        yield Value(part.field, part.text, part.spans, certainty=Certainty.LIKELY, note=part.note)


def _cells(name: Candidate, other: Segment, known: Evidence) -> list[NamePart]:
    """First and last name of two cells: the last name is in capitals, or the one that is no first name.

    An address that has both has the first name first; nothing is read where nothing tells them apart.
    """
    first, last = name.segment.piece, other.piece
    if (
        known.is_ordered(last.text, first.text)
        or (first.text.isupper() and not last.text.isupper())
        or (is_given(last.text) and not is_given(first.text))
    ):
        first, last = last, first
    elif not (is_given(first.text) or last.text.isupper() or known.for_person(f"{first.text} {last.text}")):
        return []
    return recased([NamePart("first_name", first.text, (first.span,)), NamePart("last_name", last.text, (last.span,))])


def _work(rest: list[Segment], known: Evidence, page: Page) -> Iterator[Value]:
    """Title and company: what is sure first, then what only its place below the title speaks for."""
    firms = {one.piece.start for one in rest if is_company(AHEAD.sub("", one.text), known)}
    said = []
    for one in rest:
        is_employer = letters.EMPLOYED.match(page.text, one.piece.span.end) and could_be_company(one.text)
        pieces = title_and_company(one.piece, known, elsewhere=bool(firms - {one.piece.start}))
        if is_the_name_again(one, page):
            continue
        said.append((one, {"current_company": one.piece} if is_employer else pieces))
    company = best_company(
        [piece for _one, pieces in said for field, piece in pieces.items() if field != "title"], known
    )
    for _one, pieces in said:
        around: tuple[Span, ...] = ()
        for field, piece in pieces.items():
            if field == "title":
                yield _title(piece, around)
            elif piece is company:
                sure = is_company(piece.text, known)
                yield _value(field, piece, Certainty.LIKELY if sure else Certainty.GUESSED, around)
            # What stands between the two, like "at", belongs to the second.
            behind = [other for other in pieces.values() if other.start > piece.start]
            around = (Span(piece.span.end, behind[0].start),) if behind else ()
    if company is None:
        yield from _guessed_company(rest, [one for one, pieces in said if "title" in pieces], known, page)


def _guessed_company(rest: list[Segment], titles: list[Segment], known: Evidence, page: Page) -> Iterator[Value]:
    """The company where no word of it tells that it is one."""
    guess = named_after_owner(rest, page)
    if guess is None and titles and not known.domains:
        # A company whose mails come from a domain of another name is none to guess at.
        guess = below_title(rest, titles[0], page)
    if guess is not None:
        yield _value("current_company", guess, Certainty.GUESSED)


def _is_long_name(text: str) -> bool:
    """Whether a text with many small words is a title or a company all the same: Stalmet Sp. z o.o."""
    if len(text.split()) <= _COMPANY_WORDS_MOST and text[0].isupper() and has_legal_form(text):
        return True
    return len(text.split()) <= _TITLE_WORDS_MOST and not text.endswith((".", "!", "?")) and is_title(text.split()[0])


def _title(piece: Piece, around: tuple[Span, ...]) -> Value:
    """A title, with a capital in the place of its article: "Le proviseur" is Proviseur."""
    title = _bare_title(piece)
    article = _ARTICLE.match(title.text)
    if article is None:
        return _value("title", title, Certainty.LIKELY, around)
    bare = title.part(article.end())
    value = _value("title", bare, Certainty.LIKELY, (*around, title.part(0, article.end()).strip().span))
    return replace(value, value=bare.text[0].upper() + clean_text(bare.text)[1:])


def _bare_title(piece: Piece) -> Piece:
    """A title without the sentence behind it and without the "(m/f/d)" of the advertisement it comes from."""
    sentence = _SENTENCE.search(piece.text)
    title = piece.part(0, sentence.start()) if sentence and is_title(piece.text[: sentence.start()]) else piece
    if _FULL_STOP.search(title.text):
        title = title.part(0, -1)
    return title.part(0, len(_REGISTERED.sub("", _GENDERS.sub("", title.text))))


def _value(field: str, piece: Piece, certainty: Certainty, around: tuple[Span, ...] = ()) -> Value:
    return Value(field, clean_text(piece.text), (piece.span,), around, certainty=certainty)
