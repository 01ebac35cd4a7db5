"""One shape of a contact: its fields and their limits, how they fold, what is absent, who it is; pure.

Whatever else knows a contact's fields (form, payload, comparison, card, search keys, export) takes them from here.
Absent values are left out: never "", null or []. Reference: POST /contacts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from contacts.leonar import limits
from contacts.text.identity import email_key, linkedin_key, name_key, phone_key, shortened

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Where the API documents no limit, these bound what one contact may cost, far beyond what anybody needs: the characters
# of a text and of an item of a list, the items of a list, the keys of custom data and the characters of their values.
TEXT_MOST = 2_000
ITEM_MOST = 200
ITEMS_MOST = 500
CUSTOM_KEYS_MOST = 100
CUSTOM_VALUE_MOST = 10_000
# Longer texts are no words that anybody would pick from a list.
SHARED_MOST = 100


class Kind(Enum):
    """What the values of a field are, as the API documents them."""

    TEXT = "a line of text"
    TEXTS = "a list of short texts"
    ADDRESSES = "a list of addresses with types, of which a single one may be sent alone"
    LINK = "a web address"
    ID = "a UUID"
    ENUM = "one of a few words"
    BOOLEAN = "yes or no"
    INTEGER = "a whole number"
    OBJECT = "keys with values of any JSON type"
    MOMENT = "a date and time, from Leonar"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a contact, named as the API names it.

    `most` is the most characters of a text, of each item of a list, or of each value of an object; `items_most` the
    most items of a list, or keys of an object. `words` are what people read for the values of an enum or the types of
    addresses; no other value is ever a word. `single` is an address's key in its item, and the name under which the API
    takes one alone. The values of a `is_shared` field are words that many contacts have in common: they are suggested.
    """

    name: str
    kind: Kind
    label: StrPromise
    most: int = TEXT_MOST
    items_most: int = 1
    is_required: bool = False
    words: Mapping[str, StrPromise] = field(default_factory=dict)
    single: str = ""
    is_shared: bool = False


# The enum of global_status.
_STATUSES = {
    "new": _("New"),
    "contacted": _("Contacted"),
    "replied": _("Replied"),
    "qualified": _("Qualified"),
    "archived": _("Archived"),
}
# Those that the reference shows; it leaves the list open.
_ADDRESS_TYPES = {"work": _("Work"), "personal": _("Personal")}


def _by_name(*fields: Field) -> dict[str, Field]:
    return {each.name: each for each in fields}


def _texts(name: str, label: StrPromise, *, most: int = ITEM_MOST) -> Field:
    return Field(name, Kind.TEXTS, label, most=most, items_most=ITEMS_MOST, is_shared=True)


def _addresses(name: str, label: StrPromise, *, single: str, items_most: int) -> Field:
    return Field(name, Kind.ADDRESSES, label, items_most=items_most, words=_ADDRESS_TYPES, single=single)


# What POST /contacts takes, by name, in the order in which people read a contact: on the form, the card, in the export.
FIELDS: Mapping[str, Field] = _by_name(
    Field("first_name", Kind.TEXT, _("First name"), most=limits.NAME_MAX, is_required=True),
    Field("last_name", Kind.TEXT, _("Last name"), most=limits.NAME_MAX),
    _addresses("emails", _("E-mail"), single="email", items_most=limits.EMAILS_MAX),
    _addresses("phones", _("Phone"), single="phone", items_most=limits.PHONES_MAX),
    Field("linkedin_profile", Kind.LINK, _("LinkedIn")),
    Field("location", Kind.TEXT, _("Location"), is_shared=True),
    Field("title", Kind.TEXT, _("Job title"), is_shared=True),
    Field("current_company", Kind.TEXT, _("Company"), is_shared=True),
    Field("years_experience", Kind.INTEGER, _("Years of experience")),
    _texts("skills", _("Skills")),
    _texts("languages", _("Languages")),
    _texts("contact_type", _("Contact type")),
    _texts("tags", _("Tags"), most=limits.TAG_MAX),
    Field("source", Kind.TEXT, _("Source"), is_shared=True),
    Field("global_status", Kind.ENUM, _("Status"), words=_STATUSES),
    Field("do_not_contact", Kind.BOOLEAN, _("Do not contact")),
    Field("company_id", Kind.ID, _("Company id")),
    Field("custom_data", Kind.OBJECT, _("Custom data"), most=CUSTOM_VALUE_MOST, items_most=CUSTOM_KEYS_MOST),
)

# What a created contact has besides, and people want to read.
ADDED_FIELDS: Mapping[str, Field] = _by_name(
    Field("summary", Kind.TEXT, _("Summary")),
    Field("last_contacted_at", Kind.MOMENT, _("Last contacted")),
    Field("created_at", Kind.MOMENT, _("Created")),
    Field("updated_at", Kind.MOMENT, _("Updated")),
    Field("archived_at", Kind.MOMENT, _("Archived")),
)

ADDRESS_FIELDS = tuple(each for each in FIELDS.values() if each.kind is Kind.ADDRESSES)
_BY_SINGLE = {each.single: each for each in ADDRESS_FIELDS}
# Every name that the body of POST /contacts may have.
BODY_NAMES = (*FIELDS, *_BY_SINGLE)


