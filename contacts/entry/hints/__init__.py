"""Hints: what looks like a slip in a form that is being filled. Never an error, never in the way.

Each kind is one small class in a module of its own; it stands in CHECKS, and the page follows. None may be certain.
"""

from collections.abc import Collection, Mapping

from contacts.entry.hints.base import Check, Hint, Typed
from contacts.entry.hints.free_mail import FreeMailAsWork
from contacts.entry.hints.misspelt_domain import MisspeltDomain
from contacts.entry.hints.phone_country import PhoneCountry
from contacts.entry.hints.profile_name import ProfileOfAnotherName
from contacts.entry.hints.swapped_names import SwappedNames

CHECKS: tuple[Check, ...] = (
    SwappedNames(),
    MisspeltDomain(),
    FreeMailAsWork(),
    PhoneCountry(),
    ProfileOfAnotherName(),
)


def hints(typed: Mapping[str, list[str]], *, dismissed: Collection[str] = ()) -> list[Hint]:
    """What may be a slip in a form as it was typed, without those whose keys were dismissed."""
    contact = Typed.of(typed)
    found = (hint for check in CHECKS for hint in check.hints(contact))
    return [hint for hint in found if hint.key not in dismissed]


def fixed(typed: Mapping[str, list[str]], key: str) -> tuple[dict[str, list[str]], Hint | None]:
    """The form with one hint's fix applied, and the hint; as it was where there is no such hint any more."""
    hint = next((hint for hint in hints(typed) if hint.key == key), None)
    changes = {control: [value] for control, value in hint.fix.items()} if hint else {}
    return {**typed, **changes}, hint
