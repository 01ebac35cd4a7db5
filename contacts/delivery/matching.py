"""Which contact in Leonar an attempt created: the rule that decides a link, free of database and network.

A wrong link is worse than none, so a contact fits only if it carries what was sent: the same name, and a matching
e-mail address, phone number or LinkedIn address (or, where none of these was sent, the same company), created while
the attempt may have been at work.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.dateparse import parse_datetime

from contacts.contact import Key, address_keys, company_name, email_addresses, full_name
from contacts.text.folding import fold

# Leonar's clock may differ from ours by this much.
CLOCK_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: the payload as it was sent, and from when on it may have been created."""

    payload: Mapping[str, Any]
    earliest: datetime

    @property
    def name(self) -> str:
        """The full name, as it was sent."""
        return full_name(self.payload)

    def searches(self) -> list[str]:
        """The texts to search Leonar for."""
        linkedin = self.payload.get("linkedin_profile")
        return [self.name, *([linkedin] if linkedin else [])]

    def searched_for(self) -> dict[str, Any]:
        """What was looked for, for the record and for the person who decides."""
        keys = ("first_name", "last_name", "email", "emails", "phone", "phones", "linkedin_profile", "current_company")
        return {key: self.payload[key] for key in keys if key in self.payload}


def fitting(wanted: Wanted, contacts: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those of `contacts` that may be the one the attempt created."""
    return [contact for contact in contacts if fits(wanted, contact)]


def fits(wanted: Wanted, contact: Mapping[str, Any]) -> bool:
    """Whether `contact` may be the one that was sent as `wanted`."""
    created_at = _moment(contact.get("created_at"))
    if not _is_uuid(contact.get("id")) or created_at is None or created_at < wanted.earliest - CLOCK_SKEW:
        return False
    if fold(full_name(contact)) != fold(wanted.name):
        return False
    sent = _address_keys(wanted.payload)
    if sent:
        return bool(sent & _address_keys(contact)) and _emails(wanted.payload) <= _emails(contact)
    return fold(company_name(wanted.payload)) == fold(company_name(contact))


def _address_keys(contact: Mapping[str, Any]) -> set[Key]:
    return address_keys(contact, region=settings.DEFAULT_PHONE_REGION)


def _emails(contact: Mapping[str, Any]) -> set[str]:
    return {address.casefold().strip() for address in email_addresses(contact)}


def _is_uuid(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(UUID(text))
    except ValueError:
        return False


def _moment(text: object) -> datetime | None:
    try:
        moment = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
