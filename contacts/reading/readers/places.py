"""Where somebody is: the city of a postal address, or a line that names a city or a country and nothing else."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from contacts.reading.evidence import evidence
from contacts.reading.kinds import COUNTY, has_legal_form, is_title
from contacts.reading.name_words import is_given
from contacts.reading.page import Page, Piece
from contacts.reading.postal import LIKE_A_PLACE, PARTS, city_of_address, is_british_code
from contacts.reading.result import Aside, Certainty, Value
from contacts.reading.segments import Segment, is_prose, segments
from contacts.reading.streets import is_street
from contacts.reading.words import people
from contacts.reading.words.world import COUNTRY_OF_CITY, PROVINCES, US_STATES, countries
from contacts.text.folding import fold
from contacts.text.text import clean_text

NAME = "places"

_TOWN_AND_STATE = re.compile(r"(?P<town>[A-Z][a-z]+(?:[ .-]{1,2}[A-Z][a-z]+){0,2})(?P<comma>,?) (?P<state>[A-Z]{2})")
_STATE = re.compile(r"[A-Z]{2}")
_STATES = US_STATES | PROVINCES
_TOWN_AND_STATE_PARTS = 2
_COMMA = re.compile(r"\s*,\s*")
_OFFICES_LEAST = 3
_PLACE_MOST = 60
# A row without a header has the name in its first cells.
_NAME_CELLS = 1
_PARTS_BEFORE_COUNTRY = (2, 3)
_CITY_AND_BRACKET = re.compile(r"([^()]{2,40}?)\s*\([^()]{2,30}\)")
_BEING_IN = (
    r"(?:(?:based|located|living|lives?) in|j['’]habite(?: à)?|habite à|basée? à|wohne in|wohnhaft in|lebe in"
    r"|vivo en|con base en|woon in|woonachtig in|gevestigd in) "
)
_BASED = re.compile(_BEING_IN, re.IGNORECASE)
_LIVING = re.compile(rf"\b{_BEING_IN}(?P<town>[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[ '’-][A-ZÀ-ÖØ-Þ][^\W\d_]+){{0,3}})")
_AROUND = re.compile(
    r"^(?:greater |metropolregion |grossraum |raum |ville de |grand |region |metropolitan area|area|region|remote"
    r"|hybrid|based in |home office)"
    r"|(?: area| metropolitan area| metropolitan region| region| metro| e\.?o\.?| e\.?a\.?| (?:und|&) umgebung"
    r"| et (?:environs|alentours|peripherie)| y alrededores| en omgeving)$"
)


def fits(page: Page) -> bool:
    """Any line may name a place."""
    return not page.has("location")


def read(page: Page) -> Iterator[Value | Aside]:
    """The city of the first address, else the first line that is a place and nothing else."""
    parts = [(number, part) for number, part in page.open_pieces() if len(part.text) <= 300]
    for index, (_number, part) in enumerate(parts):
        above = parts[index - 1][1].text if index else ""
        city = city_of_address(part, above, page.country) or _above_code(part, parts[index - 1][1] if index else None)
        if city is not None:
            yield Value("location", clean_text(city.text), (city.span,))
            return
    known = evidence(page)
    found = list(segments(page))
    offices = _lines_of_offices(found, page)
    for number, segment in enumerate(found):
        if known.for_person(segment.text) or segment.line in offices:
            # Somebody called Rochefort.
            continue
        place = _whole_line(page, found, number) or (_in_state(segment, page.country) if number else None)
        place = place or _place(segment, in_cell=segment.in_row and number > _NAME_CELLS)
        if place is not None:
            yield Value("location", clean_text(place.text), (place.span,), certainty=Certainty.LIKELY)
            return
    for _number, part in parts:
        town = _said(part)
        if town is not None:
            yield Value("location", clean_text(town.text), (town.span,), certainty=Certainty.LIKELY)
            return
    for number, segment in enumerate(found):
        city = _last_of(segment) if number and not known.for_person(segment.text) else None
        if city is not None:
            yield Value("location", clean_text(city.text), (city.span,), certainty=Certainty.LIKELY)
            return
        if number and _with_country(segment):
            yield Value("location", clean_text(segment.text), (segment.piece.span,), certainty=Certainty.GUESSED)
            return


def _above_code(part: Piece, above: Piece | None) -> Piece | None:
    """The town on the line above a British postcode that stands alone."""
    if above is None or not is_british_code(part.text) or not LIKE_A_PLACE.fullmatch(above.text.strip(" ,")):
        return None
    return None if is_street(above.text) or is_title(above.text) or has_legal_form(above.text) else above.strip(" ,")


def _said(part: Piece) -> Piece | None:
    """A city that is known, where a sentence says that somebody is there: "now living in Sheffield"."""
    match = _LIVING.search(part.text)
    town = part.part(*match.span("town")) if match else None
    return town if town is not None and fold(town.text) in COUNTRY_OF_CITY else None


def _place(segment: Segment, *, in_cell: bool) -> Piece | None:
    """`segment` where all of it is cities, countries, and what stands around those.

    `in_cell`: it is a cell of a row behind those that hold the name, so that Nancy is no first name.
    """
    if len(segment.text) > _PLACE_MOST:
        return None
    based = _BASED.match(segment.text)
    if based:
        return _place(replace(segment, piece=segment.piece.part(based.end())), in_cell=in_cell)
    bracketed = _CITY_AND_BRACKET.fullmatch(segment.text)
    if bracketed and fold(bracketed[1]) in COUNTRY_OF_CITY and fold(bracketed[1]) not in people.GIVEN:
        # With its province: Tolosa (Gipuzkoa).
        return segment.piece
    if _is_place(fold(segment.text).strip(" ."), first=True) and fold(segment.text) not in people.GIVEN:
        # Marseille et périphérie
        return segment.piece
    if COUNTY.search(segment.text):
        return _in_county(segment.piece)
    parts = [fold(part.text).strip(" .") for part in segment.piece.split(PARTS)]
    parts = [part for part in parts if part]
    # Between a city and its country stands a region that no list has: Bengaluru, Karnataka, India.
    outer = parts if len(parts) != 3 else [parts[0], parts[2]]
    if not parts or not all(_is_place(part, first=not index) for index, part in enumerate(outer)):
        return None
    if len(parts) == 1 and parts[0] in people.GIVEN and not in_cell:
        return None
    return segment.piece


def _in_county(piece: Piece) -> Piece | None:
    """A town and its county, behind what else stands there: Seaview Dental, Bray, Co. Wicklow."""
    town = piece.split(_COMMA)[-2]
    return piece.part(town.start - piece.start) if LIKE_A_PLACE.fullmatch(town.text) else None


def _last_of(segment: Segment) -> Piece | None:
    """A city that is known, behind what else the segment says: De Zeemeeuw, Scheveningen; Acme, Austin, TX."""
    parts = segment.piece.split(_COMMA)
    city = fold(parts[-1].text).strip(" .")
    if len(parts) > _TOWN_AND_STATE_PARTS and _STATE.fullmatch(parts[-1].text) and city in _STATES:
        town = segment.piece.part(parts[-2].start - segment.piece.start).strip(" .")
        return town if fold(parts[-2].text) in COUNTRY_OF_CITY and not is_prose(segment.text) else None
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
        and all(LIKE_A_PLACE.fullmatch(part.text) and not is_title(part.text) for part in parts[:-1])
        and not has_legal_form(parts[0].text)
    )


def _has_number(page: Page, segment: Segment) -> bool:
    """Whether a number stands on the line of a segment."""
    line = page.lines[segment.line].span
    return any(line.start <= value.spans[0].start < line.end for value in page.all("phones"))


def _lines_of_offices(found: list[Segment], page: Page) -> set[int]:
    """Lines of a company's offices: each of several cities, or a city before its own number."""
    cities = [one for one in found if fold(one.text).strip(" .") in COUNTRY_OF_CITY and _has_number(page, one)]
    if len({one.line for one in cities}) > 1:
        return {one.line for one in cities}
    lines: dict[int, list[Segment]] = defaultdict(list)
    for one in found:
        lines[one.line].append(one)
    return {
        line
        for line, cells in lines.items()
        if len(cells) >= _OFFICES_LEAST
        and any(fold(cell.text).strip(" .") in COUNTRY_OF_CITY for cell in cells)
        and all(LIKE_A_PLACE.fullmatch(cell.text) and not is_title(cell.text) for cell in cells)
        and not any(is_given(cell.text) for cell in cells)
    }


