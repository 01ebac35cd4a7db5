"""What a submission's page says about its state, in the recruiter's words, and when something happens next.

Pure presentation: no queries, no decisions about delivery. The words follow the failure table of docs/delivery.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.delivery.gate import Standing
from contacts.models import Reason, Submission
from contacts.operations.alerts import OVERDUE
from contacts.wording.gate_notice import closed_because, key_trouble, who_acts
from contacts.wording.reasons import OUTCOME_UNKNOWN, sentence, what_is_known
from contacts.wording.states import state_label
from contacts.wording.times import say_when

State = Submission.State
Finding = Submission.Finding


@dataclass(frozen=True, slots=True)
class Story:
    """What happened to a submission: one sentence, then what is known, what comes next, what the person may do."""

    meaning: str
    icon: str
    title: str
    lines: list[str]


def tell(submission: Submission, standing: Standing, now: datetime) -> Story:
    """The story of `submission` as things stand `now`."""
    meaning = state_label(submission).meaning
    title, lines = _TELLERS[State(submission.state)](submission, standing, now)
    return Story(meaning, meaning, title, [line for line in lines if line])


def acts_next_at(submission: Submission, standing: Standing, now: datetime) -> datetime | None:
    """When the portal acts on `submission` automatically; None where it is done or waits for a person."""
    if submission.due_at is None or submission.state == State.SENDING or standing.is_open:
        return submission.due_at
    if standing.until is None:
        return None
    return max(submission.due_at, standing.until, now)


def changes_by_itself(submission: Submission) -> bool:
    """Whether the page is worth looking at again without anybody acting on this submission."""
    return submission.due_at is not None


Told = tuple[str, list[str]]


def _queued(submission: Submission, standing: Standing, now: datetime) -> Told:
    if standing.is_open:
        return _queued_and_open(submission, now)
    title = _("Saved. %(why)s") % {"why": closed_because(standing, now)}
    if standing.until is None:
        trouble = key_trouble(standing.detail) if standing.reason == Reason.KEY_REFUSED else ""
        afterwards = _("It is sent automatically afterwards; there is no need to type it again.")
        return title, [trouble, who_acts(), afterwards]
    if standing.reason == Reason.RATE_LIMITED:
        return title, [_("It will be sent automatically then; there is nothing you have to do.")]
    again = _("It will be sent automatically; next try %(when)s.") % {"when": _next(submission, standing, now)}
    return title, [again, who_acts() if standing.reason == Reason.UNTRUSTED else ""]


def _queued_and_open(submission: Submission, now: datetime) -> Told:
    due_at = submission.due_at or now
    if now - due_at > OVERDUE:
        return _("Saved, but not sent yet."), [
            _("It should have gone out by now: the portal's deliverer seems not to be running."),
            _("An admin can start it; it will then be sent automatically. There is no need to type it again."),
        ]
    again = _("It will be sent automatically, %(when)s.") % {"when": say_when(due_at, now)}
    if submission.reason == Reason.RATE_LIMITED:
        return _("Saved. Leonar's hourly limit was reached."), [again]
    if submission.reason in (Reason.UNREACHABLE, Reason.UNTRUSTED, Reason.HUNG):
        return _("Saved. The last try did not get through to Leonar."), [again]
    if submission.reason in (Reason.KEY_REFUSED, Reason.ADDRESS_WRONG):
        return _("Saved. The way to Leonar is open again."), [again]
    return _("Saved. On its way to Leonar."), [again]


def _next(submission: Submission, standing: Standing, now: datetime) -> str:
    return say_when(acts_next_at(submission, standing, now) or now, now)


def _sending(submission: Submission, standing: Standing, now: datetime) -> Told:
    if submission.due_at is not None and submission.due_at <= now:
        return _("Sent, but nothing was heard of it."), [
            _("The portal was interrupted; it checks next whether the contact exists. No need to type it again.")
        ]
    return _("Being sent to Leonar."), [_("This takes a few seconds.")]


def _created(submission: Submission, standing: Standing, now: datetime) -> Told:
    if submission.settled_by == Submission.SettledBy.CHECK:
        return _("Created in Leonar, found by checking."), [
            _("No readable answer came when it was sent. The portal checked and found exactly one contact that fits.")
        ]
    if submission.settled_by == Submission.SettledBy.PERSON:
        return _("Created in Leonar."), [_("Its contact was picked by a person from those that the checks found.")]
    return _("Created in Leonar."), []


def _rejected(submission: Submission, standing: Standing, now: datetime) -> Told:
    # Where Leonar named the field, its message stands there, in the form below.
    said = "" if submission.error_field else submission.error_message
    said = _("Leonar says: “%(message)s”") % {"message": said} if said else ""
    kept = _("Nothing was created. Everything you typed is below: correct it and send it again.")
    return sentence(submission.reason if submission.reason == Reason.INVALID else Reason.REFUSED), [said, kept]


def _unconfirmed(submission: Submission, standing: Standing, now: datetime) -> Told:
    if submission.due_at is None:
        return _waits_for_person(submission)
    return what_is_known(submission.reason), [_what_is_done(submission), _next_check(submission, standing, now)]


def _what_is_done(submission: Submission) -> str:
    if submission.reason == Reason.ANSWER_UNREADABLE:
        return _("The portal is looking it up; there is no need to type it again.")
    return _("The portal is checking whether it exists in Leonar; there is no need to type it again.")


def _next_check(submission: Submission, standing: Standing, now: datetime) -> str:
    at = acts_next_at(submission, standing, now)
    if at is None:
        return _("%(why)s The check goes on once an admin has fixed it.") % {"why": closed_because(standing, now)}
    if standing.is_open and now - at > OVERDUE:
        return _("The next check is late: the portal's deliverer seems not to be running. An admin can start it.")
    if not standing.is_open and submission.due_at != at:
        why, when = closed_because(standing, now), say_when(at, now)
        return _("%(why)s Next check %(when)s.") % {"why": why, "when": when}
    return _("Next check %(when)s.") % {"when": say_when(at, now)}


def _waits_for_person(submission: Submission) -> Told:
    if submission.finding == Finding.SEVERAL:
        return _("The portal can't tell which contact in Leonar this became."), [
            _("These fit what was sent. Pick the one it became, and the record is complete."),
            _("If it is none of them, check again, or discard it."),
        ]
    if submission.finding == Finding.NOT_ALLOWED:
        return what_is_known(submission.reason), [
            _("The portal may not search Leonar (its key lacks contacts:read), so it can't check automatically."),
            _("Look for the name in Leonar. If it is there, discard this entry and say so; nothing more is needed."),
            _("Once an admin has given the key that permission, check again."),
        ]
    if submission.finding == Finding.NOTHING:
        return _found_nothing(submission)
    return what_is_known(submission.reason), [_("Whether it exists in Leonar is not known. Check again.")]


def _found_nothing(submission: Submission) -> Told:
    count = submission.look_count
    checked = ngettext(
        "The portal checked %(count)d time and found no contact that fits.",
        "The portal checked %(count)d times and found no contact that fits.",
        count,
    ) % {"count": count}
    if submission.reason == Reason.ANSWER_UNREADABLE:
        return _("Leonar said it was created, but it can't be found."), [
            checked,
            _("Look for the name in Leonar. Sending it again would create it a second time, so the portal doesn't."),
        ]
    return _("It was not found in Leonar."), [
        f"{what_is_known(submission.reason)} {checked}",
        _("Send it again, check again, or discard it."),
    ]


def _discarded(submission: Submission, standing: Standing, now: datetime) -> Told:
    if submission.reason == Reason.ANSWER_UNREADABLE:
        return _("Discarded."), [_("Leonar had created it, but its answer could not be read. Nothing more is done.")]
    if submission.send_count and submission.reason in OUTCOME_UNKNOWN:
        return _("Discarded."), [_("Whether it exists in Leonar was never settled. Nothing more is sent.")]
    return _("Discarded."), [_("It was not created in Leonar, and nothing more is sent.")]


_TELLERS: dict[State, Callable[[Submission, Standing, datetime], Told]] = {
    State.QUEUED: _queued,
    State.SENDING: _sending,
    State.CREATED: _created,
    State.REJECTED: _rejected,
    State.UNCONFIRMED: _unconfirmed,
    State.DISCARDED: _discarded,
}
