"""What a password may not be, beside the common ones that Django knows."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

OWN_WORDS = (
    "leonar", "portal", "recruiter", "recruiting", "recruitment", "contacts", "contact", "candidates", "candidate",
    "admin", "sandbox", "crm", "password", "welcome", "login", "sign", "in", "the", "my", "of", "and",
)  # fmt: skip
# What people add to a word to make it look like a password.
SPELT = str.maketrans("013457@$!€", "oleastasie")
MADE_OF_OWN_WORDS = re.compile(f"(?:{'|'.join(sorted(OWN_WORDS, key=len, reverse=True))})+")
# A longer one says more than these words.
LONGEST_LOOKED_AT = 64


HINT = gettext_lazy(
    "Ten characters or more. A few words that belong to nobody else are easy to keep and hard to guess."
)


class OwnWordsValidator:
    """Refuses what is made of the portal's own words, whatever digits and signs stand around and between them."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError where it is."""
        if len(password) > LONGEST_LOOKED_AT:
            return
        typed = password.lower()
        for spelling in (typed, typed.translate(SPELT)):
            letters = "".join(filter(str.isalpha, spelling))
            if letters and MADE_OF_OWN_WORDS.fullmatch(letters):
                raise ValidationError(
                    _("This password is made of words that anybody here would try."), code="password_own_words"
                )

    def get_help_text(self) -> str:
        """What is asked for, in a sentence."""
        return _("Your password can't be made of words such as “leonar” and “portal” alone.")
