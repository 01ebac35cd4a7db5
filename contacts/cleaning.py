"""What people paste, made into what they meant; pure but for the phone number library."""

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

import phonenumbers

# Zero-width and direction marks that come along with copied text; the joiners U+200C and U+200D stay out as well,
# because no address and no name needs them at its ends.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SEPARATORS = re.compile(r"[,;\n\t\r]+")
_LINKEDIN_PERSON = re.compile(r"(?:https?://)?(?:[\w-]+\.)?linkedin\.com/in/([^/?#\s]+).*", re.IGNORECASE)
_LINKEDIN_SHORT = re.compile(r"/?in/([^/?#\s]+)/?")
_NAMED_ADDRESS = re.compile(r".*<\s*([^<>\s]+@[^<>\s]+)\s*>.*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DOMAIN_LIKE = re.compile(r"[^\s/:@]+\.[^\s/:@.]{2,}(?::\d+)?(?:[/?#].*)?")
# RFC 3986: characters that may stand in a URI as they are; % because escapes are kept.
_URI_SAFE = "%/:?#[]@!$&'()*+,;=-._~"


def clean_text(text: str) -> str:
    """`text` composed (NFC), without what nobody can see, and without spaces around it."""
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text))
    return _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u202f", " ").strip()


def clean_email(text: str) -> str:
    """An address out of what was pasted: `mailto:`, `Name <address>`, trailing commas; its domain in ASCII.

    Returns the text as it is where no ASCII domain can be made; validating is the field's job.
    """
    text = clean_text(text).strip(" ,;<>")
    if text.casefold().startswith("mailto:"):
        text = text[len("mailto:") :].partition("?")[0]
    if match := _NAMED_ADDRESS.fullmatch(f"{text}>" if "<" in text else text):
        text = match[1]
    local, at, domain = text.rpartition("@")
    if not at or domain.isascii():
        return text
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return text


def clean_phone(text: str, *, region: str) -> tuple[str, bool]:
    """The number as it is sent, and whether it can be right.

    A valid one is sent as E.164, with its extension behind it, which E.164 has no place for. One that can't be right
    stays as it was typed: the API sets no format, so the person may insist.
    """
    text = clean_text(text).strip(" ,;")
    if text.casefold().startswith("tel:"):
        text = text[len("tel:") :].strip()
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return text, False
    if not phonenumbers.is_valid_number(number):
        return text, False
    sent = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return (f"{sent} ext. {number.extension}" if number.extension else sent), True


def clean_linkedin(text: str) -> str:
    """A person's LinkedIn address in its one form; any other address as a URI in ASCII.

    Raises ValueError where no address can be made of it.
    """
    text = clean_text(text).strip(" ,;<>")
    match = _LINKEDIN_PERSON.fullmatch(text) or _LINKEDIN_SHORT.fullmatch(text)
    if match:
        return f"https://www.linkedin.com/in/{quote(match[1], safe='%-._~')}"
    return clean_uri(text)


def clean_uri(text: str) -> str:
    """`text` as an absolute URI in ASCII (RFC 3986); `example.com/x` gets https. Raises ValueError where it is none."""
    if not _SCHEME.match(text) or _DOMAIN_LIKE.fullmatch(text):
        if not _DOMAIN_LIKE.fullmatch(text):
            raise ValueError("not an address")
        text = f"https://{text}"
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", text):
        raise ValueError("not an address")
    host = parts.hostname.encode("idna").decode("ascii")
    if not re.fullmatch(r"[a-z0-9.-]+|\[?[0-9a-f:.]+\]?", host):
        raise ValueError("not an address")
    port = f":{parts.port}" if parts.port else ""
    rest = urlunsplit(("", "", parts.path, parts.query, parts.fragment))
    return f"{parts.scheme}://{host}{port}{_escaped(rest)}"


def split_list(text: str) -> list[str]:
    """The items of a list field: split at comma, semicolon, newline, tab; no repeats, first spelling and order kept."""
    items: dict[str, str] = {}
    for piece in _SEPARATORS.split(text):
        item = clean_text(piece)
        if item:
            items.setdefault(item.casefold(), item)
    return list(items.values())


def _escaped(text: str) -> str:
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    escaped = quote(text, safe=_URI_SAFE.replace("[", "").replace("]", "").replace("#", ""))
    # One fragment mark is allowed, and urlunsplit puts it where it belongs.
    return escaped.replace("%23", "#", 1)