def _in_state(segment: Segment, country: str) -> Piece | None:
    """A town that no list has, with its state: Santa Fe, NM; without the comma where the page is American."""
    match = _TOWN_AND_STATE.fullmatch(segment.text)
    if match is None or match["state"].lower() not in _STATES or not (match["comma"] or country == "US"):
        return None
    return None if is_title(match["town"]) or has_legal_form(match["town"]) else segment.piece


def _whole_line(page: Page, found: list[Segment], number: int) -> Piece | None:
    """A line of a place and its country, or of two places: Talca - Chile, Izmir / Türkiye, Marseille - Aix."""
    here = [one for one in found[number : number + 3] if one.line == found[number].line]
    if len(here) != len(("place", "country")) or not LIKE_A_PLACE.fullmatch(here[0].text) or is_title(here[0].text):
        return None
    second = fold(here[1].text).strip(" .")
    are_cities = fold(here[0].text) in COUNTRY_OF_CITY and second in COUNTRY_OF_CITY
    if not (second in countries() or are_cities or (page.country == "BR" and _STATE.fullmatch(here[1].text))):
        return None
    whole = Piece(page.text[here[0].piece.start : here[1].piece.span.end], here[0].piece.start)
    is_whole = page.lines[here[0].line].text.strip(" .\t\r\n") == whole.text.strip(" .")
    return whole if is_whole and "|" not in whole.text else None


def _is_place(part: str, *, first: bool) -> bool:
    bare = _AROUND.sub("", part).strip()
    if bare in COUNTRY_OF_CITY or (len(bare) > 2 and bare in countries()) or bare in {"uk", "us"}:
        return True
    return not first and (bare in _STATES or bare in {"remote", "hybrid", "teletravail", ""})
