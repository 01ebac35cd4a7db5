"""Which contact in Leonar an attempt created: the rule that decides a link, free of database and network.

A wrong link is worse than none, and "it isn't there" said of a contact that the search returned is as bad: it would be
sent a second time. So a contact is the one only if everything speaks for it, and nothing at all only if nothing does.
Whatever Leonar returns, nothing here raises.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.utils.dateparse import parse_datetime

from contacts.contact import Key, address_keys, company_name, full_name
from contacts.text.folding import fold
from contacts.text.identity import name_key
from contacts.text.ids import read_id

# Where nothing is known of it, Leonar's clock may differ from ours by this much.
SKEW_UNKNOWN = timedelta(minutes=5)
# `Date` headers are whole seconds, and take a moment to come.
SKEW_MARGIN = timedelta(seconds=2)
# Longer than any time or name that is written down; what is longer is not worth the time that comparing it takes.
MOMENT_CHARACTERS = 64
TEXT_CHARACTERS = 1000


class Likeness(Enum):
    """How much speaks for a contact."""

    THE_ONE = "the one"
    ALIKE = "something like it"
    OTHER = "another"


@dataclass(frozen=True, slots=True)
class Window:
    """When, on Leonar's clock, the attempts may have created something."""

    earliest: datetime
    latest: datetime

    @classmethod
    def of(cls, began: datetime, ended: datetime, *, skew: timedelta | None) -> Self:
        """The attempts were under way from `began` to `ended` on our clock; `skew` is what Leonar's reads more."""
        if skew is None:
            return cls(began - SKEW_UNKNOWN, ended + SKEW_UNKNOWN)
        return cls(began + skew - SKEW_MARGIN, ended + skew + SKEW_MARGIN)

    def __contains__(self, moment: datetime) -> bool:
        return self.earliest <= moment <= self.latest


@dataclass(frozen=True, slots=True)
class Traits:
    """By what a payload or a contact is told from others, worked out once."""

    name: str
    bare_names: frozenset[str]
    company: str
    keys: frozenset[Key]

    @classmethod
    def of(cls, contact: Mapping[str, Any]) -> Self:
        """The traits of a payload or a contact of whatever shape."""
        name = fold(full_name(contact)[:TEXT_CHARACTERS])
        # With a hyphen for a space, and with nothing for it.
        bare_names = {name_key(name), "".join(filter(str.isalnum, name))}
        return cls(
            name=name,
            bare_names=frozenset(bare_names - {""}),
            company=fold(company_name(contact)[:TEXT_CHARACTERS]),
            keys=frozenset(address_keys(contact, region=settings.DEFAULT_PHONE_REGION)),
        )

    @property
    def emails(self) -> frozenset[Key]:
        """The e-mail addresses among the keys."""
        return frozenset(key for key in self.keys if key.kind == "email")

    def is_same(self, held: Self) -> bool:
        """Whether `held` carries what was sent as this: the name, and what tells its person from namesakes."""
        if not self.name or held.name != self.name:
            return False
        if self.keys:
            return bool(self.keys & held.keys) and self.emails <= held.emails
        return held.company == self.company

    def is_like(self, held: Self, *, is_in_time: bool) -> bool:
        """Whether anything of what was sent as this speaks for `held`.

        Where a name was all that it could be known by, the time says nothing against it: a clock may have been wrong.
        """
        if self.keys & held.keys:
            return True
        return (is_in_time or not self.keys) and self._has_name_of(held)

    def _has_name_of(self, held: Self) -> bool:
        """Whether the names are the same but for their punctuation."""
        return bool(self.name and held.name == self.name) or bool(held.bare_names & self.bare_names)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: everything that was sent with an unknown outcome, and when it may have been created."""

    sent: tuple[Traits, ...]
    window: Window

    def likeness(self, contact: Mapping[str, Any]) -> Likeness:
        """How much speaks for `contact`, a contact as Leonar's search returned it."""
        held, created_at = Traits.of(contact), moment(contact.get("created_at"))
        if created_at is None:
            return Likeness.ALIKE
        is_in_time = created_at in self.window
        if is_in_time and contact_id(contact) is not None and any(sent.is_same(held) for sent in self.sent):
            return Likeness.THE_ONE
        if any(sent.is_like(held, is_in_time=is_in_time) for sent in self.sent):
            return Likeness.ALIKE
        return Likeness.OTHER

    def may_claim(self, contact: Mapping[str, Any]) -> bool:
        """Whether this may have created `contact`, so that nobody else may be given it without a person."""
        created_at = moment(contact.get("created_at"))
        if created_at is None or created_at not in self.window:
            return False
        held = Traits.of(contact)
        return any(sent.is_same(held) or sent.keys & held.keys for sent in self.sent)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: contacts that may each be the one, and others that look like it."""

    the_one: list[Mapping[str, Any]]
    alike: list[Mapping[str, Any]]


def judge(wanted: Wanted, contacts: Iterable[Mapping[str, Any]]) -> Found:
    """Parts `contacts` by their likeness; those that are somebody else are left out."""
    found = Found([], [])
    for contact in contacts:
        likeness = wanted.likeness(contact)
        if likeness is Likeness.THE_ONE:
            found.the_one.append(contact)
        elif likeness is Likeness.ALIKE:
            found.alike.append(contact)
    return found


def contact_id(contact: Mapping[str, Any]) -> UUID | None:
    """The id of a contact; None where it has none that could be linked."""
    return read_id(contact.get("id"))


def moment(value: object) -> datetime | None:
    """A time with its zone; None for anything else."""
    if not isinstance(value, str) or len(value) > MOMENT_CHARACTERS:
        return None
    try:
        parsed = parse_datetime(value)
        return parsed.astimezone(UTC) if parsed is not None and parsed.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
