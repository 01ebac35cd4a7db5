"""Where somebody is: the city of a postal address, or a line that names a city or a country and nothing else."""

import re
from collections import defaultdict
from collections.abc import Iterator

from contacts.reading.country import regions
from contacts.reading.evidence import evidence
from contacts.reading.kinds import has_legal_form, is_title
from contacts.reading.page import Page, Piece
from contacts.reading.result import Aside, Certainty, Value
from contacts.reading.segments import Segment, is_prose, segments
from contacts.reading.streets import STREET, is_street
from contacts.reading.words import people
from contacts.reading.words.world import COUNTRY_OF_CITY, US_STATES, countries
from contacts.text.folding import fold
from contacts.text.text import clean_text

NAME = "places"

# No part of a city's name, and what may stand right behind it.
_BEHIND = (
    r"cedex\b|france\b|germany\b|deutschland\b|espa\w+|spain\b|nederland\b|the netherlands\b|belgi\w+|suisse\b"
    r"|schweiz\b|switzerland\b|austria\b|[oö]sterreich\b|luxemb\w+|italia?y?\b"
)
# Words are parted by spaces alone here: a hyphen is a part of a word, or each could be either, and a row of them both.
_CITY = rf"(?P<city>[^\W\d_][\w'’.\-]*(?: (?!{_BEHIND})[^\W\d_][\w'’.\-]*){{0,3}}?)"
_END = rf"(?=\s*(?:$|[,;|()/–—-]|{_BEHIND}))"
_POSTAL = (
    # 75002 Paris, D-10115 Berlin, 28013 Madrid
    re.compile(rf"(?<![\w.])(?:[A-Z]{{1,2}}[- ])?\d{{5}}(?!\d)[ ,]\s*{_CITY}{_END}", re.IGNORECASE),
    # 1017 AB Amsterdam
    re.compile(rf"(?<![\w.])(?:NL-)?\d{{4}} ?[A-Z]{{2}}\b,?\s+{_CITY}{_END}"),
    # 87-100 Toruń, 4000-123 Porto, CZ-750 02 Přerov
    re.compile(rf"(?<![\w.+-])(?:[A-Z]{{1,2}}[- ])?(?:\d{{2,4}}-\d{{3}}|\d{{3}} \d{{2}})(?![\d-])\s+{_CITY}{_END}"),
    # B-1000 Bruxelles, CH-8001 Zürich, A-1010 Wien, L-1234 Luxembourg; without the letter only for a city we know
    re.compile(rf"(?<![\w.+])(?P<land>(?:B|BE|CH|A|AT|L|LU|DK)[- ])?\d{{4}}(?!\d)\s+{_CITY}{_END}", re.IGNORECASE),
)
# London EC1A 1BB
_BRITISH = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
# Austin, TX 78701
_AMERICAN = re.compile(r"(?P<city>[^\W\d_][\w'’.\- ]{1,40}?),\s*(?P<state>[A-Z]{2})\.?\s+\d{5}(?:-\d{4})?\b")
# Wichita, Kansas 67202
_AMERICAN_IN_FULL = re.compile(
    r"(?P<city>[^\W\d_][\w'’.\- ]{1,40}?),\s*(?:[A-Z][a-z]+ )?[A-Z][a-z]{3,}\s+\d{5}(?:-\d{4})?\s*$"
)
# Yarraville VIC 3013; Montréal QC H2X 1Y4
_STATE_AND_CODE = re.compile(
    r"(?P<city>[^\W\d_][\w'’.\- ]{1,40}?),?\s+(?:\(?(?:VIC|NSW|QLD|SA|WA|TAS|ACT|NT)\)?\s+\d{4}"
    r"|\(?(?:QC|ON|BC|AB|MB|SK|NS|NB|NL|PE|Qu[ée]bec|Ontario|Alberta|Manitoba)\)?,?\s+[A-Z]\d[A-Z] ?\d[A-Z]\d)\b"
)
# A city that is known beside any code: 101 Reykjavík, Riyadh 11491.
_CODE_FIRST = re.compile(rf"(?<![\w.+])\d{{3,6}}(?!\d)[ ,]\s*{_CITY}{_END}")
_CODE_LAST = re.compile(rf"(?:^|[,|·–-]\s*){_CITY}(?:[ -]|\s[–-]\s?)\d{{4,6}}(?=\s*(?:$|[,|·–-]))")
_TOWN_AND_STATE = re.compile(r"(?P<town>[A-Z][a-z]+(?:[ .-]{1,2}[A-Z][a-z]+){0,2})(?P<comma>,?) (?P<state>[A-Z]{2})")
_STATE = re.compile(r"[A-Z]{2}")
_MONEY = re.compile(r"^(?:€|eur|euros?|usd|chf|gbp|francs?)\b", re.IGNORECASE)
# A house's number and what parts it from the postcode: Markt 1, 06484 Quedlinburg.
_HOUSE = re.compile(r"[^\W\d_].{0,60}\s\d{1,4}\s?[a-z]?\s*[,·|–-]\s*$", re.IGNORECASE)
# An address ends where its postcode begins: ZA des Genêts, 35510 Cesson-Sévigné.
_PARTED = re.compile(r"[^\W\d_]{3}.{0,60}[,·|–-]\s*$")
_PARTS = re.compile(r"\s*[,/()–—]\s*|\s+[-&]\s+|\s+(?:et|and|und|y|en|or|ou)\s+")
_COMMA = re.compile(r"\s*,\s*")
# Countries whose postcodes have four digits.
_SHORT_CODES = {"AT", "AU", "BE", "CH", "DK", "HU", "LI", "LU", "NO", "NZ", "ZA"}
_SEPARATORS = "|·•–—,;/"
_OFFICES_LEAST = 3
_ADDRESS_PARTS_MOST = 3
_NAME_MOST = 40
_PLACE_MOST = 60
# A row without a header has the name in its first cells.
_NAME_CELLS = 1
_PARTS_BEFORE_COUNTRY = (2, 3)
_LIKE_A_PLACE = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[ '’-][^\W\d_]+){0,4}")
_AROUND = re.compile(
    r"^(?:greater |grand |region |metropolitan area|area|region|remote|hybrid|based in |home office)"
    r"|(?: area| metropolitan area| region| metro| e\.?o\.?| e\.?a\.?| (?:und|&) umgebung| et (?:environs|alentours)| en omgeving)$"
)


def fits(page: Page) -> bool:
    """Any line may name a place."""
    return not page.has("location")


def read(page: Page) -> Iterator[Value | Aside]:
    """The city of the first address, else the first line that is a place and nothing else."""
    parts = [(number, part) for number, part in page.open_pieces() if len(part.text) <= 300]
    country = regions(page.text, "")[0]
    for index, (_number, part) in enumerate(parts):
        above = parts[index - 1][1].text if index else ""
        city = _city_of_address(part, above, country)
        if city is not None:
            yield Value("location", clean_text(city.text), (city.span,))
            return
    known = evidence(page)
    found = list(segments(page))
    offices = _lines_of_offices(found)
    for number, segment in enumerate(found):
        if known.for_person(segment.text) or segment.line in offices:
            # Somebody called Rochefort.
            continue
        place = _whole_line(page, found, number, country) or (_in_state(segment, country) if number else None)
        place = place or _place(segment, in_cell=segment.in_row and number > _NAME_CELLS)
        if place is not None:
            yield Value("location", clean_text(place.text), (place.span,), certainty=Certainty.LIKELY)
            return
    for number, segment in enumerate(found):
        city = _last_of(segment) if number and not known.for_person(segment.text) else None
        if city is not None:
            yield Value("location", clean_text(city.text), (city.span,), certainty=Certainty.LIKELY)
            return
        if number and _with_country(segment):
            yield Value("location", clean_text(segment.text), (segment.piece.span,), certainty=Certainty.GUESSED)
            return


def _city_of_address(part: Piece, above: str, country: str) -> Piece | None:
    for pattern in _POSTAL:
        for match in pattern.finditer(part.text):
            city = part.part(*match.span("city")).strip(" -–,.")
            if _is_city(city.text, match, part.text, above) or _is_short_code_alone(match, part.text, country):
                return city
    stated = _STATE_AND_CODE.search(part.text)
    if stated:
        return _last_part(part.part(*stated.span("city")))
    for pattern in (_CODE_FIRST, _CODE_LAST):
        for match in pattern.finditer(part.text):
            if fold(match["city"]) in COUNTRY_OF_CITY:
                return part.part(*match.span("city"))
    behind_street = _behind_street(part)
    if behind_street:
        return behind_street
    american = _AMERICAN.search(part.text)
    if american and american["state"].lower() in US_STATES:
        return _last_part(part.part(*american.span("city")))
    spelt_out = _AMERICAN_IN_FULL.search(part.text)
    if spelt_out:
        return _last_part(part.part(*spelt_out.span("city")))
    british = _BRITISH.search(part.text)
    return _british_city(part.part(0, british.start())) if british else None


def _behind_street(part: Piece) -> Piece | None:
    """The city behind a street and its number, where there is no postcode: Str. Morii nr. 4, Brașov."""
    cells = part.split(_COMMA)
    if not 1 < len(cells) <= _ADDRESS_PARTS_MOST or not cells[0].text:
        return None
    numbers = [any(character.isdigit() for character in cell.text) for cell in cells]
    if not (is_street(cells[0].text) and numbers[0]) or any(numbers[1:]):
        return None
    city = cells[1]
    return city if _LIKE_A_PLACE.fullmatch(city.text) and not STREET.search(fold(city.text)) else None


def _british_city(before: Piece) -> Piece | None:
    """The last part before the postcode; the one before it where only that is a city we know: Slough, Berkshire."""
    parts = [part for part in before.split(_COMMA) if part.text]
    if not parts or not parts[-1].text[0].isalpha():
        return None
    known = next((part for part in parts[-2:] if fold(part.text) in COUNTRY_OF_CITY), None)
    return known or (parts[-1] if len(parts[-1].text) <= _NAME_MOST else None)


def _is_city(city: str, match: re.Match[str], text: str, above: str) -> bool:
    if _MONEY.match(city) or not city[:1].isalpha():
        return False
    folded = fold(city)
    if folded in COUNTRY_OF_CITY:
        return True
    if "land" in match.re.groupindex and not match["land"]:
        return _is_address(text[: match.start()]) or bool(STREET.search(fold(above)))
    alone = not text[: match.start()].strip(" ,-–|•·") and len(city.split()) <= 4
    is_parted = match.re is _POSTAL[0] and bool(_PARTED.search(text[: match.start()]))
    return city[0].isupper() and (alone or is_parted or _is_address(text[: match.start()]))


def _is_short_code_alone(match: re.Match[str], text: str, country: str) -> bool:
    """Whether a line is a postcode of four digits and a city, where the page is of a country with such codes."""
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    is_alone = (not before or before[-1] in _SEPARATORS) and (not after or after[0] in _SEPARATORS)
    return country in _SHORT_CODES and match["city"][0].isupper() and is_alone


def _is_address(text: str) -> bool:
    return bool(STREET.search(fold(text)) or _HOUSE.search(text))


def _last_part(piece: Piece) -> Piece:
    return piece.split(_PARTS)[-1]


def _place(segment: Segment, *, in_cell: bool) -> Piece | None:
    """`segment` where all of it is cities, countries, and what stands around those.

    `in_cell`: it is a cell of a row behind those that hold the name, so that Nancy is no first name.
    """
    if len(segment.text) > _PLACE_MOST:
        return None
    parts = [fold(part.text).strip(" .") for part in segment.piece.split(_PARTS)]
    parts = [part for part in parts if part]
    # Between a city and its country stands a region that no list has: Bengaluru, Karnataka, India.
    outer = parts if len(parts) != 3 else [parts[0], parts[2]]
    if not parts or not all(_is_place(part, first=not index) for index, part in enumerate(outer)):
        return None
    if len(parts) == 1 and parts[0] in people.GIVEN and not in_cell:
        return None
    return segment.piece


def _last_of(segment: Segment) -> Piece | None:
    """A city that is known, behind what else the segment says: Restaurant De Zeemeeuw, Scheveningen."""
    parts = segment.piece.split(_COMMA)
    city = fold(parts[-1].text).strip(" .")
    is_city = len(parts) > 1 and city in COUNTRY_OF_CITY and city not in people.GIVEN
    is_city = is_city and fold(parts[0].text) not in countries() and not any(mark in "+#@" for mark in segment.text)
    return parts[-1].strip(" .") if is_city and not is_prose(segment.text) else None


def _with_country(segment: Segment) -> bool:
    """Whether a segment is a place that no list has, before its country: Roubaix, Hauts-de-France, France."""
    parts = segment.piece.split(_COMMA)
    country = fold(parts[-1].text).strip(" .")
    return (
        len(segment.text) <= _PLACE_MOST
        and len(parts) in _PARTS_BEFORE_COUNTRY
        and len(country) > 2
        and country in countries()
        and all(_LIKE_A_PLACE.fullmatch(part.text) and not is_title(part.text) for part in parts[:-1])
        and not has_legal_form(parts[0].text)
    )


def _lines_of_offices(found: list[Segment]) -> set[int]:
    """Lines that name places and nothing else, one of them known: a company's offices in several cities."""
    lines: dict[int, list[Segment]] = defaultdict(list)
    for one in found:
        lines[one.line].append(one)
    return {
        line
        for line, cells in lines.items()
        if len(cells) >= _OFFICES_LEAST
        and any(fold(cell.text).strip(" .") in COUNTRY_OF_CITY for cell in cells)
        and all(_LIKE_A_PLACE.fullmatch(cell.text) and not is_title(cell.text) for cell in cells)
    }


def _in_state(segment: Segment, country: str) -> Piece | None:
    """A town that no list has, with its state: Santa Fe, NM; without the comma where the page is American."""
    match = _TOWN_AND_STATE.fullmatch(segment.text)
    if match is None or match["state"].lower() not in US_STATES or not (match["comma"] or country == "US"):
        return None
    return None if is_title(match["town"]) or has_legal_form(match["town"]) else segment.piece


def _whole_line(page: Page, found: list[Segment], number: int, country: str) -> Piece | None:
    """A line of a place and its country, or of two places: Talca - Chile, Izmir / Türkiye, Marseille - Aix."""
    here = [one for one in found[number : number + 3] if one.line == found[number].line]
    if len(here) != len(("place", "country")) or not _LIKE_A_PLACE.fullmatch(here[0].text) or is_title(here[0].text):
        return None
    second = fold(here[1].text).strip(" .")
    is_state = country == "BR" and bool(_STATE.fullmatch(here[1].text))
    if (
        second not in countries()
        and not is_state
        and not (fold(here[0].text) in COUNTRY_OF_CITY and second in COUNTRY_OF_CITY)
    ):
        return None
    whole = Piece(page.text[here[0].piece.start : here[1].piece.span.end], here[0].piece.start)
    is_whole = page.lines[here[0].line].text.strip(" .\t\r\n") == whole.text.strip(" .")
    return whole if is_whole and "|" not in whole.text else None


def _is_place(part: str, *, first: bool) -> bool:
    bare = _AROUND.sub("", part).strip()
    if bare in COUNTRY_OF_CITY or (len(bare) > 2 and bare in countries()) or bare in {"uk", "us"}:
        return True
    return not first and (bare in US_STATES or bare in {"remote", "hybrid", "teletravail", ""})
