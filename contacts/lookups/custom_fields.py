"""The workspace's own fields, as Leonar last defined them."""

from contacts.entry.custom_fields import Definition, read_definitions
from contacts.lookups import leonar_lists
from contacts.lookups.leonar_lists import Kind


def definitions() -> tuple[Definition, ...]:
    """In their order; none where Leonar has never said. Asks Leonar now and then."""
    return read_definitions(leonar_lists.items(Kind.CUSTOM_FIELDS))


def known_definitions() -> tuple[Definition, ...]:
    """The same without asking: for a form that comes from a page, which has asked."""
    return read_definitions(leonar_lists.items(Kind.CUSTOM_FIELDS, may_ask=False))
