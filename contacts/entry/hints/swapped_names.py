"""A first name in the place of the last one."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from contacts.entry.hints.base import Hint, Typed
from contacts.reading.words import people
from contacts.text.folding import fold


class SwappedNames:
    """Martin, Sophie: the other way round."""

    id = "swapped"

    def hints(self, contact: Typed) -> Iterator[Hint]:
        """At most one."""
        first, last = contact.first_name, contact.last_name
        if not first or not _is_given(last) or fold(last) in people.FAMILY_FIRST:
            return
        # Two first names are a name like any other, unless capitals mark the first of them as the last name.
        if _is_given(first) and not (first.isupper() and len(first) > 1 and not last.isupper()):
            return
        yield Hint(
            self.id,
            "first_name",
            _("“%(last)s” is a first name: first and last name may be swapped.") % {"last": last},
            about=f"{first}\n{last}",
            fix={"first_name": last, "last_name": first},
            fix_label=_("Swap them"),
        )


def _is_given(name: str) -> bool:
    words = fold(name).replace("-", " ").split()
    return bool(words) and all(word in people.GIVEN for word in words)
