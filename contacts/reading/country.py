"""Which countries a page speaks of: that decides how a number without a country code is read."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from contacts.reading.words import letters, people
from contacts.reading.words.countries import COUNTRY_OF_MARK
from contacts.reading.words.world import COUNTRY_OF_CITY, countries
from contacts.text.folding import fold

_CODE = re.compile(r"(?:\+\s?|(?:^|[^\d\s.-])\s?00\s?(?=\d\d))([1-9]\d{0,2})(?=[\d\s().-])", re.MULTILINE)
_TOP_LEVEL = re.compile(r"(?<=[\w-])\.([a-z]{2})(?![\w.-])")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
# A card's picture names no place, and is most of the card.
_PICTURE_LINE = re.compile(r"[A-Za-z0-9+/=]{50,}")
# Postcodes that only one country writes so.
_POSTCODES = {
    "NL": re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b,?\s+[A-Z][a-z]"),
    "GB": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"),
    "US": re.compile(r",\s*[A-Z]{2}\.?\s+\d{5}\b"),
    "CA": re.compile(r"\b[A-Z]\d[A-Z] \d[A-Z]\d\b"),
    "AU": re.compile(r"\b(?:VIC|NSW|QLD|WA|TAS|ACT)\s+\d{4}\b"),
    "DE": re.compile(r"\bDE?-\d{5}\b"),
    "AT": re.compile(r"\bAT?-\d{4}\b"),
    "CH": re.compile(r"\bCH-\d{4}\b"),
    "LI": re.compile(r"\bFL-\d{4}\b"),
    "BE": re.compile(r"\bBE?-\d{4}\b"),
    "LU": re.compile(r"\bLU?-\d{4}\b"),
    # A county that is not the North's: Ennis, Co. Clare.
    "IE": re.compile(
        r",\s*Co\.?\s+(?!KG|Ltd|OHG|Inc|Limited|Antrim|Armagh|Derry|Down|Durham|Fermanagh|Londonderry|Tyrone)(?:na\s+|an\s+)?[A-Z][a-z]{3}"
    ),
    "FR": re.compile(r"\bF-\d{5}\b"),
}
_PHRASE_MOST = 4
_CODE_MOST = 3
_LINKEDIN = re.compile(r"(?<![\w.])([a-z]{2})\.linkedin\.com/in/")
_NO_COUNTRY = {"io", "ai", "co", "me", "tv", "eu", "fm", "gg", "ly", "to", "st", "cc", "ws", "so"}
_TOP_LEVELS = {"uk": "GB"}
# A country's own where a second level stands before it: acme.com.co.
_SECOND_LEVEL = re.compile(r"\.(?:com|net|org|gov|edu)\.(co|me|io|ai|tv)(?![\w.-])")
_REGIONS_MOST = 3
# A signature in the language of a country that is named elsewhere says no more than that.
_WITH_LANGUAGE = {
    "DE": ("AT", "CH"),
    "NL": ("BE",),
    "FR": ("BE", "CH", "LU", "CA"),
    "ES": ("MX", "AR", "CO", "CL"),
    "GB": ("US", "IE", "CA", "AU", "NZ", "ZA", "IN", "SG"),
}


@dataclass(frozen=True, slots=True)
class Speaking:
    """How much in a text speaks for each country, and how many of its words are of each country's language."""

    votes: Counter[str]
    spoken: dict[str, int]


def regions(text: str, default: str, *, headings: str = "") -> list[str]:
    """Countries by how much speaks for them, `default` at the end where it is not among them.

    `headings` are in the language of the text, and name no places.
    """
    return ranked(speaking(text, headings=headings), default)


def speaking(text: str, *, headings: str = "") -> Speaking:
    """What speaks for which country, whatever the default is."""
    text, votes = _PICTURE_LINE.sub(" ", text), Counter[str]()
    for match in _CODE.finditer(text):
        votes[_region_of_code(match[1])] += 3
    folded = fold(text)
    for match in _TOP_LEVEL.finditer(folded):
        if match[1] not in _NO_COUNTRY:
            votes[_TOP_LEVELS.get(match[1], match[1].upper())] += 3
    votes.update({match[1].upper(): 2 for match in _LINKEDIN.finditer(folded)})
    votes.update({match[1].upper(): 3 for match in _SECOND_LEVEL.finditer(folded)})
    for line in text.splitlines():
        words = _WORD.findall(fold(line))
        marks = filter(None, (COUNTRY_OF_MARK.get(word.replace(".", "")) for word in words))
        votes.update(dict.fromkeys((*_named_in(words), *marks), 2))
        # A legal form may be another country's as well; a country's name is nobody's but its own.
        votes.update(dict.fromkeys(_countries_in(words), 1))
    votes.update({region: 2 for region, code in _POSTCODES.items() if code.search(text)})
    said = f"{fold(headings)} {folded}"
    return Speaking(votes, {region: len(pattern.findall(said)) for region, pattern in letters.SPOKEN_IN.items()})


def ranked(heard: Speaking, default: str) -> list[str]:
    """The countries of what was heard, as `regions` gives them."""
    votes, spoken = heard.votes.copy(), heard.spoken
    language = max(spoken, key=lambda region: spoken[region])
    # English is written everywhere: it comes behind the country whose numbers need no code.
    last = "GB" if language == "GB" and spoken["GB"] and not votes["GB"] else default
    if last == default and spoken[language] and not any(votes[region] for region in _WITH_LANGUAGE.get(language, ())):
        votes[language] += 1
    first = [region for region, _votes in votes.most_common() if region in phonenumbers.SUPPORTED_REGIONS]
    return list(dict.fromkeys([*first[:_REGIONS_MOST], default, last]))


def _countries_in(words: list[str]) -> Iterator[str]:
    """The countries that are named in one word."""
    return filter(None, (countries().get(word.strip(".")) for word in words if len(word) > _CODE_MOST))


def _named_in(words: list[str]) -> Iterator[str]:
    """The countries of the places that are named, the longest names first: New York is not York."""
    start = 0
    while start < len(words):
        for length in range(_PHRASE_MOST, 0, -1):
            name = " ".join(words[start : start + length]).strip(".")
            region = COUNTRY_OF_CITY.get(name) or (countries().get(name) if len(name) > _CODE_MOST else None)
            # Florence writes as often from elsewhere.
            if region and name not in people.GIVEN:
                yield region
                start += length - 1
                break
        start += 1


def _region_of_code(digits: str) -> str:
    for length in (1, 2, 3):
        region = phonenumbers.region_code_for_country_code(int(digits[:length]))
        if region != phonenumbers.UNKNOWN_REGION:
            return region
    return ""
