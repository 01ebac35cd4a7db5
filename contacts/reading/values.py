"""Text made into the value of a field, the same for every reader: an address, a number, a language, a year count."""

import re
import uuid

import phonenumbers

from contacts.contact import FIELDS
from contacts.reading.words import companies, labels
from contacts.reading.words.world import languages
from contacts.text.email import clean_email
from contacts.text.folding import fold
from contacts.text.links import clean_linkedin
from contacts.text.phone import clean_phone
from contacts.text.text import clean_text

# One address in the plain form that every mail system takes; what the form would accept as well.
EMAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,62}")
# What a data broker shows of an address, and what a mail program calls a picture in the mail.
_NO_ADDRESS = re.compile(r"\*\*|\.(?:png|jpe?g|gif|bmp)@", re.IGNORECASE)
_LINKEDIN = re.compile(r"https://www\.linkedin\.com/in/[^/]+")
# As profiles were called before: linkedin.com/pub/jo-quill/12/a45/678.
_LINKEDIN_BEFORE = re.compile(
    r"https?://(?:[\w-]+\.)?linkedin\.com(?P<path>/pub/[\w%.-]+(?:/\w{1,3}){3})/?", re.IGNORECASE
)
_YEARS = re.compile(
    r"(?:[a-z~≈>+ ]{0,12})?(\d{1,2})\s*\+?\s*(?:years?|yrs?|ans?|annees?|jahren?|anos?|jaar|jaren|y|j)?(?:\b.{0,40})?"
)
_NUMBER = re.compile(r"\s*(?:tel:)?\+?[\d\s().\-–/\u00a0\u202f]{6,40}\s*", re.IGNORECASE)
# Numbers grouped as in one country alone: 303.555.0175; 02 31 55 01 31; 020 7946 0555, 07700 900512, 01422 555 018.
WRITTEN_IN = {
    "FR": re.compile(r"0[1-9](?:[ .\u00a0\u202f-]\d{2}){4}(?![ .-]?\d)"),
    "US": re.compile(r"\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?![-. ]?\d)"),
    "GB": re.compile(
        r"\(?02[03489]\)? \d{4} ?\d{4}(?! ?\d)|\(?01(?:\d1|1\d)\)? \d{3} \d{4}(?! ?\d)"
        r"|\(?0(?:7\d{3}|1\d{3})\)? \d{3} ?\d{3}(?! ?\d)|07\d{9}(?! ?\d)"
    ),
}
# Ten digits parted inside a pair are no Frenchman's number: 0513 555 012.
_PARTED_IN_A_PAIR = re.compile(
    r"(?!0\d(?:[ .\-/\u00a0\u202f]{0,3}\d{2}){4}(?!\d))0[1-79](?:[ .\-/\u00a0\u202f]{0,3}\d){8}(?![ .-]?\d)"
)
# Where numbers are written in pairs as in France: 06 55 50 12 77.
_IN_PAIRS = {"NL", "BE", "MA", "DZ", "TN"}
# Where nobody leaves the zero out; Colombians, Indians and others do.
_DIALLED_WITH_ZERO = {
    "FR",
    "DE",
    "GB",
    "NL",
    "BE",
    "AT",
    "CH",
    "IE",
    "SE",
    "FI",
    "AU",
    "NZ",
    "ZA",
    "MA",
    "TR",
    "RO",
    "HR",
}
# Where the zero in front is a part of the number from abroad too.
_ZERO_KEPT = {"IT", "SM", "VA", "CI", "GA", "CG"}
_WITHOUT_ZERO = re.compile(r"\(?[1-9]\d{1,3}\)?(?:[ .\u00a0-]\d{2,4}){2,4}")
_EXTENSION = re.compile(r"[\s,;]*(?:[^\W\d_]{1,10}\.?\s?:?\s?)\d{1,6}\)?$")
# Words before an extension that the library does not know.
_EXTENSION_WORD = re.compile(
    r"(?<=\d)[\s,;(–-]{1,4}(?:p\.|int\.?|interne|interno|anexo|ramal|dw\.?|durchwahl|kl\.?|klappe|nst\.?|nebenstelle|toestel|tst\.?)\s?:?\s?(\d{1,6})\)?$",
    re.IGNORECASE,
)
_RUN_WITHOUT_ZERO = re.compile(r"[1-9]\d{8,9}")
_LABEL = re.compile(r"^\s*tel:", re.IGNORECASE)
_TRUNK_ZERO = re.compile(r"\(0\)")
_WITH_COUNTRY_LEAST = 8
_DIGITS_LEAST = 6


def email(text: str) -> str:
    """The address in `text`, or "" where it holds no single one, or one that nobody reads."""
    cleaned = clean_email(text)
    is_read = fold(cleaned.partition("@")[0]).replace("-", "").replace("_", "") not in companies.UNREAD_BOXES
    is_whole = ".." not in cleaned and not _NO_ADDRESS.search(cleaned)
    return cleaned if EMAIL.fullmatch(cleaned) and is_whole and is_read else ""


