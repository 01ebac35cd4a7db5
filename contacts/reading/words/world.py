"""Languages, countries and cities by the names that the five languages have for them.

The names of languages and countries are Unicode's (CLDR, through babel).
"""

from functools import cache

from babel import Locale
from babel.core import get_global

from contacts.reading.words import people, sections, words
from contacts.text.folding import fold

# Time zones that are no cities, or words and names as well.
_NO_CITIES = people.GIVEN | {
    "center",
    "regina",
    "troll",
    "midway",
    "central",
    "christmas",
    "wake",
    "oral",
    "resolute",
    "knox",
    "dawson",
    "nome",
    "easter",
    "stanley",
    "currie",
    "palmer",
    "marengo",
    "beulah",
    "petersburg",
}
_ZONE_CITY_LEAST = 3
_SPOKEN = ("en", "fr", "de", "es", "nl")
# What people write and CLDR does not have.
_MORE_COUNTRIES = {
    **dict.fromkeys(("uk", "u.k.", "england", "scotland", "wales", "great britain", "angleterre", "ecosse"), "GB"),
    **dict.fromkeys(("us", "usa", "u.s.a.", "u.s.", "united states of america"), "US"),
    **dict.fromkeys(("holland", "the netherlands", "nederland"), "NL"),
    "czech republic": "CZ",
    "uae": "AE",
}


def _zone_cities() -> dict[str, str]:
    """The cities that Unicode names its time zones after, most capitals among them, in the five languages."""
    zones = {zone: country for country, zones in get_global("territory_zones").items() for zone in zones}
    found = {}
    for zone, country in zones.items():
        if country.isalpha() and "/" in zone and not zone.startswith(("Etc/", "Antarctica/")):
            found[fold(zone.rpartition("/")[2].replace("_", " "))] = country
    for locale in _SPOKEN:
        for zone, names in Locale(locale).time_zones.items():
            if "city" in names and zones.get(zone, "").isalpha():
                found[fold(names["city"])] = zones[zone]
    return {
        city: country
        for city, country in found.items()
        if len(city) > _ZONE_CITY_LEAST and city not in _NO_CITIES and not any(mark in city for mark in ",([")
    }


US_STATES = words("places", "us states")
# What is named behind a town in Canada and Australia.
PROVINCES = words("places", "provinces")
# Written between the town and the postcode: Sandwich, Kent CT13 9ND.
BRITISH_COUNTIES = words("places", "british counties")
# Cities that people work in.
COUNTRY_OF_CITY: dict[str, str] = _zone_cities() | {
    city: country
    for country, cities in reversed(sections("places").items())
    for city in cities
    if len(country) == len("FR")
}


@cache
def languages() -> dict[str, str]:
    """From a language's folded name or two-letter code to its English name."""
    names: dict[str, str] = {}
    english = Locale(_SPOKEN[0]).languages
    for locale in _SPOKEN:
        for code, name in Locale(locale).languages.items():
            if len(code) == len("fr") and code in english:
                names.setdefault(fold(name), english[code])
                names.setdefault(code, english[code])
    return names


@cache
def countries() -> dict[str, str]:
    """From a country's folded name to its two-letter code."""
    names = dict(_MORE_COUNTRIES)
    for locale in _SPOKEN:
        for code, name in Locale(locale).territories.items():
            if len(code) == len("FR") and code.isalpha():
                names.setdefault(fold(name), code)
    return names
