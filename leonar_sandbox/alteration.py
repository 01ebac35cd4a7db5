"""Ways in which Leonar may keep a contact otherwise than it was sent."""

from collections.abc import Callable
from typing import Any

Contact = dict[str, Any]


def alter(contact: Contact, how: str) -> None:
    """Changes a new contact in place, in the way named; "none" leaves it as it is."""
    _WAYS[how](contact)


def _first_email(contact: Contact) -> None:
    contact["emails"] = (contact["emails"] or [])[:1] or None


def _no_hyphens(contact: Contact) -> None:
    for part in ("first_name", "last_name"):
        contact[part] = contact[part] and contact[part].replace("-", " ")


def _capitals(contact: Contact) -> None:
    contact["last_name"] = contact["last_name"] and contact["last_name"].upper()


def _no_zone(contact: Contact) -> None:
    contact["created_at"] = contact["created_at"].removesuffix("Z")


_WAYS: dict[str, Callable[[Contact], None]] = {
    "none": lambda contact: None,
    "first_email": _first_email,
    "no_hyphens": _no_hyphens,
    "capitals": _capitals,
    "no_zone": _no_zone,
}
ALTERATIONS = tuple(_WAYS)
