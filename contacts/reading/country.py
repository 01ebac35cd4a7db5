"""Which countries a page speaks of: that decides how a number without a country code is read."""

import re
from collections import Counter

import phonenumbers

from contacts.reading.words import letters
from contacts.reading.words.world import COUNTRY_OF_CITY, countries
from contacts.text.folding import fold

_CODE = re.compile(r"(?<![\w+])(?:\+|00)\s?([1-9]\d{0,2})(?=[\d\s().-])")
_TOP_LEVEL = re.compile(r"(?<=[\w-])\.([a-z]{2})(?![\w.-])")
_WORDS = re.compile(r"[^\W\d_][\w'.-]*(?: (?:am |an der |aan den |de |la |den |du )?[^\W\d_][\w'.-]*)?")
_NO_COUNTRY = {"io", "ai", "co", "me", "tv", "eu", "fm", "gg", "ly", "to", "st", "cc", "ws", "so"}
_TOP_LEVELS = {"uk": "GB"}
_REGIONS_MOST = 3


def regions(text: str, default: str) -> list[str]:
    """Countries by how much speaks for them, `default` at the end where it is not among them."""
    votes: Counter[str] = Counter()
    for match in _CODE.finditer(text):
        votes[_region_of_code(match[1])] += 3
    folded = fold(text)
    for match in _TOP_LEVEL.finditer(folded):
        if match[1] not in _NO_COUNTRY:
            votes[_TOP_LEVELS.get(match[1], match[1].upper())] += 3
    for match in _WORDS.finditer(folded):
        for phrase in {match[0], *match[0].split(" ")}:
            votes[COUNTRY_OF_CITY.get(phrase) or (countries().get(phrase, "") if len(phrase) > 3 else "")] += 2
    for region, pattern in letters.SPOKEN_IN.items():
        if pattern.search(folded):
            votes[region] += 1
    ranked = [region for region, _votes in votes.most_common() if region in phonenumbers.SUPPORTED_REGIONS]
    return [*ranked[:_REGIONS_MOST], *([default] if default not in ranked[:_REGIONS_MOST] else [])]


def _region_of_code(digits: str) -> str:
    for length in (1, 2, 3):
        region = phonenumbers.region_code_for_country_code(int(digits[:length]))
        if region != phonenumbers.UNKNOWN_REGION:
            return region
    return ""
