"""The string formats that the contract names: email, uri, uuid, and dates written YYYY-MM-DD."""

import re
from datetime import date

# RFC 5321 as mail services apply it: a dot-atom before the @, at least two labels of letters, digits and hyphens
# after it, ASCII only. Quoted local parts, address literals and bare host names are refused: whatever passes here
# passes any sensible reading of "format: email" by the real service.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?:{_LABEL}\.)+(?P<top>[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*)")
_LONGEST_EMAIL = 254
_LONGEST_LOCAL_PART = 64

# RFC 3986, section 3 and appendix A. Characters outside ASCII must be percent-encoded: "uri" is not "iri".
_ENCODED = r"%[0-9A-Fa-f]{2}"
_PCHAR = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|{_ENCODED})"
_AUTHORITY = (
    rf"(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|{_ENCODED})*@)?"
    rf"(?P<host>\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|{_ENCODED})*)"
    r"(?::[0-9]*)?"
)
_URI = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):"
    rf"(?://{_AUTHORITY}(?:/{_PCHAR}*)*|(?!//)(?:/?{_PCHAR}+(?:/{_PCHAR}*)*|/)?)"
    rf"(?:\?(?:{_PCHAR}|[/?])*)?"
    rf"(?:#(?:{_PCHAR}|[/?])*)?"
)
_UUID = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_email(text: str) -> bool:
    """Whether `text` is an address by RFC 5321, in its plain form."""
    if len(text) > _LONGEST_EMAIL:
        return False
    match = _EMAIL.fullmatch(text)
    if match is None or len(match["local"]) > _LONGEST_LOCAL_PART:
        return False
    top = match["top"]
    return 2 <= len(top) <= 63 and not top.startswith("-") and not top.endswith("-")


def is_uri(text: str) -> bool:
    """Whether `text` is an absolute URI by RFC 3986; one of http or https also needs a host (RFC 9110, section 4.2)."""
    match = _URI.fullmatch(text)
    if match is None:
        return False
    return bool(match["host"]) or match["scheme"].lower() not in ("http", "https")


def is_uuid(text: str) -> bool:
    """Whether `text` is a UUID in its usual notation: 8-4-4-4-12 hexadecimal digits."""
    return _UUID.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Whether `text` is a day of the calendar, written YYYY-MM-DD."""
    if _DATE.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
