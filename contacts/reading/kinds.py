"""What a few words are: a job title, a company, or neither."""

import re
from itertools import pairwise

from contacts.reading.evidence import Evidence
from contacts.reading.streets import begins_as_street, is_street
from contacts.reading.words import companies, jobs, labels, people
from contacts.text.folding import fold

TITLE_MOST = 100
_WORDS = re.compile(r"[^\W\d_][\w'’&+.-]*")
_SPLITS = re.compile(r"[-/'’.]")
_START = re.compile(
    r"(?:cheff?e?|chief|charg[ée]e?|head|member|membre|team|jef[ea]|hoofd|lid|mitglied|maitre\s+de\s+conf|maitre\s+d|cap\s+d|cadre\s+(?:sup|de\s))"
    r"[\w']*\.?\s(?:\w)"
)
# Who answers is no company: The Brackwater Team.
TEAMS = {"team", "equipe", "equipo", "l'equipe"}
# What brackets hold between slashes is no legal form: SAP (FI/CO).
_SLASHED = re.compile(r"\([^()]*/[^()]*\)")
_LONG_END = 3
_RANKS = ("sub", "vice", "vize", "sous-", "co-", "ex-", "oud-", "adjunct-", "plaatsvervangend")
_RANKED_LEAST = 6
_FEMININE = re.compile(r"(?:in|innen)$")
_WORDS_MOST = 8
_DIGITS_MOST = 4
_UNIT = re.compile(
    r"(?:(?:school|faculty|department|dept\.?|division|institute|office|unit|centre|center|chair)\s+(?:of|for)"
    r"|(?:fakultat|fachbereich|lehrstuhl|institut|abteilung|klinik|referat|dezernat|amt|professur)\s+(?:fur|der|des|i+)"
    r"|(?:faculte|departement|ufr|service|direction|pole|unite|laboratoire|institut|ecole\s+doctorale)\s+(?:de|des|du|d'|d’)"
    r"|(?:facultad|departamento|dpto\.?|area|servicio|unidad|seccion|escuela|instituto)\s+(?:de|del)"
    r"|(?:faculteit|afdeling|vakgroep|sectie|dienst|instituut)\s+(?:\w+))\b"
)
# Legal forms of several words.
_SPACED_FORM = re.compile(
    r"\w\s(?:sp\.?\s?z\s?o\.?\s?o\b|s\.\s?coop\b|s\.\s?r\.\s?o\b|s\.?\s?à\.?\s?r\.?\s?l\b|d\.\s?o\.\s?o\b|e\.\s?v\b|e\.\s?k\b)|\w,\sn\.a\.$"
)
# No company's "Co.": Bray, Co. Wicklow.
COUNTY = re.compile(
    r",\s*(?:Co\.?|County|Contae)\s+(?:na |an )?(?!KG|Ltd|OHG|Inc|Limited)[A-ZÀ-Þ][^\W\d_]{3,}(?: City)?\s*$"
)
_SINCE = re.compile(r"\b(?:since|depuis|seit|desde|sinds|established|est\.|gegrundet)\s+(?:in\s+)?(?:1[89]|20)\d\d\b")
# Inside the names of firms and houses: Praxis am Lindenplatz, Auberge sur Loire.
_JOINING = {
    "am",
    "an",
    "auf",
    "bei",
    "beim",
    "zum",
    "zur",
    "vom",
    "sur",
    "sous",
    "lez",
    "aan",
    "bij",
    "on",
    "upon",
    "by",
    "at",
}
_DASHED = re.compile(r"\s+[-–—/]\s+")
_LONG_NUMBER = re.compile(r"\d{5}")
# What names no firm: Notaires associés.
_COMMON = companies.WORDS | jobs.DEPARTMENTS | jobs.WEAK | jobs.SMALL
_NO_FIRMS = companies.NO_NAMES | companies.SERVICES
_UNTELLING = jobs.SMALL | people.PARTICLES | _JOINING
_HEAD_END_LENGTHS = sorted({len(end) for end in jobs.HEAD_ENDS})


