"""Finding contacts: what is compared, without regard to case and accents, and in which order it comes back."""

import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from leonar_sandbox.contract import DEFAULT_LIMIT


def fold(text: str | None) -> str:
    """`text` as searches compare it: no case, no accents."""
    if not text:
        return ""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(character for character in plain if not unicodedata.combining(character)).casefold()


class Entry:
    """A contact with what searches compare, worked out when a search first needs it."""

    def __init__(self, contact: dict[str, Any]) -> None:
        self.contact = contact

    @cached_property
    def name(self) -> str:
        """First and last name, folded."""
        return fold(f"{self.contact['first_name']} {self.contact['last_name'] or ''}".strip())

    @cached_property
    def searched(self) -> tuple[str, ...]:
        """The values that `search` looks into, folded."""
        others = ("current_company", "title", "linkedin_profile")
        return (self.name, *(fold(self.contact[field]) for field in others))

    def contains(self, field: str, part: str) -> bool:
        """Whether the folded value of `field` has `part` somewhere in it."""
        return part in fold(self.contact[field])

    def shares(self, field: str, wanted: set[str]) -> bool:
        """Whether one item of the list in `field` is among the folded `wanted`."""
        return any(fold(item) in wanted for item in self.contact[field] or [])


class Page(NamedTuple):
    """One page of an answer, and how many there are in all."""

    contacts: list[dict[str, Any]]
    total: int
    limit: int
    offset: int


def find(entries: Iterable[Entry], search: dict[str, Any]) -> Page:
    """The page of contacts that a checked search asks for; newest first unless it says otherwise."""
    found = [entry for entry in entries if _in_days(entry, search)]
    if text := fold(search.get("query")):
        found = [entry for entry in found if any(text in value for value in entry.searched)]
    if name := fold(search.get("name")):
        found = [entry for entry in found if name in entry.name]
    for parameter, field in (("title", "title"), ("company", "current_company"), ("location", "location")):
        if part := fold(search.get(parameter)):
            found = [entry for entry in found if entry.contains(field, part)]
    for parameter, field in (("contact_types", "contact_type"), ("tags", "tags")):
        if wanted := {fold(item) for item in search.get(parameter, [])}:
            found = [entry for entry in found if entry.shares(field, wanted)]
    return _page(found, search)


def _in_days(entry: Entry, search: dict[str, Any]) -> bool:
    """`created_after` takes its own day in, `created_before` does not: both mean that day's first moment, in UTC."""
    created_at = entry.contact["created_at"]
    return bool(search.get("created_after", "") <= created_at < search.get("created_before", "9999-99-99"))


def _page(found: list[Entry], search: dict[str, Any]) -> Page:
    field = search.get("sort_by", "created_at")
    descending = search.get("sort_direction", "desc") == "desc"
    if descending:
        # Sorting keeps the order of equals: within one millisecond, the later one still counts as newer.
        found.reverse()
    found.sort(key=lambda entry: fold(entry.contact[field]), reverse=descending)
    limit, offset = search.get("limit", DEFAULT_LIMIT), search.get("offset", 0)
    return Page([entry.contact for entry in found[offset : offset + limit]], len(found), limit, offset)
