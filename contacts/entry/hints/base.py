"""What every hint is made of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple, Protocol, Self

from contacts.text.text import clean_text

_KEY_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to look at again: the control it is about, a sentence, and what would mend it, if anything would.

    `fix` has the new value of each control that changes. `key` names the check and the value, and tells neither: once
    dismissed, the hint is gone until the value is another.
    """

    check: str
    control: str
    message: str
    about: str = field(repr=False)
    fix: Mapping[str, str] = field(default_factory=dict)
    fix_label: str = ""

    @property
    def key(self) -> str:
        """What it is dismissed by."""
        digest = sha256(f"{self.control}\n{self.about}".encode()).hexdigest()[:_KEY_CHARACTERS]
        return f"{self.check}.{digest}"


class Address(NamedTuple):
    """One row of addresses: its place on the page, the address, its type."""

    place: int
    value: str
    type: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What the checks look at, as it stands in the form and whether or not it is valid."""

    first_name: str
    last_name: str
    linkedin_profile: str
    location: str
    emails: list[Address]
    phones: list[Address]

    @classmethod
    def of(cls, typed: Mapping[str, list[str]]) -> Self:
        """Of the values of a form's controls, by their names."""
        values = {name: clean_text(items[-1]) for name, items in typed.items() if items}
        return cls(
            first_name=values.get("first_name", ""),
            last_name=values.get("last_name", ""),
            linkedin_profile=values.get("linkedin_profile", ""),
            location=values.get("location", ""),
            emails=_rows(values, "emails", "email"),
            phones=_rows(values, "phones", "phone"),
        )


class Check(Protocol):
    """One kind of hint."""

    id: str

    def hints(self, contact: Typed) -> Iterator[Hint]:
        """What it finds; quick, and never raises."""


def _rows(values: Mapping[str, str], prefix: str, single: str) -> list[Address]:
    found = []
    for name, value in values.items():
        place = re.fullmatch(rf"{prefix}-(\d)-{single}", name)
        if place and value:
            found.append(Address(int(place[1]), value, values.get(f"{prefix}-{place[1]}-type", "")))
    return sorted(found)
