"""Where a job title ends and the company behind it begins, on a line that holds both."""

import re

from contacts.reading.evidence import Evidence
from contacts.reading.kinds import could_be_company, is_company, is_department, is_speciality, is_title, words_of
from contacts.reading.page import Piece
from contacts.reading.words import jobs
from contacts.reading.words.world import COUNTRY_OF_CITY, countries, languages
from contacts.text.folding import fold

_UNKNOWN_TITLE_WORDS_MOST = 4
_COMMA = re.compile(r"\s*,\s*")
_SENTENCE_GOES_ON = re.compile(r",\s+(?=[^\W\d_A-ZÀ-ÖØ-Þ])")
_BRACKET_BEHIND = re.compile(r"\s\(([^()]{2,40})\)$")
_SURE_AT = re.compile(
    r"(?:^|,?\s)(?:(?:currently|now|actuellement|derzeit|aktuell|momenteel|nu)\s+)?(?:at|chez|bei(?:\s+der|\s+dem)?|bij|beim|presso|hos)\s+(?=\S)|\s*@\s*(?=\S)",
    re.IGNORECASE,
)
_WEAK_AT = re.compile(r"\s+(?:en|of|de|von|van|der|na|em)\s+(?=[A-ZÀ-Þ0-9])")


def split_title(piece: Piece, evidence: Evidence, *, elsewhere: bool) -> tuple[Piece, Piece | None] | None:
    """The title at the start of `piece` and the company behind it, where both stand in it; the company may be None.

    None where `piece` starts with no title. `elsewhere`: a company is sure to stand on another line, so that what is
    behind a comma here belongs to the title.
    """
    for pattern in (_SURE_AT, _COMMA, _WEAK_AT):
        for match in reversed(list(pattern.finditer(piece.text))):
            before, after = piece.part(0, match.start()).strip(), piece.part(match.end()).strip()
            sure, weak = pattern is _SURE_AT, pattern is _WEAK_AT
            after = without_town(after.split(_SENTENCE_GOES_ON)[0]) if sure else after
            if weak and elsewhere:
                continue
            if sure and not is_title(before.text) and _is_place_of_work(before.text, after.text, evidence):
                return before, after
            weak = (weak or elsewhere) and not _is_followed_by_firm(match[0], before.text, after.text)
            if is_title(before.text) and _may_follow(after.text, evidence, sure=sure, weak=weak):
                return before, after
    return (piece, None) if is_title(piece.text) else None


def says_employer(piece: Piece) -> bool:
    """Whether a title goes on with whom it is held at: "Data analyst chez Octopia"."""
    return any(
        is_title(piece.text[: match.start()]) and could_be_company(piece.text[match.end() :])
        for match in _SURE_AT.finditer(piece.text)
    )


def without_town(firm: Piece) -> Piece:
    """A firm without the town behind it, in brackets or not: Agrofresh (Rungis)."""
    name, comma, town = firm.text.rpartition(",")
    if comma and fold(town).strip(" .") in COUNTRY_OF_CITY:
        return firm.part(0, len(name)).strip()
    bracket = _BRACKET_BEHIND.search(firm.text)
    is_town = bracket is not None and fold(bracket[1]) in COUNTRY_OF_CITY
    return firm.part(0, bracket.start()) if bracket and is_town else firm


def _is_followed_by_firm(between: str, title: str, after: str) -> bool:
    """Whether what follows a title is a firm by the words before it: "CEO, …", Spanish "técnica en …"."""
    is_own = "," in between and set(words_of(title)) <= jobs.WITHOUT_SPECIALITY | jobs.SMALL
    is_elsewhere = fold(after) in COUNTRY_OF_CITY or fold(after) in countries() or fold(after) in languages()
    return (is_own and not is_department(after)) or (
        between.strip() == "en" and not (is_speciality(after) or is_elsewhere)
    )


def _is_place_of_work(before: str, after: str, evidence: Evidence) -> bool:
    """Whether "before at after" can be nothing but somebody's work, whatever it is called."""
    few = 0 < len(before.split()) <= _UNKNOWN_TITLE_WORDS_MOST
    return few and not any(mark in before for mark in ",.@:?!") and is_company(after, evidence)


def _may_follow(text: str, evidence: Evidence, *, sure: bool, weak: bool) -> bool:
    if is_department(text):
        return False
    if is_company(text, evidence) or (sure and could_be_company(text)):
        return True
    if weak or is_title(text):
        return False
    return could_be_company(text) or (sure and bool(text))
