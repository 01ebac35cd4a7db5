"""An address of a public mail provider that is typed as one of work."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from contacts.entry.hints.base import Hint, Typed
from contacts.entry.hints.mail_domains import FREE
from contacts.text.email import clean_email


class FreeMailAsWork:
    """gmail.com as Work: more likely personal."""

    id = "free-mail"

    def hints(self, contact: Typed) -> Iterator[Hint]:
        """One for each such row."""
        for place, address, type_ in contact.emails:
            domain = clean_email(address).rpartition("@")[2].casefold()
            if type_ == "work" and domain in FREE:
                yield Hint(
                    self.id,
                    f"emails-{place}-email",
                    _("%(domain)s is a public mail provider, and the address is marked as Work.") % {"domain": domain},
                    about=f"{address} {type_}",
                    fix={f"emails-{place}-type": "personal"},
                    fix_label=_("Mark as Personal"),
                )
