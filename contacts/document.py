"""What a submission is found by: the words of its contact, and facts about it, as tokens; pure.

Words are folded here, so that both databases find the same, with and without accents and case, by any beginning of a
word. Facts are tokens that no word can be, each bound to one workspace: whatever the history can be narrowed by is one,
so that any combination of filters and words is one look into one index.
"""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

import phonenumbers

from contacts.contact import company_name, email_addresses, full_name, phone_numbers
from contacts.text.folding import fold
from contacts.text.identity import linkedin_key, phone_key
from contacts.text.links import linkedin_name

# A word counts by so many characters: more than any name needs, and all digits that a phone number can have.
WORD_MOST = 15
# More words than anybody types; each is a condition of the query.
TERMS_MOST = 10
# More than the longest contact that anybody enters.
WORDS_MOST = 500

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PER_MICROSECOND = 4096
# Waiting to be sent, or being checked; what needs a person is a group of its own.
_GROUPS = {"queued": "w", "sending": "w", "unconfirmed": "c"}
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_NUMBER = re.compile(r"(?<!\w)[+(]?\d[\d\s().+/-]*\d(?!\w)")
_DIGITS_LEAST = 7
_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_PROFILE = "linkedin.com/in/"
_SCHEME = re.compile(r"\b(?:https?://)?(?:www\.)?(?=\S)", re.IGNORECASE)


def words(contact: Mapping[str, Any], *, region: str) -> str:
    """The words of a payload, each once, by which it is found: names, addresses, numbers, company, tags."""
    found: dict[str, None] = {}
    for text in _texts(contact):
        found |= dict.fromkeys(_words(text))
    for number in phone_numbers(contact):
        found |= dict.fromkeys(_notations(number, region))
    return " ".join(list(found)[:WORDS_MOST])


def terms(text: str, *, region: str) -> list[str]:
    """The beginnings of words that `text` asks for, phone numbers and profiles in whatever notation among them."""
    found: list[str] = []

    def take_number(match: re.Match[str]) -> str:
        digits = _asked_digits(match[0], region)
        if digits:
            found.append(digits)
            return " "
        return match[0]

    rest = _NUMBER.sub(take_number, text[:1000])
    for part in rest.split():
        found += _words(linkedin_name(part) or _SCHEME.sub("", part, count=1))
    longest = sorted(set(found), key=len, reverse=True)
    needed = [each for place, each in enumerate(longest) if not any(o.startswith(each) for o in longest[:place])]
    return needed[:TERMS_MOST]


def number(created_at: datetime, id: UUID) -> int:
    """The place of a submission in the order of entry: the microsecond, then chance. Fits a signed 64-bit integer."""
    return first_number(created_at) + (id.int & (_PER_MICROSECOND - 1))


def first_number(moment: datetime) -> int:
    """The least number of what was entered at `moment` or later."""
    return (moment - _EPOCH) // timedelta(microseconds=1) * _PER_MICROSECOND


def asked_id(text: str) -> UUID | None:
    """The id that `text` consists of, a contact's in Leonar or a submission's."""
    text = text.strip()
    return UUID(text) if _UUID.fullmatch(text) else None


def space(workspace: str) -> str:
    """What binds a token to a workspace, short enough to be part of each."""
    return _digest(workspace, 4)


def fact(kind: str, value: object, workspace: str) -> str:
    """The token of a fact; its kind is one letter. What people typed is in it as a digest, without case and accents."""
    text = str(value) if isinstance(value, int) else _digest(fold(str(value)), 8)
    return f".{kind}{text}:{space(workspace)}"


def facts(
    contact: Mapping[str, Any], *, workspace: str, by: int, has_twin: bool = False, is_corrected: bool = False
) -> str:
    """The facts that change only with the content: who entered it, its tags and source, whether it had a twin."""
    found = [f".w:{space(workspace)}", fact("b", by, workspace)]
    tags, source = contact.get("tags"), contact.get("source")
    found += [fact("t", tag, workspace) for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    found += [fact("o", source, workspace)] if isinstance(source, str) and source else []
    found += [f".d:{space(workspace)}"] if has_twin else []
    found += [f".e:{space(workspace)}"] if is_corrected else []
    return " ".join(dict.fromkeys(found))


def standing(*, state: str, waits_for_person: bool, settled_by: str, space: str) -> str:
    """The facts that change with the state: the state, the group that people know it by, how it was settled.

    The database keeps them so by itself, by triggers of the migration search_entries.
    """
    found = [f".s{state[:1]}:{space}"]
    if waits_for_person:
        found.append(f".gn:{space}")
    elif state in _GROUPS:
        found.append(f".g{_GROUPS[state]}:{space}")
    if settled_by:
        found.append(f".k{settled_by[:1]}:{space}")
    return " ".join(found)


def _texts(contact: Mapping[str, Any]) -> Iterator[str]:
    yield full_name(contact)
    yield company_name(contact)
    yield from email_addresses(contact)
    profile = contact.get("linkedin_profile")
    if isinstance(profile, str):
        yield linkedin_key(profile).removeprefix(_PROFILE)
    tags = contact.get("tags")
    yield from (tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()


def _words(text: str) -> Sequence[str]:
    """The words of a text, folded; one with an apostrophe as one word and as its parts."""
    folded = fold(text)
    found = dict.fromkeys(_alphanumeric(folded))
    if _APOSTROPHES.search(folded):
        found |= dict.fromkeys(_alphanumeric(_APOSTROPHES.sub("", folded)))
    return [word[:WORD_MOST] for word in found]


def _alphanumeric(text: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in text).split()


def _notations(number: str, region: str) -> Iterator[str]:
    """The digits with the country's prefix, and as they are dialled at home."""
    key = phone_key(number, region=region)
    if key:
        yield key.lstrip("+")[:WORD_MOST]
    if key.startswith("+"):
        at_home = phonenumbers.format_number(phonenumbers.parse(key), phonenumbers.PhoneNumberFormat.NATIONAL)
        yield phonenumbers.normalize_digits_only(at_home)[:WORD_MOST]


def _asked_digits(text: str, region: str) -> str:
    """A whole number as it is stored, or the beginning of one; "" for what is no phone number."""
    digits = phonenumbers.normalize_digits_only(text)
    if text.startswith(("0", "(0")) and not digits.startswith("00"):
        # As it is dialled at home, in whichever country that is.
        return digits[:WORD_MOST]
    if len(digits) >= _DIGITS_LEAST:
        whole = phone_key(text, region=region)
        return (whole.lstrip("+") or digits)[:WORD_MOST]
    return digits.removeprefix("00") if text.startswith(("+", "00")) else ""


def _digest(text: str, length: int) -> str:
    return base64.b32encode(blake2b(text.encode(), digest_size=5).digest()).decode().lower()[:length]
