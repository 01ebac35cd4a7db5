"""The paste box: what was pasted is read into the form's blank controls, and what found no place there is told."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from contacts.entry.entry import Entry
from contacts.entry.merging import Left
from contacts.reading import TooLong, parse


@dataclass(frozen=True, slots=True)
class Pasted:
    """A form after its paste box was read.

    `left` found its control filled with something else, `leftovers` are pieces that mean nothing to the reader;
    `too_long` is the most characters that are read, where there were more and none was.
    """

    form: Entry
    left: list[Left] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    too_long: int | None = None


def read_paste(posted: Entry) -> Pasted:
    """Reads the paste box of a posted form into its blank controls; nothing is validated, and nothing typed changes."""
    form = Entry.resumed(posted.held(), token=posted.token, definitions=posted.definitions)
    try:
        reading = parse(form.paste, region=settings.DEFAULT_PHONE_REGION)
    except TooLong as refusal:
        return Pasted(form, too_long=refusal.most)
    merged = form.merge(reading.fields, source=_("From what you pasted"))
    form.is_paste_read = True
    return Pasted(form, left=merged.left, leftovers=reading.leftovers)
