"""What a row of the history says beside its state: why it stands there, in one line; and what can be done with it."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.contact import email_addresses
from contacts.delivery.gate import Standing
from contacts.models import Submission
from contacts.wording.cards import field_label
from contacts.wording.gate_notice import closed_because
from contacts.wording.reasons import sentence, what_is_known
from contacts.wording.stories import acts_next_at
from contacts.wording.times import say_when

State = Submission.State
# A line of the list, not a letter; the whole text stands on the record.
WHY_MOST = 140


class RowAct(NamedTuple):
    """Something that can be done from a row: a link, or a button that posts where `is_post`."""

    word: str
    address: str
    is_post: bool = False


def why(submission: Submission, standing: Standing, now: datetime) -> str:
    """Why it is in its state, in one line; "" where the state says it all."""
    line = " ".join(_why(submission, standing, now).split())
    return line if len(line) <= WHY_MOST else f"{line[: WHY_MOST - 1]}…"


def who_it_is(submission: Submission, both: str) -> str:
    """Title and company, as far as they are known; `both` is how they are said together, title_at_company."""
    title = submission.payload.get("title")
    title = title if isinstance(title, str) else ""
    if title and submission.company:
        return both % {"title": title, "company": submission.company}
    return title or submission.company


def title_at_company() -> str:
    """How a title and a company are said together, before it is known which."""
    return _("%(title)s at %(company)s")


def mail(submission: Submission) -> tuple[str, int]:
    """The first e-mail address, and how many more there are."""
    addresses = email_addresses(submission.payload)
    return (addresses[0], len(addresses) - 1) if addresses else ("", 0)


def acts(submission: Submission, *, record: str) -> Iterator[RowAct]:
    """What its state lets one do with it, the usual first; given the address of its record."""
    if submission.may_be_corrected:
        yield RowAct(_("Correct"), f"{record}#correction")
    if submission.may_be_decided:
        yield RowAct(_("Check again"), reverse("check_again", args=[submission.pk]), is_post=True)
        yield RowAct(_("Check, then send again"), reverse("send_again", args=[submission.pk]), is_post=True)


def entered_anew(key: object) -> RowAct:
    """What can be done with every submission besides opening it; given its key."""
    return RowAct(_("Use for a new entry"), f"{reverse('entry')}?from={key}")


def _why(submission: Submission, standing: Standing, now: datetime) -> str:
    match submission.state:
        case State.REJECTED:
            return _refused(submission)
        case State.UNCONFIRMED:
            return _unconfirmed(submission, standing, now)
        case State.QUEUED if not standing.is_open:
            return closed_because(standing, now)
        case State.QUEUED:
            when = {"when": say_when(submission.due_at or now, now)}
            return f"{sentence(submission.reason)} {_('Goes out %(when)s.') % when}"
        case State.CREATED if submission.settled_by == Submission.SettledBy.CHECK:
            return _("Found by checking")
        case State.CREATED if submission.settled_by == Submission.SettledBy.PERSON:
            return _("Picked by a person")
        case State.DISCARDED:
            return submission.discard_reason
    return ""


def _refused(submission: Submission) -> str:
    message = submission.error_message or sentence(submission.reason)
    if not submission.error_field:
        return message
    # Leonar may name the field itself.
    return f"{field_label(submission.error_field)}: {message.removeprefix(f'{submission.error_field}: ')}"


def _unconfirmed(submission: Submission, standing: Standing, now: datetime) -> str:
    known = what_is_known(submission.reason)
    if submission.due_at is None:
        return known
    at = acts_next_at(submission, standing, now)
    return f"{known} {_('Next check %(when)s.') % {'when': say_when(at, now)}}" if at else known
