"""The city of a postal address: beside its postcode, before its state, behind its street."""

import re

from contacts.reading.page import Piece
from contacts.reading.streets import STREET, is_street
from contacts.reading.words.world import BRITISH_COUNTIES, COUNTRY_OF_CITY, US_STATES
from contacts.text.folding import fold

# What parts the places on a line, and what a place's name looks like.
PARTS = re.compile(r"\s*[,/()–—]\s*|\s+[-&]\s+|\s+(?:et|and|und|y|en|or|ou)\s+")
LIKE_A_PLACE = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[ '’-][^\W\d_]+){0,4}")

# No part of a city's name, and what may stand right behind it.
_BEHIND = (
    r"cedex\b|france\b|germany\b|deutschland\b|espa\w+|spain\b|nederland\b|the netherlands\b|belgi\w+|suisse\b"
    r"|schweiz\b|switzerland\b|austria\b|[oö]sterreich\b|luxemb\w+|italia?y?\b"
)
# Words are parted by spaces alone here: a hyphen is a part of a word, or each could be either, and a row of them both.
_CITY = rf"(?P<city>(?:['’][st][- ])?[^\W\d_][\w'’.\-]*(?: (?!{_BEHIND})[^\W\d_][\w'’.\-]*){{0,3}}?)"
# 1211 Genève 3, 69003 Lyon 3e
_END = rf"(?=(?: \d{{1,2}}(?:e|er)?)?\s*(?:$|[,;|()/–—-]|{_BEHIND}))"
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
# Without its river it is another town: Frankfurt (Oder).
_RIVER = re.compile(r" ?\((?:Oder|Saale|Spree|Main|Donau|Havel|Elbe|Eder|Lahn|Ruhr|Weser)\)")
_ARTICLE = re.compile(r"^['’][st][- ]")
_MONEY = re.compile(r"^(?:€|eur|euros?|usd|chf|gbp|francs?)\b", re.IGNORECASE)
# A house's number and what parts it from the postcode: Markt 1, 06484 Quedlinburg.
_HOUSE = re.compile(r"[^\W\d_].{0,60}\s\d{1,4}\s?[a-z]?\s*[,·|–-]\s*$", re.IGNORECASE)
# An address ends where its postcode begins: ZA des Genêts, 35510 Cesson-Sévigné.
_PARTED = re.compile(r"[^\W\d_]{3}.{0,60}[,·|–-]\s*$")
_COMMA = re.compile(r"\s*,\s*")
# Countries whose postcodes have four digits.
_SHORT_CODES = {"AT", "AU", "BE", "CH", "DK", "HU", "LI", "LU", "NO", "NZ", "ZA"}
_SEPARATORS = "|·•–—,;/"
_ADDRESS_PARTS_MOST = 3
_NAME_MOST = 40


def city_of_address(part: Piece, above: str, country: str) -> Piece | None:
    """The city in `part` of a line, where the address says that it is one by a postcode, a state or a street.

    `above` is the line before it, `country` the one that most speaks for on its page.
    """
    for pattern in _POSTAL:
        for match in pattern.finditer(part.text):
            city = part.part(*match.span("city")).strip(" -–,.")
            if _is_city(city.text, match, part.text, above) or _is_short_code_alone(match, part.text, country):
                river = _RIVER.match(part.text, city.span.end - part.start)
                return part.part(city.start - part.start, river.end()) if river else city
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


def is_british_code(text: str) -> bool:
    """Whether `text` is a British postcode and nothing else."""
    return bool(_BRITISH.fullmatch(text.strip(" .,")))


def _behind_street(part: Piece) -> Piece | None:
    """The city behind a street and its number, where there is no postcode: Str. Morii nr. 4, Brașov."""
    cells = part.split(_COMMA)
    if not 1 < len(cells) <= _ADDRESS_PARTS_MOST or not cells[0].text:
        return None
    numbers = [any(character.isdigit() for character in cell.text) for cell in cells]
    if not (is_street(cells[0].text) and numbers[0]) or any(numbers[1:]):
        return None
    # Behind the part of a town stands the town: Av. Larco 1200, Miraflores, Lima.
    city = next((cell for cell in cells[1:] if fold(cell.text) in COUNTRY_OF_CITY), cells[1])
    if fold(city.text).startswith(("the ", "la ", "le ", "les ", "el ")) and fold(city.text) not in COUNTRY_OF_CITY:
        # A house with a name of its own: Suite 9, The Granary.
        return None
    return city if LIKE_A_PLACE.fullmatch(city.text) and not STREET.search(fold(city.text)) else None


def _british_city(before: Piece) -> Piece | None:
    """The last part before the postcode; the one before it where only that is a city we know: Slough, Berkshire."""
    parts = [part for part in before.split(_COMMA) if part.text]
    if not parts or not parts[-1].text[0].isalpha():
        return None
    if len(parts) > 1 and fold(parts[-1].text) in BRITISH_COUNTIES and LIKE_A_PLACE.fullmatch(parts[-2].text):
        return parts[-2]
    known = next((part for part in parts[-2:] if fold(part.text) in COUNTRY_OF_CITY), None)
    if known is None and fold(parts[-1].text).partition(" ")[0] in COUNTRY_OF_CITY:
        # Wakefield Europort
        return parts[-1].part(0, parts[-1].text.find(" "))
    return known or (parts[-1] if len(parts[-1].text) <= _NAME_MOST else None)


def _is_city(city: str, match: re.Match[str], text: str, above: str) -> bool:
    folded = fold(city)
    # 's-Hertogenbosch
    city = _ARTICLE.sub("", city)
    if _MONEY.match(city) or not city[:1].isalpha():
        return False
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
    return piece.split(PARTS)[-1]
