"""Which of a page's segments is the person's name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from contacts.reading.evidence import Evidence
from contacts.reading.kinds import has_legal_form, is_company, is_department, is_title, words_of
from contacts.reading.name_words import bare_words, is_given, is_name_like, is_particle
from contacts.reading.page import Page, Piece
from contacts.reading.segments import LINE_MOST, Segment, behind_closing, is_closing, is_salutation
from contacts.reading.words import companies, labels, letters, people
from contacts.reading.words.world import COUNTRY_OF_CITY, countries
from contacts.text.folding import fold

_ENOUGH = 3
_LIKELY = 5
# What an address says for a text that has one of the names; more means both.
_LEAST_OF_ONE = 3
_WORDS_LEAST = 2
_NAME_WORDS_MOST = 4
_PROSE_MOST = 200
_PRACTICE = re.compile(
    r"\w*(?:praxis|kanzlei|cabinet|étude|notariat|ordination)\s+(?=(?:dr|me|mag|prof|maître)\b)", re.IGNORECASE
)
# Shops and inns are called so: Le Comptoir du Fromager, The Copper Kettle.
_HOUSES = ("the ", "le ", "la ", "les ", "l'", "au ", "aux ", "el ", "los ", "las ", "das ", "die ", "der ", "het ")
_PROPER = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]{1,30}(?:[ -][A-ZÀ-ÖØ-Þ][^\W\d_]{1,30}){1,3}")
# Degrees, one of which would be a managing director alone: MD, FACC.
_LETTERS_BEHIND = re.compile(r"[A-Z][A-Za-z.-]{1,6}(?:, ?[A-Z][A-Za-z.-]{1,6}){1,4}")
_JOINING = people.NOBLE | people.PARTICLES
_REACHED = {"emails", "phones"}
_COMMA = re.compile(r"\s*,\s*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of `segment` that may be the name, how much speaks for it, and what stands behind it there.

    First and last name may be cells or lines of their own: then `other` is the second, and `piece` is both.
    """

    piece: Piece
    segment: Segment
    rest: Piece
    score: int = 0
    other: Segment | None = None

    @property
    def is_likely(self) -> bool:
        """Whether more than one thing speaks for it."""
        return self.score >= _LIKELY


def best_name(found: list[Segment], known: Evidence, *, alone: bool) -> Candidate | None:
    """The name, if enough speaks for one. `alone`: there is nothing else on the page, so its form is enough."""
    best: Candidate | None = None
    most = (False, 0)
    for place, segment in enumerate(found):
        for candidate in _candidates(segment, found[place + 1 : place + 2], known):
            score = _score(candidate, found, place, known, alone=alone)
            # Whom an address names in full stands before all that only their place speaks for.
            is_known = known.for_person(candidate.piece.text) > _LEAST_OF_ONE
            if score >= _ENOUGH and (best is None or (is_known, score) > most):
                best, most = replace(candidate, score=score), (is_known, score)
    return _in_full(best, found, known) if best else None


def _in_full(best: Candidate, found: list[Segment], known: Evidence) -> Candidate:
    """Who signs with a first name and stands below with the whole one: "Melissa", "Melissa Pietersen - Intercedent"."""
    words = bare_words(best.piece.text)
    if len(words) > 1:
        return best
    for place, segment in enumerate(found):
        for candidate in _candidates(segment, found[place + 1 : place + 2], known):
            whole = bare_words(candidate.piece.text)
            if len(whole) > 1 and whole[0] == words[0] and _is_plain(candidate.piece.text):
                return replace(candidate, score=max(best.score, _LIKELY))
    return best


def name_in_prose(page: Page, known: Evidence) -> Piece | None:
    """Words with capitals in the middle of a text which an address says are the person's whole name."""
    tries = 0
    for _number, part in page.open_pieces():
        for match in _PROPER.finditer(part.text[:LINE_MOST]) if known.people else ():
            tries += 1
            piece = part.part(*match.span())
            for start in (0, piece.text.find(" ") + 1):
                name = piece.part(start)
                if (
                    " " in name.text
                    and not fold(name.text).startswith(_HOUSES)
                    and is_name_like(name.text)
                    and known.for_person(name.text) > _LEAST_OF_ONE
                ):
                    return name
            if tries > _PROSE_MOST:
                return None
    return None


def _candidates(segment: Segment, following: list[Segment], known: Evidence) -> Iterator[Candidate]:
    piece = segment.piece
    for other in following:
        both = Piece(f"{segment.text} {other.text}", piece.start)
        are_cells = segment.in_row and other.line == segment.line
        are_lines = both.text.count(" ") == 1 and known.for_person(both.text) > _LEAST_OF_ONE
        if (
            (are_cells or are_lines)
            and _is_plain(segment.text)
            and _is_plain(other.text)
            and not is_closing(segment.text)
        ):
            yield Candidate(both, segment, piece.part(len(piece.text)), other=other)
    nothing = piece.part(len(piece.text))
    signed = behind_closing(piece)
    if signed is not None:
        if is_name_like(signed.text):
            yield Candidate(signed, segment, nothing)
        return
    yield from _behind_title(segment, known)
    cut = piece.split(_COMMA)
    is_led = len(cut) > 1 and " " in cut[0].text and is_given(cut[0].text) and not is_given(cut[1].text)
    if len(cut) == 1 or (len(cut) == 2 and not is_led and _is_plain(cut[0].text) and _is_plain(cut[1].text)):
        yield Candidate(piece, segment, nothing)
    if len(cut) > 1:
        rest = piece.part(cut[1].start - piece.start)
        if (
            is_led
            or is_title(rest.text)
            or is_company(rest.text, known)
            or known.for_person(cut[0].text) > _LEAST_OF_ONE
        ):
            are_letters = len(cut) > 2 and _LETTERS_BEHIND.fullmatch(rest.text)
            yield Candidate(cut[0], segment, nothing if are_letters else rest)