class Key(NamedTuple):
    """Something by which a person is recognised: an "email", "phone", "linkedin" or "name", in its comparable form."""

    kind: str
    value: str


# The keys that two entries of one person share, whatever else is written of them; no two kinds share a value.
ADDRESS_KINDS = ("email", "phone", "linkedin")


def names_of(*kinds: Kind) -> tuple[str, ...]:
    """The names of the fields of these kinds, in FIELDS' order."""
    return tuple(each.name for each in FIELDS.values() if each.kind in kinds)


def field_at(path: str) -> Field | None:
    """The field that a path in a payload is about: `tags`, `email`, `emails.1.type`, `custom_data.x`."""
    name = path.partition(".")[0]
    return FIELDS.get(name) or _BY_SINGLE.get(name) or ADDED_FIELDS.get(name)


def to_api(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The body of POST /contacts for `cleaned`: values by the names of FIELDS, addresses as lists of items."""
    body: dict[str, Any] = {}
    for each in FIELDS.values():
        body |= _sent(each, cleaned.get(each.name))
    return body


def comparable(contact: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a payload or a contact that have a value, each address as an item of its list, in FIELDS' order."""
    values = dict(contact)
    for each in ADDRESS_FIELDS:
        values[each.name] = [_without_absent(item) for item in address_items(contact, each)]
    return {name: values[name] for name in FIELDS if not _is_absent(values.get(name))}


def address_items(contact: Mapping[str, Any], addresses: Field) -> list[Mapping[str, Any]]:
    """The items of a field of addresses in a payload or a contact, each once; anything of another shape is left out.

    The one that stands alone leads, unless it is among the others.
    """
    one = addresses.single
    found: dict[str, Mapping[str, Any]] = {}
    rows = contact.get(addresses.name)
    for row in rows if isinstance(rows, list) else ():
        item = {one: row} if isinstance(row, str) else row
        if isinstance(item, Mapping) and isinstance(text := item.get(one), str) and text:
            found.setdefault(text.casefold(), item)
    alone = contact.get(one)
    if isinstance(alone, str) and alone and alone.casefold() not in found:
        return [{one: alone}, *found.values()]
    return list(found.values())


def full_name(contact: Mapping[str, Any]) -> str:
    """The full name in a payload or a contact."""
    parts = (contact.get("first_name"), contact.get("last_name"))
    return " ".join(part for part in parts if isinstance(part, str) and part)


def company_name(contact: Mapping[str, Any]) -> str:
    """The company in a payload or a contact."""
    value = contact.get("current_company")
    return value if isinstance(value, str) else ""


def email_addresses(contact: Mapping[str, Any]) -> list[str]:
    """Every e-mail address in a payload or a contact, once."""
    return [item["email"] for item in address_items(contact, FIELDS["emails"])]


def phone_numbers(contact: Mapping[str, Any]) -> list[str]:
    """Every phone number in a payload or a contact, once."""
    return [item["phone"] for item in address_items(contact, FIELDS["phones"])]


def shared_words(contact: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The words in a payload that many contacts have in common, each with the name of its field; never raises."""
    found = set()
    for name in (each.name for each in FIELDS.values() if each.is_shared):
        value = contact.get(name)
        texts = value if isinstance(value, list) else [value]
        found |= {(name, text) for text in texts if isinstance(text, str) and 0 < len(text) <= SHARED_MOST}
    return found


def keys(contact: Mapping[str, Any], *, region: str) -> set[Key]:
    """Everything in a payload or a contact by which its person is recognised; never raises.

    `region` is the country of numbers without a prefix. What makes two values the same is said in text/identity.py.
    """
    name, company = name_key(full_name(contact)), name_key(company_name(contact))
    found = address_keys(contact, region=region)
    if name:
        found.add(Key("name", name))
    if name and company:
        found.add(Key("name_company", shortened(f"{name} at {company}")))
    return found


def address_keys(contact: Mapping[str, Any], *, region: str) -> set[Key]:
    """The e-mail addresses, phone numbers and LinkedIn address among the keys."""
    return {key for key in _address_keys(contact, region) if key.value}


def _address_keys(contact: Mapping[str, Any], region: str) -> Iterator[Key]:
    yield from (Key("email", email_key(address)) for address in email_addresses(contact))
    yield from (Key("phone", phone_key(number, region=region)) for number in phone_numbers(contact))
    profile = contact.get("linkedin_profile")
    if isinstance(profile, str):
        yield Key("linkedin", linkedin_key(profile))


def _sent(each: Field, value: Any) -> dict[str, Any]:
    if each.kind is Kind.ADDRESSES:
        return _sent_addresses(each, value or ())
    return {} if _is_absent(value) else {each.name: value}


def _sent_addresses(addresses: Field, rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """A single address without a type stands alone; anything else is a list."""
    items = [{key: row[key] for key in (addresses.single, "type") if row.get(key)} for row in rows]
    if len(items) == 1 and "type" not in items[0]:
        return {addresses.single: items[0][addresses.single]}
    return {addresses.name: items} if items else {}


def _is_absent(value: Any) -> bool:
    # 0 years are a value. An unticked box is none: the API tells "no" from "not said".
    return value is None or value is False or (isinstance(value, str | list | dict) and not value)


def _without_absent(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if not _is_absent(value)}
