"""The LinkedIn profile of somebody with another name."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from contacts.entry.hints.base import Hint, Typed
from contacts.text.folding import fold
from contacts.text.links import linkedin_name

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "o", "ł": "l", "å": "a"})
_TELLING_LEAST = 3


class ProfileOfAnotherName:
    """in/karim-haddad for Sophie Martin. Most addresses hold the last name; some people chose another."""

    id = "profile"

    def hints(self, contact: Typed) -> Iterator[Hint]:
        """At most one."""
        profile = linkedin_name(contact.linkedin_profile)
        name = contact.last_name
        if not profile or not name:
            return
        words = _letters(name) | _letters(name.casefold().translate(_GERMAN))
        # Of a name in other letters than the address, nothing can be said.
        if not words or not all(word.isascii() for word in words) or any(word in _joined(profile) for word in words):
            return
        yield Hint(
            self.id,
            "linkedin_profile",
            _("This LinkedIn address does not have the name “%(name)s” in it.") % {"name": name},
            about=f"{profile}\n{name}",
        )


def _letters(name: str) -> set[str]:
    words = re.split(r"[^\w]+", fold(name).replace("'", "").replace("’", ""))
    long = {word for word in words if len(word) >= _TELLING_LEAST}
    return long or ({"".join(words)} - {""})


def _joined(profile: str) -> str:
    return re.sub(r"[\W_]+", "", fold(profile))
