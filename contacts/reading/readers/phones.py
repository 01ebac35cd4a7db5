"""Phone numbers, by Google's matcher (phonenumbers), with the labels before and behind them."""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

from contacts.reading import values
from contacts.reading.field_names import PLACES_OF_WORK
from contacts.reading.page import Page, Piece
from contacts.reading.result import Aside, Certainty, Kind, Span, Value
from contacts.reading.segments import LINE_MOST
from contacts.reading.words import labels
from contacts.reading.words.world import COUNTRY_OF_CITY
from contacts.text.folding import fold

NAME = "phones"

_DIGITS_LEAST = 6
# A number without a label that nobody has is taken for one only where it is as long as most.
_UNKNOWN_LEAST = 9
# The matcher tries every way to cut a line; a page of nothing but digits is no signature.
_TRIES_MOST = 30
# Of the lines with digits enough; each is tried in several countries.
_CHARACTERS_MOST = 8_000
_NUMBER = re.compile(r"(?<![\w+])(?:\+ ?|\()?\(?\d(?:[\d \u00a0\u202f().\-–/]{4,28})\d(?!\w)")
_EXTENSION = re.compile(
    r"[\s,;(–-]*(?:ext|extn|extension|poste|durchwahl|dw|x|toestel|tst|int|interne|interno|p(?=\.)|anexo|ramal|nst|nebenstelle|#)"
    r"\.?\s*:?\s*\d{1,6}\b\)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^|(?<=[\s|•·,;/()\[\]–—:☎✆📞📱-]))(?P<label>[^\W\d_][\w.'-]{0,20}(?:[\s/-]{1,2}[\w.'()-]{1,16}){0,2})\s*(?P<mark>[:.)\]–—=-]{0,2}\s*[☎✆📞📱]?\s*)$"
)
_BEHIND = re.compile(
    r"\s*+(?:[(\[]\s*+([^\W\d_][^()\[\]]{0,20})[)\]]|[-–,]?\s*\b(mobile|mobil|fax|portable|perso|pro|privat|direct)(?=\s*(?:$|[|•·,;/])))",
    re.IGNORECASE,
)
_CONFERENCE = re.compile(r"\s*(?:,,|;|#)\s*,?\s*\d{4,}#")
_DATE = re.compile(r"0?\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?:\s.*)?|(?:19|20)\d\d-\d\d-\d\d(?:\s.*)?")
_REFERENCE = re.compile(
    r"(?:\b(?i:n[°ºo]|nr|no|ref\w*|id|code|order|invoice|ticket|rechnung|bestellung|facture|commande|pedido|factura|factuur)"
    r"|#|\b[A-Z]{2}\d*|\d|[€$£])[.: ]*$"
)
_DAY = re.compile(r"[0-3]?\d[./-][01]?\d[./-](?:19|20)\d\d")
# As Belgian firms are: 0412.345.678.
_REGISTERED = re.compile(r"[01]\d{3}\.\d{3}\.\d{3}")
_BEFORE_MOST = 60
# What these words number, the words before them say: charity number.
_VAGUE = {"number", "numero", "nummer", "main", "standard", "06"}


def fits(page: Page) -> bool:
    """Whether there are digits enough for a number."""
    return sum(character.isdigit() for character in page.near) >= _DIGITS_LEAST


def read(page: Page) -> Iterator[Value | Aside]:
    """Each number that is valid in a country the page speaks of, or has a label; faxes are set aside."""
    lines = [part for _number, part in page.open_pieces() if _has_number(part.text)]
    for part in _first(lines):
        for start, end, certainty in _numbers(part, page.countries):
            yield from _claim(part, start, end, certainty, page.countries)


def _first(lines: list[Piece]) -> Iterator[Piece]:
    room = _CHARACTERS_MOST
    for line in lines:
        room -= len(line.text)
        if room < 0:
            return
        yield line


def _has_number(text: str) -> bool:
    return len(text) <= LINE_MOST and sum(character.isdigit() for character in text) >= _DIGITS_LEAST


def _numbers(part: Piece, countries: list[str]) -> list[tuple[int, int, Certainty]]:
    """Where numbers stand, in their order; what a country further back finds may not overlap."""
    found: list[tuple[int, int, Certainty]] = []
    for country in (*countries, *values.WRITTEN_IN):
        for match in PhoneNumberMatcher(part.text, country, leniency=Leniency.VALID, max_tries=_TRIES_MOST):
            if any(start < match.end and match.start < end for start, end, _certainty in found):
                continue
            if _is_a_reference(part, match.start, match.raw_string) or _is_too_short(
                part, match.start, match.raw_string
            ):
                continue
            if not values.may_be_written_in(country, match.raw_string):
                continue
            if country in countries or values.WRITTEN_IN[country].match(match.raw_string):
                found.append((match.start, match.end, Certainty.LIKELY))
    for number in _between(part.text, found):
        start, end = number.span()
        if _label_before(part, start)[0] or _is_dialled(part.text, start, number[0], countries):
            found.append((start, end, Certainty.GUESSED))
    return sorted(found)


