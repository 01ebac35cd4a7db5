"""What a submission's page says about its state, in the recruiter's words, and when something happens next.

Pure presentation: no queries, no decisions about delivery. The words follow the failure table of docs/delivery.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from contacts.delivery.gate import Standing
from contacts.models import Attempt, Reason, Submission
from contacts.operations.readiness import OVERDUE
from contacts.wording.gate_notice import closed_because, key_trouble, who_acts
from contacts.wording.reasons import OUTCOME_UNKNOWN, sentence, what_is_known
from contacts.wording.states import state_label
from contacts.wording.times import say_ago, say_when

State = Submission.State


@dataclass(frozen=True, slots=True)
class Story:
    """What happened to a submission: one sentence, then what is known, what comes next, what the person may do."""

    meaning: str
    icon: str
    title: str
    lines: list[str]


def tell(submission: Submission, standing: Standing, now: datetime, *, last_check: Attempt | None = None) -> Story:
    """The story of `submission` as things stand `now`. `last_check` is the latest one that is over."""
    meaning = state_label(submission).meaning
    if submission.may_be_decided:
        title, lines = _waits_for_person(submission, last_check, now)
    else:
        title, lines = _TELLERS[State(submission.state)](submission, standing, now)
    return Story(meaning, meaning, title, [line for line in lines if line])


def acts_next_at(submission: Submission, standing: Standing, now: datetime) -> datetime | None:
    """When the portal acts on `submission` automatically; None where it is done or waits for a person."""
    if submission.due_at is None or submission.state == State.SENDING:
        return submission.due_at
    way = standing.reading if submission.state == State.UNCONFIRMED else standing
    if way is None or way.is_open:
        return submission.due_at
    return way.until and max(submission.due_at, way.until, now)


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
    if submission.reason in (Reason.UNREACHABLE, Reason.UNTRUSTED):
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
        return _("Created in Leonar."), [_("A person said which contact in Leonar it is.")]
    return _("Created in Leonar."), []


def _rejected(submission: Submission, standing: Standing, now: datetime) -> Told:
    # Where Leonar named the field, its message stands there, in the form below.
    said = "" if submission.error_field else submission.error_message
    said = _("Leonar says: “%(message)s”") % {"message": said} if said else ""
    kept = _("Nothing was created. Everything you typed is below: correct it and send it again.")
    return sentence(submission.reason if submission.reason == Reason.INVALID else Reason.REFUSED), [said, kept]


def _unconfirmed(submission: Submission, standing: Standing, now: datetime) -> Told:
    return what_is_known(submission.reason), [_what_is_done(submission), _next_check(submission, standing, now)]


def _what_is_done(submission: Submission) -> str:
    if submission.seen_check is not None:
        return _("The portal checks again before it sends it again; anything new that it finds is shown first.")
    if submission.reason == Reason.ANSWER_UNREADABLE:
        return _("The portal is looking it up; there is no need to type it again.")
    return _("The portal is checking whether it exists in Leonar; there is no need to type it again.")


def _next_check(submission: Submission, standing: Standing, now: datetime) -> str:
    at, reading = acts_next_at(submission, standing, now), standing.reading
    if at is None:
        why = closed_because(reading or standing, now)
        return _("%(why)s The check goes on once an admin has fixed it.") % {"why": why}
    if reading is None and now - at > OVERDUE:
        return _("The next check is late: the portal's deliverer seems not to be running. An admin can start it.")
    if reading is not None and submission.due_at != at:
        why, when = closed_because(reading, now), say_when(at, now)
        return _("%(why)s Next check %(when)s.") % {"why": why, "when": when}
    return _("Next check %(when)s.") % {"when": say_when(at, now)}


def _waits_for_person(submission: Submission, last_check: Attempt | None, now: datetime) -> Told:
    title, found = _what_checking_came_to(submission, last_check, now)
    created = ""
    if submission.reason == Reason.ANSWER_UNREADABLE:
        created = _("Leonar said that it was created: look for it there before you have it sent again.")
    acts = _("Check again, say which contact it is, have it sent again, or discard it.")
    return title, [found, created, acts]


def _what_checking_came_to(submission: Submission, last_check: Attempt | None, now: datetime) -> tuple[str, str]:
    known = what_is_known(submission.reason)
    if last_check is None:
        return known, _("Whether it exists in Leonar is not known.")
    when = say_ago(last_check.finished_at or now, now)
    if last_check.verdict == Attempt.Verdict.NOT_FOUND:
        found = _("The portal last checked %(when)s and found nothing like it.") % {"when": when}
        return _("It was not found in Leonar."), f"{known} {found}"
    if last_check.verdict != Attempt.Verdict.FAILED:
        return _("The portal can't tell which contact in Leonar this became."), (
            _("What it found %(when)s is shown below: this may be one of them, or none.") % {"when": when}
        )
    if last_check.reason == Reason.KEY_REFUSED:
        return known, _(
            "The portal may not search Leonar (its key lacks contacts:read), so look for it there yourself."
        )
    return known, _("Leonar does not answer the portal's searches, last %(when)s: look for it there yourself.") % {
        "when": when
    }


def _discarded(submission: Submission, standing: Standing, now: datetime) -> Told:
    if submission.reason == Reason.ANSWER_UNREADABLE:
        return _("Discarded."), [_("Leonar had created it, but its answer could not be read. Nothing more is done.")]
    if submission.reason in OUTCOME_UNKNOWN:
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
