"""The gate: whether a call to Leonar may be made now, agreed between all processes through one row of the database.

Sending is closed until a time (the hourly limit), while Leonar is away (until it has answered a read, after which one
send goes first), or until a person acts (the key or the address was refused). Reading is judged apart: what becomes of
a read closes or opens sending only by the hourly limit and by a key that Leonar itself refuses.

Whoever takes, notes or links holds the row: lock it first, before any submission.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags

from contacts.delivery import clients, closing, window
from contacts.leonar import errors, parse
from contacts.leonar.client import Reply
from contacts.models import Gate, Reason, current_workspace
from contacts.models.asked import rows_where

# So many answers in a row as from a wrong address are about the address after all, not about the submissions.
ODD_ANSWERS_THAT_CLOSE = 3
SAID_CHARACTERS = 500
FOR_ADMIN = (Reason.KEY_REFUSED, Reason.ADDRESS_WRONG, Reason.UNTRUSTED)

Outcome = Reply | errors.LeonarError


@dataclass(frozen=True, slots=True)
class Standing:
    """How the gate stands at a moment: why sending is closed, until when, since when; `reading` says it of reading.

    No reason means open, or that one send may go first. Closed without `until`, it waits for a person. While Leonar is
    away, that is the next try.
    """

    reason: str
    until: datetime | None
    detail: str = ""
    since: datetime | None = None
    reading: "Standing | None" = None

    @property
    def is_open(self) -> bool:
        """Whether contacts are sent."""
        return not self.reason

    @property
    def is_reading_open(self) -> bool:
        """Whether Leonar is asked: checks, suggestions, duplicates."""
        return self.reading is None or self.reading.is_open

    @property
    def waits_for_person(self) -> bool:
        """Whether only an admin, or another key, opens it."""
        return bool(self.reason) and self.until is None

    @property
    def needs_admin(self) -> bool:
        """Whether it is an admin who must act, even where it is tried again meanwhile."""
        return self.reason in FOR_ADMIN


def standing(now: datetime | None = None) -> Standing:
    """How the gate of the configured key stands now."""
    now = now or timezone.now()
    gate = _seen(now)
    if gate is None:
        return Standing("", None)
    if not closing.is_closed(gate, now) and window.is_used_up(gate, now):
        closing.limit_by_count(gate, now)
    reading = None
    if closing.holds_for_every_call(gate, now):
        reading = Standing(gate.reason, gate.closed_until, gate.detail, gate.since)
    elif closing.is_reading_closed(gate, now):
        reading = Standing(Reason.UNREACHABLE, gate.reading_closed_until, since=gate.reading_since)
    if _lets_send(gate, now):
        return Standing("", None, reading=reading)
    return Standing(gate.reason, gate.closed_until, gate.detail, gate.since, reading)


def hold() -> Gate:
    """The gate's row, locked until the end of the transaction: only this process takes, notes and links meanwhile."""
    fingerprint = clients.fingerprint()
    held = next(rows_where(Gate, workspace=settings.LEONAR_WORKSPACE, is_locked=True), None)
    if held is None:
        Gate.objects.get_or_create(workspace=current_workspace(), defaults={"fingerprint": fingerprint})
        return hold()
    if held.fingerprint != fingerprint:
        return Gate(workspace_id=held.workspace_id, fingerprint=fingerprint)
    if closing.follow_clock(held, timezone.now()):
        held.keep()
    return held


def follow_clock() -> None:
    """Where the clock was set back, all is closed for as long as it was to be, though nobody takes or notes a call."""
    if (gate := _stored()) is not None and closing.follow_clock(gate, timezone.now()):
        with transaction.atomic():
            hold()


def may_send(now: datetime) -> bool:
    """Whether `take_send` would let one through, as far as can be told without holding the row."""
    gate = _seen(now)
    return gate is None or _lets_send(gate, now)


def may_read(now: datetime) -> bool:
    """Whether `take_read` would let one through, as far as can be told without holding the row."""
    gate = _seen(now)
    return gate is None or not closing.is_reading_closed(gate, now)


def take_send(held: Gate, now: datetime) -> bool:
    """Reserves one send, if one may be made; call it in the transaction that claims the submission."""
    if not _lets_send(held, now):
        return False
    if closing.is_closed(held, now):
        _try_alone(held, now)
    return _count(held, now)


def take_read(held: Gate, now: datetime) -> bool:
    """Reserves one read, if one may be made; call it in the transaction that claims the check."""
    if closing.is_reading_closed(held, now):
        return False
    if held.reading_closed_until is not None:
        held.reading_closed_until = now + timedelta(seconds=clients.lease_seconds())
    return _count(held, now)


def take_help(held: Gate, now: datetime) -> bool:
    """Reserves one read that only helps with entering, if sends and checks can spare it and Leonar is not away."""
    return held.reason not in closing.AWAY and not window.is_scarce(held, now) and take_read(held, now)


def take_probe(held: Gate, now: datetime) -> bool:
    """Reserves the read that asks whether Leonar is there again, where it is time for it."""
    if not awaits_probe(held, now):
        return False
    _try_alone(held, now)
    return _count(held, now)


def awaits_probe(gate: Gate, now: datetime) -> bool:
    """Whether it is time to ask if Leonar is there again."""
    return closing.is_time_to_try(gate, now) and not gate.is_probed


