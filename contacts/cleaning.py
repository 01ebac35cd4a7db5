"""What people paste, made into what they meant. Pure: no settings, no Django; text in, text out."""

import ipaddress
import re
import unicodedata
from urllib.parse import quote, unquote, unquote_to_bytes

import idna
import phonenumbers

# PostgreSQL stores neither NUL nor halves of surrogate pairs, and UTF-8 has no way to write the latter.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Control characters that are no white space, and what takes no room: soft hyphens, zero-width spaces, direction marks.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
# The joiners mean something inside Persian or Indic words and inside emoji, and nothing next to a Latin letter.
_STRAY_JOINER = re.compile(
    "(?<![\u0370-\u1fff\u2070-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0370-\u1fff\u2070-\U0010ffff])"
)
_SEPARATORS = re.compile("[,;\t\n\v\f\r\x85\u2028\u2029]+")
_PHONE_LABEL = re.compile(
    r"(?:t[eé]l(?:[eé]phone)?|phone|mobile|mob|portable|cell|gsm|[tmp])\s*[.:]+\s*", re.IGNORECASE
)
# The library knows the words of other languages.
_FRENCH_EXTENSION = re.compile(r"\bposte\b[ .:]*", re.IGNORECASE)

_LINKEDIN_PERSON = re.compile(
    r"(?:(?:https?:)?//)?(?:[\w-]+\.)*linkedin\.com/(?:(?:comm|m|mwlite)/)?in/([^/?#\s]+)(?:[/?#]\S*)?", re.IGNORECASE
)
_LINKEDIN_SHORT = re.compile(r"/?in/([^/?#\s]+)(?:[/?#]\S*)?", re.IGNORECASE)

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_BARE_DOMAIN = re.compile(r"(?:[\w-]+\.)+(?:[^\W\d_]{2,}|xn--[\w-]+)\.?(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
# RFC 3986, section 3: an absolute URI of the web. Other schemes can run scripts where the address is clicked.
_PCHAR = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_URI = re.compile(
    r"https?://"
    r"(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?"
    r"(?:\[(?P<address>[0-9A-Fa-f:.]+)\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+)(?::[0-9]*)?"
    rf"(?:/{_PCHAR}*)*(?:\?(?:{_PCHAR}|[/?])*)?(?:\#(?:{_PCHAR}|[/?])*)?",
    re.IGNORECASE | re.ASCII,
)
_PCHAR_SAFE = "%:@!$&'()*+,;=-._~"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# RFC 1035: the longest domain name. Anything longer is not worth the time that its encoding takes.
_DOMAIN_MOST = 253


def storable_text(text: str) -> str:
    """`text` without what a database can't store; everything else is as it was."""
    return _UNSTORABLE.sub("", text)


def clean_text(text: str) -> str:
    """One line of `text`: composed (NFC), without what nobody can see, with single spaces and none at the ends."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())
    return " ".join(unicodedata.normalize("NFC", _STRAY_JOINER.sub("", text)).split())


def clean_email(text: str) -> str:
    """The address in what was pasted: `mailto:`, `Name <address>`, trailing commas; its domain in ASCII.

    Returns the text as it is where the domain has no ASCII form; to validate is the field's job.
    """
    text = _out_of_brackets(clean_text(text).strip(' ,;"'))
    scheme, _colon, rest = text.partition(":")
    if scheme.casefold() == "mailto":
        text = clean_text(unquote(rest.partition("?")[0]))
    local, at, domain = (part.strip() for part in text.rstrip(" .,;").rpartition("@"))
    return f"{local}{at}{_ascii_domain(domain)}"


def clean_phone(text: str, *, region: str) -> tuple[str, bool]:
    """The number as it is sent, and whether it can be right.

    A valid one is sent as E.164 with its extension behind it, for which E.164 has no place. One that can't be right
    stays as it was typed, and so does one with words in it: the API sets no format, so the person may insist.
    `region` is a two-letter country code.
    """
    text = clean_text(text).strip(" ,;")
    if text[:4].casefold() == "tel:":
        text = clean_text(unquote(text[4:]))
    label = _PHONE_LABEL.match(text)
    bare = _FRENCH_EXTENSION.sub("ext. ", text[label.end() :] if label else text)
    try:
        number = phonenumbers.parse(bare, region)
    except phonenumbers.NumberParseException:
        return text, False
    if not phonenumbers.is_valid_number(number) or _has_words(bare, number.extension):
        return text, False
    sent = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return (f"{sent} ext. {number.extension}" if number.extension else sent), True


def clean_linkedin(text: str) -> str:
    """A person's LinkedIn address in its one form; any other address as `clean_uri` has it.

    Raises ValueError where no address can be made of it.
    """
    text = clean_text(text).strip(" ,;<>")
    person = _LINKEDIN_PERSON.fullmatch(text) or _LINKEDIN_SHORT.fullmatch(text)
    if person:
        # Escaped or not, the same name must end up as the same address.
        return f"https://www.linkedin.com/in/{quote(unquote_to_bytes(person[1]), safe='-._~')}"
    return clean_uri(text)


def clean_uri(text: str) -> str:
    """`text` as an absolute URI in ASCII with a host (RFC 3986).

    A valid one stays as it is; `example.com/x` gets https. Raises ValueError where it is none.
    """
    if text.startswith("//"):
        text = f"https:{text}"
    elif not _SCHEME.match(text) and _BARE_DOMAIN.fullmatch(text):
        text = f"https://{text}"
    if not _is_uri(text):
        text = _escaped(text)
    if not _is_uri(text):
        raise ValueError("not a web address")
    return text


def split_list(text: str) -> list[str]:
    """The items of a list field, split at comma, semicolon, newline and tab.

    Repeats are dropped without regard to case; the first spelling and the order are kept.
    """
    items: dict[str, str] = {}
    # Composed before it is split, because NFC makes a semicolon of the Greek question mark.
    for piece in _SEPARATORS.split(unicodedata.normalize("NFC", text)):
        item = clean_text(piece)
        if item:
            items.setdefault(item.casefold(), item)
    return list(items.values())


def _out_of_brackets(text: str) -> str:
    """The address of `Name <address>`. Text that holds another address as well stays whole: none may be lost."""
    name, bracket, rest = text.partition("<")
    address, _end, after = rest.partition(">")
    if not bracket or after or ("@" in name and name.strip() not in address):
        return text.strip("<>")
    return address.strip()


def _has_words(text: str, extension: str | None) -> bool:
    """Whether there are letters in a number, apart from those that announce its extension."""
    number = re.sub(rf"\D+{re.escape(extension)}\D*$", "", text) if extension else text
    return any(character.isalpha() for character in number)


def _ascii_domain(domain: str) -> str:
    if domain.isascii() or len(domain) > _DOMAIN_MOST:
        return domain
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except UnicodeError:
        return domain


def _is_uri(text: str) -> bool:
    match = _URI.fullmatch(text)
    if match is None:
        return False
    if match["address"] is None:
        return True
    try:
        ipaddress.IPv6Address(match["address"])
    except ValueError:
        return False
    return True


def _escaped(text: str) -> str:
    """`text` with its host in ASCII and everything else that RFC 3986 has no room for escaped; spaces stay as they are.

    Text with a space in it is more likely an address with a remark than an address, so it is left to be refused.
    """
    scheme = _SCHEME.match(text)
    if scheme is None or " " in text:
        return text
    rest, hash_mark, fragment = text[scheme.end() :].partition("#")
    rest, question_mark, query = rest.partition("?")
    authority, slash, path = rest.partition("/")
    user, at, host = authority.rpartition("@")
    name, colon, port = (host, "", "") if host.startswith("[") else host.partition(":")
    return "".join(
        (
            scheme[0],
            _quoted(user),
            at,
            _ascii_domain(name),
            colon,
            port,
            slash,
            _quoted(path, "/"),
            question_mark,
            _quoted(query, "/?"),
            hash_mark,
            _quoted(fragment, "/?"),
        )
    )


def _quoted(text: str, more: str = "") -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=_PCHAR_SAFE + more)
