"""What may be right all the same: asked once, at the first press, and sent as it stands at the next.

A question is no error. The page that asks carries hidden what it asked; posted again as it stands, the form goes
through. The id names the value, so that a changed one is asked about anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from contacts.entry.rows import AddressRows

# As much of a digest as no two values of one form share.
_ID_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to look at again: what it is about (`label`), the words, and the control."""

    id: str
    label: str
    message: str
    control_id: str


def about_phones(rows: AddressRows) -> Iterator[Question]:
    """One for each number of valid rows that can't be right."""
    for place, item in rows.sent.items():
        row = rows.forms[place]
        if not row.may_be_right:
            message = _("“%(number)s” does not look like a complete phone number.") % {"number": item["phone"]}
            label = f"{row['phone'].label} {place + 1}"
            yield Question(_id("phone", item["phone"]), label, message, row["phone"].id_for_label)


def about_paste(text: str) -> Question:
    """Of text in the paste box that would be sent nowhere."""
    return Question(_id("paste", text), _("Paste box"), _("what you pasted is not in the form."), "id_paste")


def about_twin(who: Iterable[str], message: str) -> Question:
    """Of somebody who was entered before; `who` is everything by which that person is recognised, in one form."""
    return Question(_id("twin", "\n".join(sorted(who))), _("Entered before"), message, "duplicates")


def about_twin_in_leonar(who: Iterable[str], message: str) -> Question:
    """Of somebody whom Leonar holds, from wherever; `who` as above."""
    return Question(_id("in Leonar", "\n".join(sorted(who))), _("In Leonar already"), message, "id_first_name")


def _id(kind: str, value: str) -> str:
    return sha256(f"{kind}\n{value}".encode()).hexdigest()[:_ID_CHARACTERS]