def _behind_title(segment: Segment, known: Evidence) -> Iterator[Candidate]:
    """A craftsman's title before the name, or a doctor's practice: Malermeister Uwe Weber, Praxis Dr. Sabine Ohlsen."""
    practice = _PRACTICE.match(segment.text)
    if practice and _is_plain(segment.text[practice.end() :]):
        yield Candidate(segment.piece.part(practice.end()), segment, segment.piece.part(0, 0))
    title, _blank, name = segment.text.partition(" ")
    if (
        is_title(title)
        and fold(title).rstrip(".") not in people.HONORIFICS
        and " " in name
        and not name[0].islower()
        and (is_given(name) or known.for_person(name) > _LEAST_OF_ONE)
        and _is_plain(name)
    ):
        yield Candidate(segment.piece.part(len(title) + 1), segment, segment.piece.part(0, len(title)))


def _is_plain(text: str) -> bool:
    return is_name_like(text.title() if text.islower() else text) and not is_title(text)


def _score(candidate: Candidate, found: list[Segment], place: int, known: Evidence, *, alone: bool) -> int:
    text = candidate.piece.text
    words = bare_words(text)
    person = known.for_person(text)
    is_followed = _is_followed_by_title(found, place)
    starts = place == 0 or _follows_closing(found, place)
    is_led = is_given(text) and starts and len(words) > 1 and (person >= _LEAST_OF_ONE or is_followed)
    in_one_case = (alone or person > _LEAST_OF_ONE or is_led) and text.islower() and is_name_like(text.title())
    if not (is_name_like(text) or in_one_case) or is_closing(text) or is_salutation(text):
        return 0
    if text[0].islower() and not in_one_case and sum(word[0].isupper() for word in text.split()) < _WORDS_LEAST:
        return 0
    few = _WORDS_LEAST <= sum(word not in _JOINING for word in words) < _NAME_WORDS_MOST
    is_owner = is_followed and starts and not known.people and few
    if _is_something_else(text, words, known, person=person, is_owner=is_owner):
        return 0
    score = person + 2 * (is_given(words[0]) or words[-1] in people.GIVEN)
    score += 2 * (len(words) < len(text.split()) and "," not in text)
    score += 2 * _follows_closing(found, place) + 2 * (place == 0) + (candidate.segment.line in known.lines)
    score += 2 * (candidate.rest.text != "" or is_followed)
    score += place > 0 and is_title(found[place - 1].text) and not _is_of_another(found[place - 1].text)
    score += _follows_closing(found, place) and 1 < len(words) <= _NAME_WORDS_MOST
    score += is_title(candidate.rest.text) and 1 < len(words) <= _NAME_WORDS_MOST
    score += is_followed and candidate.piece is candidate.segment.piece and 1 < len(words) <= _NAME_WORDS_MOST
    score += 2 * bool(words[0] in people.FAMILY_FIRST or _has_surname_form(text))
    score += is_given(text) and not known.people and candidate.segment.line + 1 in known.lines
    if len(words) == 1 and fold(text).split(" ")[0].strip(".") not in people.CIVIL:
        return score - 1 if words[0] in people.GIVEN or person else 0
    return max(score, _ENOUGH if alone and len(words) <= _NAME_WORDS_MOST else 0)


def _is_something_else(text: str, words: list[str], known: Evidence, *, person: int, is_owner: bool) -> bool:
    """Whether a text that looks like a name is none. `is_owner`: it may be somebody whose domain has their name."""
    folded = fold(text)
    if folded in COUNTRY_OF_CITY or folded in countries() or letters.LEGAL.search(folded):
        return True
    has_particle = any(is_particle(word) for word in text.split())
    if words and words[-1] in COUNTRY_OF_CITY and has_particle and not is_given(text):
        # Barreau de Nantes
        return True
    if folded.startswith(_HOUSES) and not any(word in people.GIVEN for word in words):
        return True
    if folded in labels.FIELD_OF or companies.NO_NAMES & set(words):
        return True
    if len(words) > 1 < len(words[0]) and labels.FIELD_OF.get(words[0], ("", ""))[0] in _REACHED:
        # A button: Email Edwin.
        return True
    if person > _LEAST_OF_ONE:
        return False
    is_own = (person >= _LEAST_OF_ONE or is_owner) and not has_legal_form(text)
    return (
        is_title(text)
        or is_department(text)
        or (is_company(text, known) and not is_own and (not is_given(words[0]) or has_legal_form(text)))
        or any(word in companies.LEGAL_FORMS - people.PARTICLES for word in words[1:])
        or bool(set(words_of(text)) & companies.WORDS)
    )


def _follows_closing(found: list[Segment], place: int) -> bool:
    return place > 0 and is_closing(found[place - 1].text)


def _is_followed_by_title(found: list[Segment], place: int) -> bool:
    return place + 1 < len(found) and is_title(found[place + 1].text)


def _is_of_another(text: str) -> bool:
    """Whether a title stands behind a name of its own: "Nadine Fournier, Office Manager"."""
    name, comma, _title = text.partition(",")
    return bool(comma) and " " in name and is_given(name) and is_name_like(name)


def _has_surname_form(text: str) -> bool:
    """Marks that only names have: a last name in capitals beside another, O'Brien, particles."""
    words = text.split()
    shouted = [word for word in words if word.isupper() and len(word) > 2]
    return (
        (0 < len(shouted) < len(words))
        or any(fold(word) in people.PARTICLES and word.islower() for word in words[1:-1])
        or bool(re.search(r"\b[OD]['’][A-Z]", text))
    )
