"""What a submission's page says about its state, in the recruiter's words, and when something happens next.

Pure presentation: no queries, no decisions about delivery. The words follow the failure table of docs/delivery.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contacts.delivery.gate import Standing
from contacts.models import Reason, Submission
from contacts.operations.alerts import OVERDUE

State = Submission.State
Finding = Submission.Finding

# Meanings: each is a colour of the design system and, with an icon and a word, the way a state is shown.
CREATED, WAITING, CHECKING, NEEDS, DISCARDED = "created", "waiting", "checking", "needs", "discarded"

LABELS = {
    State.QUEUED: (WAITING, gettext_lazy("Waiting to be sent")),
    State.SENDING: (WAITING, gettext_lazy("Being sent")),
    State.CREATED: (CREATED, gettext_lazy("Created in Leonar")),
    State.REJECTED: (NEEDS, gettext_lazy("Needs you")),
    State.UNCONFIRMED: (CHECKING, gettext_lazy("Checking with Leonar")),
    State.DISCARDED: (DISCARDED, gettext_lazy("Discarded")),
}

# Below this, a clock time would be more exact than anybody can use.
MOMENT = timedelta(seconds=5)
SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class StateLabel:
    """A state as it is shown everywhere: a meaning (its colour), an icon, a word."""

    meaning: str
    icon: str
    word: str


@dataclass(frozen=True, slots=True)
class Story:
    """What happened to a submission: one sentence, then what is known, what comes next, what the person may do."""

    meaning: str
    icon: str
    title: str
    lines: list[str]


def state_label(submission: Submission) -> StateLabel:
    """How the history and every list show the state. Reads `state` and `due_at` only."""
    meaning, word = LABELS[State(submission.state)]
    if submission.needs_person:
        meaning, word = NEEDS, LABELS[State.REJECTED][1]
    return StateLabel(meaning, meaning, str(word))


def tell(submission: Submission, standing: Standing, now: datetime) -> Story:
    """The story of `submission` as things stand `now`."""
    meaning = state_label(submission).meaning
    title, lines = _TELLERS[State(submission.state)](submission, standing, now)
    return Story(meaning, meaning, title, [line for line in lines if line])


def acts_next_at(submission: Submission, standing: Standing, now: datetime) -> datetime | None:
    """When the portal acts on `submission` by itself; None where it is done or waits for a person."""
    if submission.due_at is None or submission.state == State.SENDING or standing.is_open:
        return submission.due_at
    if standing.until is None:
        return None
    return max(submission.due_at, standing.until, now)


def changes_by_itself(submission: Submission) -> bool:
    """Whether the page is worth looking at again without anybody acting on this submission."""
    return submission.due_at is not None


def say_when(moment: datetime, now: datetime) -> str:
    """A future time as people say it: “in a moment”, “within a minute”, “at 14:05”, “tomorrow at 09:10”."""
    if moment - now <= MOMENT:
        return _("in a moment")
    if moment - now < SOON:
        return _("within a minute")
    local, today = timezone.localtime(moment), timezone.localdate(now)
    clock = date_format(local, "H:i")
    if local.date() == today:
        return _("at %(time)s") % {"time": clock}
    if local.date() == today + timedelta(days=1):
        return _("tomorrow at %(time)s") % {"time": clock}
    return _("on %(day)s at %(time)s") % {"day": date_format(local, "j F"), "time": clock}


def say_until(moment: datetime, now: datetime) -> str:
    """The end of a wait: “14:05”, “tomorrow 09:10”."""
    local, today = timezone.localtime(moment), timezone.localdate(now)
    clock = date_format(local, "H:i")
    if local.date() == today:
        return clock
    if local.date() == today + timedelta(days=1):
        return _("tomorrow %(time)s") % {"time": clock}
    return _("%(day)s, %(time)s") % {"day": date_format(local, "j F"), "time": clock}


def gate_notice(standing: Standing, now: datetime) -> str:
    """Why nothing can be sent now, until when or who acts; empty while the gate is open."""
    if standing.is_open:
        return ""
    return " ".join(line for line in (_closed_because(standing, now), _gate_next(standing, now)) if line)


def key_trouble(detail: str) -> str:
    """What is wrong with the key, from the detail that the gate keeps; empty where it says nothing more."""
    if "401" in detail:
        return _("The key is missing or wrong.")
    if "402" in detail:
        return _("The account behind the key has to be paid for.")
    if "403" in detail:
        return _("The key lacks the permission to create contacts (contacts:write).")
    return ""


Told = tuple[str, list[str]]


def _queued(submission: Submission, standing: Standing, now: datetime) -> Told:
    if standing.is_open:
        return _queued_and_open(submission, now)
    title = _("Saved. %(why)s") % {"why": _closed_because(standing, now)}
    if standing.reason == Reason.KEY_REFUSED:
        return title, [key_trouble(standing.detail), _needs_admin()]
    if standing.reason == Reason.ADDRESS_WRONG or standing.until is None:
        return title, [_needs_admin()]
    if standing.reason == Reason.RATE_LIMITED:
        return title, [_("It will be sent by itself then; there is nothing you have to do.")]
    told = _("An admin is told.") if standing.reason == Reason.UNTRUSTED else ""
    return title, [
        _("It will be sent by itself; next try %(when)s.") % {"when": _next(submission, standing, now)},
        told,
    ]


def _queued_and_open(submission: Submission, now: datetime) -> Told:
    due_at = submission.due_at or now
    if now - due_at > OVERDUE:
        return _("Saved, but not sent yet."), [
            _("It should have gone out by now: the portal's deliverer seems not to be running."),
            _("An admin can start it; it will then be sent by itself. There is no need to type it again."),
        ]
    again = _("It will be sent by itself, %(when)s.") % {"when": say_when(due_at, now)}
    if submission.reason == Reason.RATE_LIMITED:
        return _("Saved. Leonar's hourly limit was reached."), [again]
    if submission.reason in (Reason.UNREACHABLE, Reason.UNTRUSTED, Reason.HUNG):
        return _("Saved. The last try did not get through to Leonar."), [again]
    if submission.reason in (Reason.KEY_REFUSED, Reason.ADDRESS_WRONG):
        return _("Saved. The way to Leonar is open again."), [again]
    return _("Saved. On its way to Leonar."), [again]


def _closed_because(standing: Standing, now: datetime) -> str:
    if standing.reason == Reason.RATE_LIMITED and standing.until is not None:
        return _("Waiting for Leonar's hourly limit until %(time)s.") % {"time": say_until(standing.until, now)}
    sentences = {
        Reason.UNREACHABLE: _("Leonar can't be reached right now."),
        Reason.UNTRUSTED: _("The connection to Leonar is not trusted."),
        Reason.HUNG: _("Leonar takes too long to answer right now."),
        Reason.KEY_REFUSED: _("Leonar refused the portal's key."),
        Reason.ADDRESS_WRONG: _("Leonar's address looks wrong."),
    }
    return sentences.get(Reason(standing.reason), _("Nothing can be sent to Leonar right now."))


def _gate_next(standing: Standing, now: datetime) -> str:
    if standing.reason == Reason.RATE_LIMITED and standing.until is not None:
        return _("Everything is saved and sent by itself then.")
    if standing.until is None:
        trouble = key_trouble(standing.detail) if standing.reason == Reason.KEY_REFUSED else ""
        told = _("An admin has to act. Everything is saved and sent by itself afterwards.")
        return f"{trouble} {told}".strip()
    when = say_when(standing.until, now)
    told = _("An admin has to look.") if standing.reason == Reason.UNTRUSTED else ""
    saved = _("Everything is saved and sent by itself; next try %(when)s.") % {"when": when}
    return f"{told} {saved}".strip()


def _needs_admin() -> str:
    return _("An admin is told and has to act. It is sent by itself afterwards; there is no need to type it again.")


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
            _("No readable answer came when it was sent. The portal looked and found exactly one contact that fits.")
        ]
    if submission.settled_by == Submission.SettledBy.PERSON:
        return _("Created in Leonar."), [_("Its contact was picked by a person from those that the checks found.")]
    return _("Created in Leonar."), []


def _rejected(submission: Submission, standing: Standing, now: datetime) -> Told:
    # Where Leonar named the field, its message stands there, in the form below.
    said = "" if submission.error_field else submission.error_message
    said = _("Leonar says: “%(message)s”") % {"message": said} if said else ""
    kept = _("Nothing was created. Everything you typed is below: correct it and send it again.")
    if submission.reason == Reason.INVALID:
        return _("Leonar found a mistake."), [said, kept]
    return _("Leonar did not accept this contact."), [said, kept]


def _unconfirmed(submission: Submission, standing: Standing, now: datetime) -> Told:
    if submission.due_at is None:
        return _waits_for_person(submission)
    return _what_is_known(submission), [_what_is_done(submission), _next_look(submission, standing, now)]


def _what_is_known(submission: Submission) -> str:
    if submission.reason == Reason.ANSWER_UNREADABLE:
        return _("Created in Leonar; its answer could not be read.")
    if submission.reason == Reason.SERVER_ERROR:
        return _("Sent, but Leonar answered with an error of its own.")
    if submission.reason == Reason.CONNECTION_LOST:
        return _("Sent, but the connection broke before an answer came.")
    if submission.reason == Reason.INTERRUPTED:
        return _("Sent, but the portal was interrupted before an answer came.")
    return _("Sent, but no answer came.")


def _what_is_done(submission: Submission) -> str:
    if submission.reason == Reason.ANSWER_UNREADABLE:
        return _("The portal is looking it up; there is no need to type it again.")
    return _("The portal is checking whether it exists in Leonar; there is no need to type it again.")


def _next_look(submission: Submission, standing: Standing, now: datetime) -> str:
    at = acts_next_at(submission, standing, now)
    if at is None:
        return _("%(why)s It is looked for once an admin has acted.") % {"why": _closed_because(standing, now)}
    if standing.is_open and now - at > OVERDUE:
        return _("The next look is late: the portal's deliverer seems not to be running. An admin can start it.")
    if not standing.is_open and submission.due_at != at:
        why, when = _closed_because(standing, now), say_when(at, now)
        return _("%(why)s Next look %(when)s.") % {"why": why, "when": when}
    return _("Next look %(when)s.") % {"when": say_when(at, now)}


def _waits_for_person(submission: Submission) -> Told:
    if submission.finding == Finding.SEVERAL:
        return _("The portal can't tell which contact in Leonar this became."), [
            _("These fit what was sent. Pick the one it became, and the record is complete."),
            _("If it is none of them, have it looked for once more, or discard it."),
        ]
    if submission.finding == Finding.NOT_ALLOWED:
        return _what_is_known(submission), [
            _("The portal may not search Leonar (its key lacks contacts:read), so it can't check by itself."),
            _("Look for the name in Leonar. If it is there, discard this entry and say so; nothing more is needed."),
            _("Once an admin has given the key that permission, have it looked for once more."),
        ]
    if submission.finding == Finding.NOTHING:
        return _found_nothing(submission)
    return _what_is_known(submission), [_("Whether it exists in Leonar is not known. Have it looked for once more.")]


def _found_nothing(submission: Submission) -> Told:
    looks = submission.look_count
    looked = ngettext(
        "The portal looked %(count)d time and found no contact that fits.",
        "The portal looked %(count)d times and found no contact that fits.",
        looks,
    ) % {"count": looks}
    if submission.reason == Reason.ANSWER_UNREADABLE:
        return _("Leonar said it was created, but it can't be found."), [
            looked,
            _("Look for the name in Leonar. Sending it again would create it a second time, so the portal doesn't."),
        ]
    return _("It was not found in Leonar."), [
        f"{_what_is_known(submission)} {looked}",
        _("Send it again, have it looked for once more, or discard it."),
    ]


def _discarded(submission: Submission, standing: Standing, now: datetime) -> Told:
    if submission.reason == Reason.ANSWER_UNREADABLE:
        return _("Discarded."), [_("Leonar had created it, but its answer could not be read. Nothing more is done.")]
    uncertain = (Reason.NO_ANSWER, Reason.CONNECTION_LOST, Reason.SERVER_ERROR, Reason.INTERRUPTED, Reason.HUNG)
    if submission.send_count and submission.reason in uncertain:
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