def linkedin(text: str) -> str:
    """The address of a person's LinkedIn profile, or ""."""
    try:
        address = clean_linkedin(text)
    except ValueError:
        return ""
    before = _LINKEDIN_BEFORE.fullmatch(address)
    if before:
        return f"https://www.linkedin.com{before['path']}"
    return address if _LINKEDIN.fullmatch(address) else ""


def phone(text: str, regions: list[str], *, in_cell: bool = False) -> str:
    """The number in `text` as E.164 where it is valid in one of `regions`; as written where it has digits enough.

    `in_cell`: it comes from a spreadsheet, which takes the zero from the front of a number.
    """
    text = _EXTENSION_WORD.sub(r" ext. \1", _LABEL.sub("", text))
    written = [region for region, form in WRITTEN_IN.items() if form.match(text.strip())]
    if regions and regions[0] in written:
        # As its own country writes it, whether anybody there has it yet or not.
        regions, written = regions[:1], []
    # The British and the American way to group are others' too, and pairs those of a few neighbours.
    pairs = [region for region in written if region == "FR" and regions[:1] != [] and regions[0] not in _IN_PAIRS]
    regions = [*pairs, *(region for region in regions if may_be_written_in(region, text)), *written]
    for region in regions:
        number, is_valid = clean_phone(text, region=region)
        if is_valid and not _lacks_its_zero(text, region, in_cell=in_cell):
            return number
    for region in regions:
        number = _possible(text, region, in_cell=in_cell)
        if number:
            return number
    cleaned = clean_text(text)
    digits = sum(character.isdigit() for character in cleaned)
    if cleaned.startswith("+") and digits >= _WITH_COUNTRY_LEAST and _NUMBER.fullmatch(cleaned):
        # Nobody has it, but its country is said.
        return "+" + re.sub(r"\D", "", _TRUNK_ZERO.sub("", cleaned))
    return cleaned if digits >= _DIGITS_LEAST and _NUMBER.fullmatch(cleaned) else ""


def may_be_written_in(region: str, number: str) -> bool:
    """Whether people in `region` group a number's digits so."""
    return region != "FR" or not _PARTED_IN_A_PAIR.match(number.strip())


def is_toll_free(number: str) -> bool:
    """Whether whoever calls pays nothing: a firm's number, and nobody's own."""
    try:
        return phonenumbers.number_type(phonenumbers.parse(number)) == phonenumbers.PhoneNumberType.TOLL_FREE
    except phonenumbers.NumberParseException:
        return False


def _lacks_its_zero(text: str, region: str, *, in_cell: bool) -> bool:
    """Whether a number is written as one dials it, and so from a country where none begins with 0: 944 555 377."""
    bare = _EXTENSION.sub("", text).strip()
    is_dialled = _WITHOUT_ZERO.fullmatch(bare) or (not in_cell and _RUN_WITHOUT_ZERO.fullmatch(bare))
    return bool(is_dialled) and region in _DIALLED_WITH_ZERO


def _possible(text: str, region: str, *, in_cell: bool) -> str:
    """A number of the right length for `region` as E.164: nobody has it yet, but it means no other."""
    digits = re.sub(r"\D", "", text)
    national = not text.strip().startswith(("+", "00"))
    has_lost_zero = in_cell and region in _DIALLED_WITH_ZERO and bool(_RUN_WITHOUT_ZERO.fullmatch(text.strip()))
    if (
        national
        and not has_lost_zero
        and digits.startswith("0") != (phonenumbers.ndd_prefix_for_region(region, True) == "0")
    ):
        return ""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    if number.extension or not phonenumbers.is_possible_number(number):
        return ""
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    if number.italian_leading_zero and region not in _ZERO_KEPT:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if _NUMBER.fullmatch(text) else ""


def language(text: str) -> str:
    """A language: a two-letter code as its English name, anything else as it was written; "" where there is none."""
    cleaned = clean_text(text)
    code = cleaned.partition("-")[0].partition("_")[0]
    if len(code) == 2 and code.isalpha():
        return languages().get(code.lower(), "")
    return cleaned


def address_type(words: set[str]) -> str:
    """What the API calls an address that these words describe: work, personal, or "" where they do not say."""
    folded = {fold(word).strip(". ") for word in words}
    if folded & labels.WORK:
        return "work"
    return "personal" if folded & labels.PERSONAL else ""


def years(text: str) -> int | None:
    """A number of years."""
    found = _YEARS.fullmatch(fold(text))
    return int(found[1]) if found else None


def truth(text: str) -> bool | None:
    """Yes or no in five languages."""
    folded = fold(text)
    if folded in labels.YES:
        return True
    return False if folded in labels.NO else None


def status(text: str) -> str:
    """One of the API's statuses, or ""."""
    return fold(text) if fold(text) in FIELDS["global_status"].words else ""


def identifier(text: str) -> str:
    """A UUID in its usual writing, or ""."""
    try:
        return str(uuid.UUID(clean_text(text)))
    except ValueError:
        return ""
