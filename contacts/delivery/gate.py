"""The gate: whether a call to Leonar may be made now, agreed between all processes through one database row.

Closed until a time: the hourly limit (until the window's reset), an unreachable or untrusted server, calls that hang.
Once that time has passed, one call goes through as a probe; its outcome opens the gate or closes it for longer. Closed
until a person acts: the key or the address was refused.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from contacts.delivery import clients
from contacts.leonar import errors
from contacts.leonar.answers import RateLimit
from contacts.models import Event, Gate, Reason, current_workspace

# One shared schedule instead of one a submission: a single probe asks for all, so it can ask often enough that the
# first waiting submission goes out within a minute of Leonar's return.
UNREACHABLE_FIRST, UNREACHABLE_MOST = 5.0, 45.0
UNTRUSTED_WAIT = 15 * 60.0
LIMIT_FIRST, LIMIT_MOST = 60.0, 15 * 60.0
SLOW_CALLS_THAT_CLOSE = 2
# X-RateLimit-Reset and Date are whole seconds; one more makes sure that the reset has happened.
RESET_MARGIN = timedelta(seconds=1)
# Lookups leave this share of the hourly window to creating contacts.
LOOKUP_RESERVE = 0.1
# Answers of one window name its reset within a second or two of each other.
SAME_WINDOW = timedelta(seconds=30)
COUNT_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Standing:
    """How the gate stands at a moment: `until` is None while it is open or waits for a person."""

    reason: str
    until: datetime | None
    detail: str = ""

    @property
    def is_open(self) -> bool:
        """Whether calls may be made."""
        return not self.reason

    @property
    def waits_for_person(self) -> bool:
        """Whether only an admin, or another key, opens it."""
        return bool(self.reason) and self.until is None


def standing(now: datetime | None = None) -> Standing:
    """How the gate of the configured key stands now."""
    now = now or timezone.now()
    gate = Gate.objects.filter(workspace=settings.LEONAR_WORKSPACE, fingerprint=clients.fingerprint()).first()
    if gate is None:
        return Standing("", None)
    if gate.reason and (gate.closed_until is None or gate.closed_until > now):
        return Standing(gate.reason, gate.closed_until, gate.detail)
    if _window_is_used_up(gate, now):
        return Standing(Reason.RATE_LIMITED, gate.rate_reset_at)
    return Standing("", None)


def take(now: datetime, *, lookup: bool = False) -> bool:
    """Reserves one call, if the gate lets one through; call it inside the transaction that claims the work.

    `lookup` calls are those that the portal can do without: they leave a reserve for creating contacts.
    """
    gate = _locked()
    if gate.reason and not _may_probe(gate, now):
        return False
    _begin_window(gate, now)
    if lookup and _is_reserved(gate):
        return False
    if _window_is_used_up(gate, now):
        _close(gate, Reason.RATE_LIMITED, now, until=gate.rate_reset_at)
        gate.save()
        return False
    # A count whose window has no known end limits nothing: the next answer tells.
    if gate.rate_remaining:
        gate.rate_remaining -= 1
    gate.save()
    return True


def note(outcome: errors.LeonarError | None, *, rate_limit: RateLimit | None, started_at: datetime) -> None:
    """Learns from a finished call: closes, opens or leaves the gate. `outcome` is None for a success."""
    with transaction.atomic():
        now = timezone.now()
        gate = _locked()
        if rate_limit is not None:
            _learn_window(gate, rate_limit, now)
        if isinstance(outcome, errors.NotSent) and gate.rate_remaining is not None:
            # Leonar has not counted it.
            gate.rate_remaining += 1
        _judge(gate, outcome, now, started_at)
        gate.save()


def reopen(*, by) -> bool:
    """An admin opens the gate. False where it was open already, or somebody else was faster."""
    with transaction.atomic():
        gate = _locked()
        if not gate.reason:
            return False
        _open(gate)
        gate.rate_remaining = gate.rate_reset_at = None
        gate.save()
        Event.objects.create(kind=Event.Kind.REOPENED, actor=by, at=timezone.now(), workspace_id=gate.workspace_id)
    return True


def hold() -> None:
    """Until the end of the transaction, only this process judges which contact is linked to which submission."""
    _locked()


def _locked() -> Gate:
    locked = Gate.objects.select_for_update().filter(workspace=settings.LEONAR_WORKSPACE).first()
    fingerprint = clients.fingerprint()
    if locked is None:
        Gate.objects.get_or_create(workspace=current_workspace(), defaults={"fingerprint": fingerprint})
        return _locked()
    if locked.fingerprint != fingerprint:
        return Gate(workspace_id=locked.workspace_id, fingerprint=fingerprint)
    return locked


def _may_probe(gate: Gate, now: datetime) -> bool:
    if gate.closed_until is None or gate.closed_until > now:
        return False
    if gate.reason == Reason.RATE_LIMITED:
        # The window is over for everybody; no probe is needed, and strikes stay until a call is answered otherwise.
        gate.reason, gate.closed_until = Reason.NONE, None
        return True
    gate.closed_until = now + timedelta(seconds=clients.lease_seconds())
    return True


def _begin_window(gate: Gate, now: datetime) -> None:
    if gate.rate_reset_at is not None and gate.rate_reset_at <= now:
        gate.rate_remaining, gate.rate_reset_at = gate.rate_limit, None


def _window_is_used_up(gate: Gate, now: datetime) -> bool:
    return gate.rate_remaining == 0 and gate.rate_reset_at is not None and gate.rate_reset_at > now


def _is_reserved(gate: Gate) -> bool:
    if gate.rate_remaining is None or gate.rate_limit is None:
        return False
    return gate.rate_remaining <= gate.rate_limit * LOOKUP_RESERVE


def _learn_window(gate: Gate, seen: RateLimit, now: datetime) -> None:
    if seen.limit is not None:
        gate.rate_limit = min(seen.limit, COUNT_MOST)
    if seen.remaining is None or seen.reset_in is None:
        if gate.rate_reset_at is None:
            # Answers without headers: nothing is known of a window any more.
            gate.rate_remaining = None
        return
    remaining = min(seen.remaining, COUNT_MOST)
    reset_at = now + timedelta(seconds=seen.reset_in) + RESET_MARGIN
    known = gate.rate_reset_at
    if known is not None and reset_at < known - SAME_WINDOW:
        return  # a late answer from the window before
    if known is not None and reset_at > known + SAME_WINDOW:
        gate.rate_remaining, gate.rate_reset_at = remaining, reset_at
        return
    # The same window, seen by calls that overlap: the smallest count is the one that never sends too much.
    counted = gate.rate_remaining
    gate.rate_remaining = remaining if counted is None else min(counted, remaining)
    gate.rate_reset_at = reset_at if known is None else max(known, reset_at)


def _judge(gate: Gate, outcome: errors.LeonarError | None, now: datetime, started_at: datetime) -> None:
    if gate.waits_for_person and not isinstance(outcome, errors.KeyRefused | errors.AddressWrong):
        return
    if isinstance(outcome, errors.KeyRefused | errors.AddressWrong):
        _close(gate, Reason(outcome.reason), now, until=None, detail=outcome.detail)
    elif isinstance(outcome, errors.RateLimited) and outcome.retry_after is not None:
        _close_for_limit(gate, now, wait=outcome.retry_after)
    elif gate.closed_at is not None and started_at < gate.closed_at:
        return  # began before the gate last moved: says nothing about now
    elif isinstance(outcome, errors.RateLimited):
        wait = _backoff(LIMIT_FIRST, LIMIT_MOST, gate.strikes) * random.uniform(1, 1.25)  # noqa: S311
        gate.strikes += 1
        _close_for_limit(gate, now, wait=wait)
    elif isinstance(outcome, errors.Untrusted):
        _close(gate, Reason.UNTRUSTED, now, until=now + timedelta(seconds=UNTRUSTED_WAIT), detail=outcome.detail)
    elif isinstance(outcome, errors.Unreachable):
        _close_for_a_while(gate, Reason.UNREACHABLE, now)
    elif isinstance(outcome, errors.NoAnswer):
        gate.slow_calls += 1
        if gate.slow_calls >= SLOW_CALLS_THAT_CLOSE:
            _close_for_a_while(gate, Reason.HUNG, now)
    elif not isinstance(outcome, errors.Abandoned):
        _open(gate)


def _close_for_limit(gate: Gate, now: datetime, *, wait: float) -> None:
    until = now + timedelta(seconds=wait) + RESET_MARGIN
    if gate.reason == Reason.RATE_LIMITED and gate.closed_until is not None:
        until = max(until, gate.closed_until)
    _close(gate, Reason.RATE_LIMITED, now, until=until)


def _close_for_a_while(gate: Gate, reason: Reason, now: datetime) -> None:
    longest = _backoff(UNREACHABLE_FIRST, UNREACHABLE_MOST, gate.strikes)
    gate.strikes += 1
    # Full jitter, with a second's floor so that a lucky draw never hammers.
    _close(gate, reason, now, until=now + timedelta(seconds=max(1.0, random.uniform(0, longest))))  # noqa: S311


def _backoff(first: float, most: float, strikes: int) -> float:
    return min(most, first * 2 ** min(strikes, 20))


def _close(gate: Gate, reason: Reason, now: datetime, *, until: datetime | None, detail: str = "") -> None:
    if gate.reason != reason:
        gate.announced_at = None
    gate.reason, gate.closed_at, gate.closed_until, gate.detail = reason, now, until, detail


def _open(gate: Gate) -> None:
    gate.reason, gate.detail, gate.closed_until = Reason.NONE, "", None
    gate.strikes = gate.slow_calls = 0
