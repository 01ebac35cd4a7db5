"""By what a person is recognised: addresses, numbers and names in the one form in which they are compared; pure.

Two values are the same person's if their keys are equal; "" is no key. No text makes these raise, and each is short
enough for an index.
"""

import re
from hashlib import sha256

import phonenumbers

from contacts.text.email import clean_email
from contacts.text.folding import fold
from contacts.text.links import linkedin_name
from contacts.text.text import clean_text

# Longer keys are cut and closed with a digest.
KEY_MOST = 200
_DIGEST_CHARACTERS = 32
# Fewer digits are an extension or a service, and tell nobody from anybody.
_DIGITS_LEAST = 7
_APOSTROPHES = re.compile("['’‘ʼ`´]")


def email_key(text: str) -> str:
    """The address without regard to case, its domain in ASCII."""
    address = clean_email(text).casefold()
    return shortened(address) if "@" in address else ""


def phone_key(text: str, *, region: str) -> str:
    """The number as E.164 in whatever notation it came, without its extension.

    A number without a country's prefix is taken for one of `region`, as the form does; written so in another country,
    it is not recognised. One that is possible nowhere is its digits. Colleagues who share a switchboard share the key.
    """
    text = clean_text(text)
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        number = None
    if number is not None and phonenumbers.is_possible_number(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    digits = phonenumbers.normalize_digits_only(text)
    return shortened(digits) if len(digits) >= _DIGITS_LEAST else ""


def linkedin_key(text: str) -> str:
    """The profile, whatever its country's subdomain, trailing parts, query, case and escapes.

    Of an address that is no person's profile, everything counts but its scheme, `www.` and a slash at its end.
    """
    name = clean_text(linkedin_name(text)).casefold()
    if name:
        return shortened(f"linkedin.com/in/{name}")
    address = clean_text(text).casefold()
    return shortened(re.sub(r"\A(?:https?:)?//", "", address).removeprefix("www.").rstrip("/"))


def name_key(text: str) -> str:
    """The words of a full name in alphabetical order, without case, accents and punctuation."""
    folded = _APOSTROPHES.sub("", fold(text))
    words = "".join(character if character.isalnum() else " " for character in folded).split()
    return shortened(" ".join(sorted(words)))


def shortened(key: str) -> str:
    """`key` in at most KEY_MOST characters, different keys still differing."""
    if len(key) <= KEY_MOST:
        return key
    digest = sha256(key.encode()).hexdigest()[:_DIGEST_CHARACTERS]
    return f"{key[: KEY_MOST - _DIGEST_CHARACTERS]}{digest}"
