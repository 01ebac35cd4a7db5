"""The workspace's tags, as Leonar spells them."""

from contacts.leonar import limits
from contacts.lookups import leonar_lists
from contacts.text.text import clean_text

# The scopes of tags that a contact may have; a tag that names none may be for contacts too.
SCOPES = ("global", "contact", None)


def names() -> list[str]:
    """Each tag's name once, in Leonar's order; whatever is no tag of a contact's is passed over."""
    found: dict[str, None] = {}
    for item in leonar_lists.items(leonar_lists.Kind.TAGS):
        name, scope = item.get("name"), item.get("scope")
        if isinstance(name, str) and scope in SCOPES and 0 < len(name) <= limits.TAG_MAX and clean_text(name) == name:
            found.setdefault(name)
    return list(found)
