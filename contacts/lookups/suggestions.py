"""What may be meant by what is being typed: what people of this workspace used, most used first, and Leonar's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from contacts.contact import FIELDS, SHARED_MOST
from contacts.lookups import companies, tags
from contacts.models import UsedValue
from contacts.text.folding import fold
from contacts.text.storable import storable_text

FIELDS_SUGGESTED = tuple(name for name, each in FIELDS.items() if each.is_shared)
# As many as a page keeps and looks through at each key.
KNOWN_MOST = 500
FOUND_MOST = 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One word; `company_id` is that of a company in Leonar. `is_leonars`: Leonar has it, spelt like this."""

    value: str
    company_id: str = ""
    is_leonars: bool = False


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The words for a field; `has_more` where there are others, to be found by their beginning."""

    words: list[Suggestion]
    has_more: bool


def known(field: str) -> Suggestions:
    """The words that are used most, and Leonar's."""
    rows = UsedValue.objects.here().filter(field=field, uses__gt=0).order_by("-uses")[: KNOWN_MOST + 1]
    used = list(rows.values_list("value", flat=True))
    has_more = len(used) > KNOWN_MOST or field == "current_company"
    return Suggestions(_merged(used[:KNOWN_MOST], _leonars(field)), has_more)


def beginning_with(field: str, text: str) -> Suggestions:
    """The words that begin with `text`, without regard to case and accents; companies, as Leonar finds them."""
    key = fold(storable_text(text))
    if not key or len(key) > SHARED_MOST:
        return Suggestions([], has_more=False)
    rows = UsedValue.objects.here().filter(field=field, key__startswith=key, uses__gt=0).order_by("-uses")
    used = rows.values_list("value", flat=True)[:FOUND_MOST]
    leonars = (each for each in _leonars(field) if fold(each.value).startswith(key))
    if field == "current_company":
        leonars = (Suggestion(name, id_, is_leonars=True) for name, id_ in companies.search(text))
    return Suggestions(_merged(used, leonars), has_more=False)


def _leonars(field: str) -> Iterable[Suggestion]:
    return [Suggestion(name, is_leonars=True) for name in tags.names()] if field == "tags" else []


def _merged(used: Iterable[str], leonars: Iterable[Suggestion]) -> list[Suggestion]:
    """Each word once: as Leonar spells it, else as most people did. Several companies may share a name."""
    own = list(leonars)
    by_key = {fold(each.value): each for each in own}
    found: dict[tuple[str, str], Suggestion] = {}
    for each in chain((by_key.get(fold(value)) or Suggestion(value) for value in used), own):
        found.setdefault((fold(each.value), each.company_id), each)
    return list(found.values())
