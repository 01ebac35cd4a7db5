"""Languages, countries and cities by the names that the five languages have for them.

The names of languages and countries are Unicode's (CLDR, through babel).
"""

from functools import cache

from babel import Locale

from contacts.reading.words import sections, words
from contacts.text.folding import fold

_SPOKEN = ("en", "fr", "de", "es", "nl")
# What people write and CLDR does not have.
_MORE_COUNTRIES = {
    **dict.fromkeys(("uk", "u.k.", "england", "scotland", "wales", "great britain", "angleterre", "ecosse"), "GB"),
    **dict.fromkeys(("us", "usa", "u.s.a.", "u.s.", "united states of america"), "US"),
    **dict.fromkeys(("holland", "the netherlands", "nederland"), "NL"),
    "czech republic": "CZ",
    "uae": "AE",
}

US_STATES = words("places", "us states")
# Cities that people work in.
COUNTRY_OF_CITY: dict[str, str] = {
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