def is_title(text: str) -> bool:
    """Whether these words are a job title."""
    if (
        len(text) > TITLE_MOST
        or '"' in text
        or "?" in text
        or text.count("(") != text.count(")")
        or _LONG_NUMBER.search(text)
    ):
        return False
    words = words_of(text)
    if jobs.NO_HEADS & set(words) or is_slogan(text) or (words and words[0] in TEAMS - {"team"}):
        return False
    if any(_is_head(word) for word in words) or _START.match(fold(text)):
        return True
    if words and words[0] in jobs.TRADES and (len(text.split()) == 1 or text.split()[1].islower()):
        return True
    parts = _DASHED.split(text)
    if len(parts) > 1 and is_title(parts[0]):
        # Boucher - chef de rayon
        return True
    telling = [word for word in words if word not in jobs.SMALL]
    return (
        not is_unit(text)
        and len(telling) > 1
        and any(word in jobs.WEAK for word in telling)
        and all(word in jobs.WEAK or word in jobs.DEPARTMENTS for word in telling)
    )


def is_department(text: str) -> bool:
    """Whether these words are what a title may name behind a comma: "Sales", "EMEA", "Human Resources"."""
    words = words_of(text)
    return bool(words) and all(word in jobs.DEPARTMENTS or word in jobs.SMALL or word in jobs.WEAK for word in words)


def is_speciality(text: str) -> bool:
    """Whether any of these words is of what a title may name: "Nordics & Baltics"."""
    return any(word in jobs.DEPARTMENTS or word in jobs.WEAK for word in words_of(text) if word not in jobs.SMALL)


def is_company(text: str, evidence: Evidence) -> bool:
    """Whether these words are sure to be a company: by its domain, its legal form, or a word like Group."""
    words = text.split()
    if not words or len(words) > _WORDS_MOST or sum(character.isdigit() for character in text) > _DIGITS_MOST:
        return False
    if (
        is_slogan(text)
        or begins_as_street(text)
        or _is_cut_out(text)
        or "@" in text
        or (TEAMS & set(map(fold, words)) and not has_legal_form(text))
    ):
        return False
    if evidence.for_company(text) or (has_legal_form(text) and not _ends_after_form(text)):
        return True
    bare = [fold(word).strip("(),&") for word in text.replace("/", " ").split()]
    if is_institution(text):
        return True
    if len(bare) < 2 or is_title(text) or is_department(text) or _ends(text):
        return False
    if not could_be_company(text) and not text.islower():
        return False
    # Notaires associés is what they are, and no name of theirs.
    if all(word in _COMMON or word.removesuffix("s") in jobs.HEADS for word in bare if word):
        return False
    joins = "&" in words and not any(word in jobs.DEPARTMENTS or word in jobs.WEAK for word in bare if word)
    # Two who sign together: Nadine & Paul.
    joins = joins and not all(word in people.GIVEN for word in bare if word)
    # Goethe-Gymnasium Altstadt
    houses = {word.rpartition("-")[2] for word in bare if "-" in word} & companies.INSTITUTIONS
    return joins or bool(houses) or any(word in companies.WORDS or _ends_as_firm(word) for word in bare)


def _is_cut_out(text: str) -> bool:
    """Whether a text is no more than a part of what quotation marks or brackets hold."""
    return text.count('"') % 2 == 1 or any(text.count(begin) != text.count(end) for begin, end in ("[]", "{}", "()"))


def is_institution(text: str) -> bool:
    """Whether these words begin as institutions do, whose names have few capitals: Tribunal judiciaire de Lyon."""
    bare = [fold(word).strip("(),&") for word in text.replace("/", " ").split()]
    return (
        len(bare) > 1
        and text[0].isupper()
        and bare[0] in companies.INSTITUTIONS
        and not any(character.isdigit() for character in text)
        and not (text.endswith((".", "!", "?")) or is_title(bare[0]) or is_title(bare[-1]) or is_unit(text))
    )


def _ends_as_firm(word: str) -> bool:
    """German and Dutch name firms in one word: Tandartspraktijk, Maschinenfabrik."""
    return any(word.endswith(end) and len(word) >= len(end) + _LONG_END for end in companies.WORD_ENDS)


