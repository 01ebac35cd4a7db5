"""A mail address whose domain is one slip away from a provider's."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from contacts.entry.hints.base import Hint, Typed
from contacts.entry.hints.mail_domains import FREE, MISTYPED
from contacts.text.email import clean_email

# Slips for "com" that are no ending that anybody has, or hardly anybody.
_NO_COM = {"con", "cmo", "ocm", "comm", "coom", "vom", "xom", "cim", "cpm", "om", "cm", "co", "c0m", "dom", "cok"}
_ONLY_COM = {"gmail.com", "googlemail.com", "icloud.com"}


class MisspeltDomain:
    """gmial.com is gmail.com."""

    id = "domain"

    def hints(self, contact: Typed) -> Iterator[Hint]:
        """One for each such address."""
        for place, address, _type in contact.emails:
            local, at, domain = clean_email(address).rpartition("@")
            meant = meant_domain(domain.casefold())
            if at and meant:
                yield Hint(
                    self.id,
                    f"emails-{place}-email",
                    _("“%(domain)s” may be a slip for %(meant)s.") % {"domain": domain, "meant": meant},
                    about=address,
                    fix={f"emails-{place}-email": f"{local}@{meant}"},
                    fix_label=_("Change to %(domain)s") % {"domain": meant},
                )


def meant_domain(domain: str) -> str:
    """The provider's domain that `domain` is one slip away from; "" where there is none."""
    name, _dot, ending = domain.partition(".")
    if domain in FREE or not ending:
        return ""
    for known in MISTYPED:
        known_name, _dot, known_ending = known.partition(".")
        if name == known_name and (known in _ONLY_COM or (known_ending == "com" and ending in _NO_COM)):
            return known
        if ending == known_ending and is_one_slip(name, known_name):
            return known
    return ""


def is_one_slip(one: str, other: str) -> bool:
    """Whether one letter too many, too few or wrong, or two that changed places, make the one of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )
