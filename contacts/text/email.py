"""The address in what was pasted."""

from urllib.parse import unquote

from contacts.text.domains import ascii_domain
from contacts.text.text import clean_text


def clean_email(text: str) -> str:
    """The address in what was pasted: `mailto:`, `Name <address>`, trailing commas; its domain in ASCII.

    Returns the text as it is where the domain has no ASCII form; to validate is the field's job.
    """
    text = _out_of_brackets(clean_text(text).strip(' ,;"'))
    scheme, _colon, rest = text.partition(":")
    if scheme.casefold() == "mailto":
        text = clean_text(unquote(rest.partition("?")[0]))
    local, at, domain = (part.strip() for part in text.rstrip(" .,;").rpartition("@"))
    return f"{local}{at}{ascii_domain(domain)}"


def _out_of_brackets(text: str) -> str:
    """The address of `Name <address>`. Text that holds another address as well stays whole: none may be lost."""
    name, bracket, rest = text.partition("<")
    address, _end, after = rest.partition(">")
    if not bracket or after or ("@" in name and name.strip() not in address):
        return text.strip("<>")
    return address.strip()