def has_legal_form(text: str) -> bool:
    """Whether these words end, or go on, with GmbH, Ltd and the like."""
    words = _SLASHED.sub(" ", text).split()
    if (
        len(words) > 1
        and (words[0].isupper() or words[0] in {"vzw", "asbl"})
        and words[0].casefold() in companies.LEADING_FORMS
    ):
        return True
    return bool(_SPACED_FORM.search(text.casefold())) or any(
        _is_form(word) and (word.count(".") > 1 or not (before.islower() and before.isalpha()))
        for before, word in pairwise(words if not text.islower() else text.title().split())
        if not COUNTY.search(text)
    )


def _is_form(word: str) -> bool:
    """Whether a word is a legal form, or two of them as Belgians write it: NV/SA."""
    bare = fold(word).replace(".", "").strip("(),&")
    return bare in companies.LEGAL_FORMS or ("/" in bare and set(bare.split("/")) <= companies.LEGAL_FORMS)


def is_unit(text: str) -> bool:
    """Whether these words are a part of an organisation: School of Humanities, Institut für Soziologie."""
    return bool(_UNIT.match(fold(text)))


def is_slogan(text: str) -> bool:
    """Whether `text` speaks to its reader, as advertisements do: "Ihr Partner für Haustechnik", "Winner of …"."""
    folded = fold(text).strip(" \"'“”„«»*_")
    # TU Wien speaks to nobody.
    is_short = text.split(" ", 1)[0].isupper() and not text.isupper()
    return (folded.split(" ", 1)[0] in jobs.SLOGAN_STARTS and not is_short) or bool(_SINCE.search(folded))


def is_institute(text: str) -> bool:
    """Whether a part of an organisation is known by its own name, so that it may stand for the whole."""
    return fold(text).startswith(("institut", "laboratoire", "klinik"))


def _ends_after_form(text: str) -> bool:
    """Whether a sentence goes on behind the legal form: "Larkfield Ltd. All rights reserved."."""
    spaced = [match.end() for match in _SPACED_FORM.finditer(text.casefold())]
    if spaced and spaced[-1] >= len(text) - 1:
        return False
    return text.endswith((".", "!", "?")) and not has_legal_form(f"X {text.split()[-1]}")


def _ends(text: str) -> bool:
    """Whether `text` ends as a sentence."""
    return text.endswith((".", "!", "?")) and len(text.split()) > 2


def could_be_company(text: str) -> bool:
    """Whether these words have the form of a name: few, each with a capital or a digit, no sentence."""
    words = text.split()
    if is_street(text) or is_slogan(text) or "@" in text:
        return False
    if fold(text).strip(" .:") in labels.FIELD_OF or fold(text) in _NO_FIRMS:
        return False
    telling = [word for word in words if fold(word) not in _UNTELLING]
    return (
        0 < len(words) <= 6
        and bool(telling)
        and len(text) > 1
        and all(not word[:1].islower() or not word.islower() for word in telling)
        and any(character.isalpha() for character in text)
        and not text.endswith((".", "!", "?")) | text.startswith("(")
        and sum(character.isdigit() for character in text) <= _DIGITS_MOST
    )


def words_of(text: str) -> list[str]:
    """The words of `text`, folded; parts of joined ones too."""
    found = []
    for match in _WORDS.finditer(fold(text)):
        word = match[0].strip(".'’-")
        found.append(word)
        if any(mark in word for mark in "-/'’."):
            found += [part for part in _SPLITS.split(word) if part]
    return found


def _is_head(word: str) -> bool:
    bare = re.sub(r"(?:\(?[-/·.]?(?:in|innen|e|euse|rice|a)\)?)$", "", word) if "/" in word or "·" in word else word
    if word in jobs.HEADS or bare in jobs.HEADS or _unframed(bare) in jobs.HEADS:
        return True
    stem = _unframed(word)
    return len(word) > 6 and any(
        word[-length:] in jobs.HEAD_ENDS or stem[-length:] in jobs.HEAD_ENDS
        for length in _HEAD_END_LENGTHS
        if length <= len(word) - _LONG_END
    )


def _unframed(word: str) -> str:
    """A title's word without the prefix of a rank or the ending of a woman's title: subgerente, Recruiterin."""
    for prefix in _RANKS:
        if word.startswith(prefix) and len(word) - len(prefix) >= _RANKED_LEAST:
            return word[len(prefix) :].strip("-")
    return _FEMININE.sub("", word) if len(word) > _RANKED_LEAST else word
