"""Addresses of the web: a person's LinkedIn profile in its one form, any other as a URI."""

import ipaddress
import re
from urllib.parse import quote, unquote, unquote_to_bytes

from contacts.text.domains import ascii_domain
from contacts.text.text import clean_text

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


def clean_linkedin(text: str) -> str:
    """A person's LinkedIn address in its one form; any other address as `clean_uri` has it.

    Raises ValueError where no address can be made of it.
    """
    text = _bare(text)
    name = _person(text)
    if name:
        # Escaped or not, the same name must end up as the same address.
        return f"https://www.linkedin.com/in/{quote(unquote_to_bytes(name), safe='-._~')}"
    return clean_uri(text)


def linkedin_name(text: str) -> str:
    """The name of a person's profile in any form of its LinkedIn address, without escapes; "" where it is no such."""
    text = _bare(text)
    # What can't be decoded is kept as its escapes, so that different names stay different.
    return unquote(_person(text) or _person(unquote(text)), errors="backslashreplace")


def _bare(text: str) -> str:
    return clean_text(text).strip(" ,;<>")


def _person(address: str) -> str:
    person = _LINKEDIN_PERSON.fullmatch(address) or _LINKEDIN_SHORT.fullmatch(address)
    return person[1] if person else ""


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
            ascii_domain(name),
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
