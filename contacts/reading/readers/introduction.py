"""Sentences in which people say who they are: "I'm Karim, head of data at Lumen in Lyon"; "je suis juriste chez …".

Only what such a sentence says in the usual words and order is read; what else it says is left over.
"""

import re
from collections.abc import Iterator

from contacts.reading.evidence import evidence
from contacts.reading.kinds import could_be_company, is_speciality, is_title
from contacts.reading.name_words import is_given, is_name_like
from contacts.reading.names import split_name
from contacts.reading.page import Page, Piece
from contacts.reading.result import Certainty, Span, Value
from contacts.reading.words import jobs, letters
from contacts.reading.words.world import COUNTRY_OF_CITY
from contacts.text.folding import fold
from contacts.text.text import clean_text

NAME = "introduction"

_PART_MOST = 1000
_TITLE_WORDS_MOST = 7
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2})[.!?;](?=\s|$)|\s[-–—|]\s")
# Capitals, and the small words that join them.
_PROPER = re.compile(
    r"[A-ZÀ-ÖØ-Þ0-9][\w&'’+-]*(?: (?:(?:&|de|du|des|la|le|of|the|von|van|der|den) ){0,2}[A-ZÀ-ÖØ-Þ0-9&][\w&'’+-]*){0,5}"
)
# As many words as names have; a particle may stand between.
_NAMES = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w'’-]*\.?(?: (?:(?:de|du|des|la|le|von|van|der|den|di|y) ){0,2}[A-ZÀ-ÖØ-Þ][\w'’-]*\.?){0,3}(?<!\.)"
)
_CLAUSE = re.compile(
    r",|\s(?:and|et|und|y|en|mais|but|aber|pero|maar|who|qui|con|avec|mit|met|seit|since|depuis|desde|sinds)(?:\s(?=[^A-ZÀ-Þ])|\s*$)"
)
_BEFORE_WORK = re.compile(
    r"[\s,]*(?:(?:and|et|und|y|en|here|calling|currently|actuellement|derzeit|actualmente|momenteel)\b[\s,]*){0,2}"
    r"(?:(?:i['’]?\s?a?m|je suis|ich bin|soy|ik ben|now|maintenant|jetzt|ahora|nu)\s+)?"
    r"(?:(?:a|an|the|une?|la|le|l['’]|eine?|der|die|una?|el|een|de)(?:(?<=['’])|\s+))?",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\s+(?P<sure>at|with|for|chez|bei(?: de[rmn])?|beim|bij)\s+(?:the\s+|la\s+|der\s+)?(?=[A-ZÀ-ÖØ-Þ0-9])"
    r"|\s*(?P<sign>@)\s*(?=[A-ZÀ-ÖØ-Þ0-9])|\s+(?P<place>in|à|a|en|te|im|aus|uit|from)\s+(?=[A-ZÀ-ÖØ-Þ0-9])"
)
_FROM = re.compile(
    r"[\s,]*(?:(?:calling|writing)\s+)?(?:from|von der|von|de chez|van|de la part de)\s+(?=[A-ZÀ-ÖØ-Þ0-9])"
)
# Somebody comes from a town, and works elsewhere.
_TOWN_ONLY = {"in", "aus", "uit", "from"}
# Dates and firms may stand before the comma as well; who it is, the first name says.
_APPOSED = re.compile(
    rf"(?<![\w.'’-])(?P<name>(?P<role>(?:M|Mme|Mr|Mrs|Ms|Dr)\.? )?{_NAMES.pattern})(?P<mark>,| \() ?(?=[^\W\d_])"
)
_IN_TOWN = re.compile(r"\s*(?:,\s*)?(?:(?:based\s+)?in|à|a|en|te|aus|from)\s+(?=[A-ZÀ-ÖØ-Þ])|\s*[,(]\s*(?=[A-ZÀ-ÖØ-Þ])")


def fits(page: Page) -> bool:
    """Whether anybody says who they are, or somebody else says it."""
    return bool(letters.INTRODUCTION.search(page.near) or _APPOSED.search(page.near))


def read(page: Page) -> Iterator[Value]:
    """What the sentences say of the name and of the work; what has a place already stays."""
    for _number, part in list(page.open_pieces()):
        if len(part.text) > _PART_MOST:
            continue
        for match in letters.INTRODUCTION.finditer(part.text):
            said = _sentence(part.part(match.end()))
            if match["other"]:
                name: Piece | None = _named_before(part.part(0, match.start()))
            else:
                name = None if match["work"] else _name(said, alone=bool(match["named"]))
            yield from _names(name, part.part(*match.span()).strip(" ,:").span)
            behind = said if match["other"] or name is None else said.part(name.span.end - said.start)
            if name is not None or not match["named"]:
                yield from _work(behind)
    if not page.has("first_name"):
        yield from _mentioned(page)


def _mentioned(page: Page) -> Iterator[Value]:
    """The one person whose work a sentence says behind a comma: "I recommend Jo Quill, buyer at Acme"."""
    known = evidence(page)
    parts = [part for _number, part in page.open_pieces() if len(part.text) <= _PART_MOST]
    found = [one for part in parts for one in _apposed(part)]
    if len(found) == 1 and (known.for_person(found[0][0].text) or not known.people):
        name, said = found[0]
        yield from _names(name, Span(name.start, name.start))
        if said is not None:
            yield from _work(said)