def judged(held: Gate, outcome: Outcome) -> Outcome:
    """What `outcome` says of its submission, given what became of others.

    Where contacts have been created with this key at this address, an answer as from a wrong address, or about the key
    and not in Leonar's own words, is about the submission, which is not accepted then. Several in a row are about the
    address after all.
    """
    if not isinstance(outcome, errors.AddressWrong | errors.KeyRefused) or held.odd_answers is None:
        return outcome
    if isinstance(outcome, errors.KeyRefused) and outcome.code:
        return outcome
    held.odd_answers += 1
    if held.odd_answers >= ODD_ANSWERS_THAT_CLOSE:
        return outcome
    return errors.NotAccepted(None, _said(outcome), detail=outcome.detail, code=outcome.code, answer=outcome.answer)


def note_send(held: Gate, outcome: Outcome, *, started_at: datetime, now: datetime) -> None:
    """Learns from a finished send: closes, opens or leaves the gate."""
    _learn_window(held, outcome, now)
    if isinstance(outcome, Reply):
        held.odd_answers = 0
    _judge_send(held, outcome, started_at, now)
    held.keep()


def note_read(held: Gate, outcome: Outcome, *, now: datetime) -> None:
    """Learns from a finished read."""
    _learn_window(held, outcome, now)
    if not _closes_for_every_call(held, outcome, now):
        if _is_usable(outcome):
            closing.open_reading(held)
        else:
            closing.fail_reading(held, now)
    held.keep()


def note_help(held: Gate, outcome: Outcome, *, now: datetime) -> None:
    """Learns from a read that only helps with entering: given little time, it may fail alone, and closes nothing then.

    Only while reading is failing anyway, one more failure is one more.
    """
    if _is_usable(outcome) or held.reading_failures:
        note_read(held, outcome, now=now)
        return
    _learn_window(held, outcome, now)
    held.keep()


def note_probe(held: Gate, outcome: Outcome, *, now: datetime) -> None:
    """Learns from a finished probe: any answer below 500 says that Leonar is there, whatever it makes of the read."""
    _learn_window(held, outcome, now)
    if held.reason in closing.AWAY and not _closes_for_every_call(held, outcome, now):
        if outcome.answer is not None and outcome.answer.status < 500:
            closing.answered_probe(held, now)
        elif isinstance(outcome, errors.LeonarError):
            closing.stay_away(held, outcome, now)
    held.keep()


def reopen(*, by) -> bool:
    """An admin opens the gate. False where it was open already, or somebody else was faster."""
    with transaction.atomic():
        held, now = hold(), timezone.now()
        if not held.reason:
            return False
        closing.open_sending(held, now)
        if held.odd_answers is not None:
            held.odd_answers = 0
        window.forget(held)
        held.keep(by=by)
    return True


def _seen(now: datetime) -> Gate | None:
    gate = _stored()
    if gate is not None:
        closing.follow_clock(gate, now)
    return gate


def _stored() -> Gate | None:
    return next(rows_where(Gate, workspace=settings.LEONAR_WORKSPACE, fingerprint=clients.fingerprint()), None)


def _lets_send(gate: Gate, now: datetime) -> bool:
    return not closing.is_closed(gate, now) or (gate.is_probed and closing.is_time_to_try(gate, now))


def _try_alone(held: Gate, now: datetime) -> None:
    """Until it is known what becomes of this call, or its process must have died, nobody else tries."""
    held.is_probed, held.closed_until = False, now + timedelta(seconds=clients.lease_seconds())


def _count(held: Gate, now: datetime) -> bool:
    is_left = window.take(held, now)
    if not is_left:
        closing.limit_by_count(held, now)
    held.keep()
    return is_left


def _learn_window(held: Gate, outcome: Outcome, now: datetime) -> None:
    if outcome.answer is not None:
        window.learn(held, outcome.answer.rate_limit, now)
    elif isinstance(outcome, errors.NotSent):
        window.give_back(held)


def _judge_send(held: Gate, outcome: Outcome, started_at: datetime, now: datetime) -> None:
    if isinstance(outcome, errors.KeyRefused | errors.AddressWrong):
        closing.refuse(held, outcome, now)
    elif held.waits_for_person or isinstance(outcome, errors.Abandoned):
        return
    elif isinstance(outcome, errors.RateLimited):
        closing.limit(held, outcome, now)
    elif held.since is not None and started_at < held.since:
        return  # began before the gate last moved: says nothing about now
    elif _is_usable(outcome):
        closing.open_sending(held, now)
    elif isinstance(outcome, errors.LeonarError):
        closing.fail_sending(held, outcome, now)


def _closes_for_every_call(held: Gate, outcome: Outcome, now: datetime) -> bool:
    """Whether a read has met what stands against sending as well; it is closed then."""
    if isinstance(outcome, errors.RateLimited) and not held.waits_for_person:
        closing.limit(held, outcome, now)
        return True
    if isinstance(outcome, errors.KeyRefused) and outcome.code == "invalid_api_key":
        closing.refuse(held, outcome, now)
        return True
    return False


def _is_usable(outcome: Outcome) -> bool:
    return isinstance(outcome, Reply | errors.Refused)


def _said(outcome: errors.Refused) -> str:
    """The answer in its own words, for the person who corrects."""
    if outcome.answer is None:
        return outcome.detail
    excerpt = outcome.answer.excerpt
    words = parse.error_body(excerpt)[1] or " ".join(strip_tags(excerpt).split())
    return f"{outcome.detail}: {words}"[:SAID_CHARACTERS] if words else outcome.detail