def _between(text: str, found: list[tuple[int, int, Certainty]]) -> Iterator[re.Match[str]]:
    """What has the form of a number in `text` between those that are `found`."""
    ends = [0, *(end for _start, end, _certainty in sorted(found))]
    starts = [*(start for start, _end, _certainty in sorted(found)), len(text)]
    for begin, stop in list(zip(ends, starts, strict=True)):
        yield from _NUMBER.finditer(text, begin, stop)


def _is_a_reference(part: Piece, start: int, number: str) -> bool:
    """Whether a number without country code is none, by its form or what stands before: 05.11.2025, invoice no. …"""
    if _REGISTERED.fullmatch(number) or _DAY.fullmatch(number):
        return not _label_before(part, start)[0]
    if number.startswith("+") or not _REFERENCE.search(part.text[max(0, start - _BEFORE_MOST) : start]):
        return False
    return not _label_before(part, start)[0]


def _is_too_short(part: Piece, start: int, number: str) -> bool:
    """Whether a number is as short as a postcode, and nothing says that it is one: L-2449 Luxembourg."""
    digits = sum(character.isdigit() for character in number)
    return digits <= _DIGITS_LEAST and not number.startswith("+") and not _label_before(part, start)[0]


def _is_dialled(text: str, start: int, number: str, countries: list[str]) -> bool:
    """Whether a number that nobody has is written as one dials: +33 …, 06 …, (212) …; and no reference or date."""
    digits = sum(character.isdigit() for character in number)
    is_long = digits >= _UNKNOWN_LEAST
    return is_long and _is_written_as_dialled(text, start, number) and values.phone(number, countries).startswith("+")


def _is_written_as_dialled(text: str, start: int, number: str) -> bool:
    if _REFERENCE.search(text[:start]) or _DATE.fullmatch(number):
        return False
    return number.startswith(("+", "0", "(")) or bool(values.WRITTEN_IN["US"].match(number))


def _claim(part: Piece, start: int, end: int, certainty: Certainty, countries: list[str]) -> Iterator[Value | Aside]:
    if _CONFERENCE.match(part.text, end):
        # The number of a meeting: +44 20 7946 0900,,123456789#.
        return
    extension = _EXTENSION.match(part.text, end)
    end = extension.end() if extension else end
    label, around = _label_before(part, start)
    behind = _BEHIND.match(part.text, end)
    said = label
    after = (behind[1] or behind[2]) if behind and _is_label(behind[1] or behind[2]) else ""
    if behind and after:
        said = f"{label} {after}"
        around = (*around, part.part(*behind.span()).strip().span)
    if any(_folded(word) in labels.FAX for word in said.split()):
        yield Aside(Span(min(span.start for span in (*around, part.part(start).span)), part.start + end), Kind.FAX)
        return
    number = values.phone(part.text[start:end], countries)
    if number and not values.is_toll_free(number):
        sure = Certainty.CERTAIN if label and number.startswith("+") else certainty
        yield Value("phones", number, (part.part(start, end).span,), around, _type(said, after), sure)


def _label_before(part: Piece, start: int) -> tuple[str, tuple[Span, ...]]:
    """The label right before a number and where it stands, if it is one."""
    begin = max(0, start - _BEFORE_MOST)
    match = _LABEL.search(part.text[begin:start])
    if match is None:
        return "", ()
    if ":" in match["mark"] and fold(match["label"]) in COUNTRY_OF_CITY:
        # The office that is called there: "London: +44 …".
        return "", (part.part(begin + match.start("label"), start).strip().span,)
    words = match["label"].split()
    for count in range(len(words)):
        label = " ".join(words[count:])
        if _is_label(label) and not (count and _folded(label) in _VAGUE):
            place = begin + match.start("label") + match["label"].rindex(words[count])
            return label, (part.part(place, start).strip().span,)
    return "", ()


def _is_label(text: str) -> bool:
    words = [_folded(word) for word in text.split()]
    if len(words) > 1 and any(character.isdigit() for character in text):
        return False
    if _folded(text) in labels.FAX or any(word in labels.FAX for word in words[:1]):
        return True
    return _field(_folded(text)) or (
        bool(words) and all(_field(word) or word in labels.WORK | labels.PERSONAL for word in words)
    )


def _field(word: str) -> bool:
    return labels.FIELD_OF.get(word, ("", ""))[0] == "phones"


def _folded(text: str) -> str:
    return fold(text).strip(" .:()[]-").replace(".", "")


def _type(label: str, behind: str) -> str:
    words = {fold(word).strip(".:") for word in label.replace("(", " ").replace(")", " ").split()}
    said = labels.FIELD_OF.get(_folded(label), ("", ""))[1] or values.address_type(words - PLACES_OF_WORK)
    # Said once more behind the number, it is meant: "208-555-0119 (office)".
    return said or values.address_type(set(behind.split()))