def _apposed(part: Piece) -> Iterator[tuple[Piece, Piece | None]]:
    """Names with what is said of their work behind a comma; None for that where brackets hold it, which others read."""
    for match in _APPOSED.finditer(part.text):
        name = part.part(match.start("name") + len(match["role"] or ""), match.end("name"))
        while " " in name.text and not is_given(name.text):
            # Met Josephine Adler
            name = name.part(name.text.find(" ") + 1)
        if not (" " in name.text and is_given(name.text) and is_name_like(name.text)) or is_title(name.text):
            continue
        said = _sentence(part.part(match.end()))
        title, company, _rest = _title_and_company(said)
        if match["mark"] == "," and title is not None and company is not None:
            yield name, said
        elif match["mark"] != "," and ")" in said.text and is_title(said.text.partition(")")[0].partition(",")[0]):
            yield name, None


def _sentence(piece: Piece) -> Piece:
    end = _SENTENCE.search(piece.text)
    return piece.part(0, end.start()) if end else piece


def _name(said: Piece, *, alone: bool) -> Piece | None:
    """The name at the start of a sentence. `alone`: nothing but a name can stand here."""
    proper = _NAMES.match(said.text)
    if proper is None:
        return None
    name = said.part(*proper.span())
    is_name = is_name_like(name.text) and not is_title(name.text) and fold(name.text) not in COUNTRY_OF_CITY
    # "I am Mirthe Kuipers, nurse at …": a list has not every first name.
    is_told = " " in name.text and said.text[name.span.end - said.start :].startswith(",")
    return name if is_name and (alone or is_told or is_given(name.text)) else None


def _named_before(before: Piece) -> Piece | None:
    """Whom "she" or "he" stands for: the last name before it whose first word is a first name."""
    found = [before.part(*match.span()) for match in _NAMES.finditer(before.text)]
    runs = [part for piece in found for part in (piece, piece.part(piece.text.find(" ") + 1))]
    names = [piece for piece in runs if " " in piece.text and is_given(piece.text) and is_name_like(piece.text)]
    return names[-1] if names else None


def _names(name: Piece | None, opening: Span) -> Iterator[Value]:
    around = (opening,) if name is not None and opening.end <= name.start else ()
    for part in split_name(name) if name is not None else []:
        yield Value(part.field, part.text, part.spans, around, certainty=Certainty.LIKELY, note=part.note)
        around = ()


def _work(said: Piece) -> Iterator[Value]:
    """Title, company and town, as far as they stand at the start of `said` in this order."""
    start = _BEFORE_WORK.match(said.text)
    behind = said.part(start.end() if start else 0)
    title, company, rest = _title_and_company(behind)
    if title is None and company is None:
        rest = said
    if title is not None:
        yield _value("title", title)
    if company is not None:
        yield _value("current_company", company)
    if title is not None or company is not None:
        town = _town(rest)
        if town is not None:
            yield _value("location", town)


def _title_and_company(said: Piece) -> tuple[Piece | None, Piece | None, Piece]:
    """What stands before and behind "at", and what follows."""
    clause = said.part(0, _clause_end(said.text))
    for match in _AT.finditer(clause.text):
        title = clause.part(0, match.start()).strip(" ,")
        proper = _PROPER.match(said.text, match.end())
        if not _is_said_title(title.text) or proper is None:
            continue
        named = said.part(*proper.span())
        if _is_town(named.text):
            return title, None, said.part(match.start())
        # Somebody is "in" a team or a language as well.
        is_firm = could_be_company(named.text) and not (match["place"] and is_speciality(named.text))
        if is_firm and match["place"] not in _TOWN_ONLY:
            return title, named, said.part(proper.end())
        return title, None, said.part(match.start())
    if _is_said_title(clause.text):
        return clause.strip(), None, said.part(len(clause.text))
    origin = _FROM.match(said.text)
    proper = _PROPER.match(said.text, origin.end()) if origin else None
    if proper and could_be_company(proper[0]) and not _is_town(proper[0]):
        behind = said.part(proper.end()).strip(" ,")
        title = behind.part(0, _clause_end(behind.text))
        is_said = _is_said_title(title.text)
        return title if is_said else None, said.part(*proper.span()), said.part(proper.end())
    return None, None, said


def _clause_end(text: str) -> int:
    """Where the words of a title end: at a comma, or where the next clause begins."""
    end = _CLAUSE.search(text)
    return end.start() if end else len(text)


def _is_said_title(text: str) -> bool:
    words = fold(text).replace(",", " ").split()
    return 0 < len(words) <= _TITLE_WORDS_MOST and not jobs.NOT_SAID_OF_ONESELF & set(words) and is_title(text)


def _town(rest: Piece) -> Piece | None:
    """The town named right behind the company, or behind the title where there is none."""
    before = _IN_TOWN.match(rest.text)
    proper = _PROPER.match(rest.text, before.end()) if before else None
    return rest.part(*proper.span()) if proper and _is_town(proper[0]) else None


def _is_town(text: str) -> bool:
    return fold(text) in COUNTRY_OF_CITY


def _value(field: str, piece: Piece) -> Value:
    return Value(field, clean_text(piece.text), (piece.span,), certainty=Certainty.LIKELY)
