"""Titles that a dash or a slash cuts in two: "Account Director - Enterprise Sales", "Développeur Java / Angular"."""

import re
from collections.abc import Iterator

from contacts.reading.evidence import Evidence
from contacts.reading.kinds import (
    has_legal_form,
    is_company,
    is_department,
    is_institution,
    is_slogan,
    is_title,
    is_unit,
)
from contacts.reading.name_words import is_given
from contacts.reading.page import Page
from contacts.reading.segments import Segment, joined
from contacts.reading.title_and_company import says_employer
from contacts.reading.words import companies
from contacts.reading.words.world import COUNTRY_OF_CITY, countries
from contacts.text.folding import fold

_DASH = re.compile(r"\s+[-–—]\s+")
_SLASH = re.compile(r"\s*/\s*")
_SPECIALITY_WORDS_MOST = 6
_NO_SPECIALITY = {*COUNTRY_OF_CITY, *companies.NO_COMPANY, "remote", "hybrid", "teletravail", "home office"}


def whole_titles(found: list[Segment], page: Page, known: Evidence) -> Iterator[Segment]:
    """The segments, each title with the speciality behind it.

    What stands behind a dash may as well be the company: it is a speciality where it is written as one, where it is a
    department or a title itself, or where the company is sure to stand elsewhere.
    """
    elsewhere = any(_is_sure(one.text, known) or is_institution(one.text) for one in found)
    yield from joined(found, page, lambda title, other: _goes_on(title, other, page, known, elsewhere=elsewhere))


def _goes_on(title: Segment, other: Segment, page: Page, known: Evidence, *, elsewhere: bool) -> bool:
    between = page.text[title.piece.span.end : other.piece.start]
    is_slashed = bool(_SLASH.fullmatch(between))
    if title.line != other.line or not (is_slashed or _DASH.fullmatch(between)) or not is_title(title.text):
        return False
    if says_employer(title.piece):
        return False
    text = other.text
    if (
        _is_sure(text, known)
        or is_institution(text)
        or (is_company(text, known) and not is_title(text) and not elsewhere)
    ):
        return False
    if fold(text) in _NO_SPECIALITY or fold(text) in countries() or is_given(text) or is_slogan(text):
        return False
    if len(text.split()) > _SPECIALITY_WORDS_MOST or any(mark.isdigit() or mark in "@:" for mark in text):
        return False
    return is_slashed or elsewhere or text[0].islower() or is_department(text) or is_unit(text) or is_title(text)


def _is_sure(text: str, known: Evidence) -> bool:
    """Whether more than a word like Sciences makes `text` a company."""
    return has_legal_form(text) or known.for_company(text)
