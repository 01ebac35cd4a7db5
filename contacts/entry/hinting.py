"""What the page's buttons do with a hint where there are no scripts: take its fix over, or dismiss it."""

from django.utils.translation import gettext as _

from contacts.entry.entry import Entry
from contacts.entry.hints import fixed
from contacts.entry.merging import Mark


def fix(posted: Entry, key: str) -> Entry:
    """The form with the fix of one hint taken over; what stood there before is said at the control."""
    held, hint = fixed(posted.held(), key)
    form = Entry.resumed(held, token=posted.token, definitions=posted.definitions)
    form.pinned = posted.pinned
    for control in hint.fix if hint else ():
        before = "".join(posted.held().get(control, []))
        form.mark(control, Mark(_("Changed. Before: %(before)s") % {"before": before or "–"}, before))
    return form


def dismiss(posted: Entry, key: str) -> Entry:
    """The form without one hint."""
    form = posted.unposted()
    form.dismissed = " ".join([*posted.dismissed.split(), key])
    return form


# What the buttons at a hint post, with its key.
ACTS = {"fix": fix, "dismiss": dismiss}
