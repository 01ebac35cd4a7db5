"""How the gate's row closes and opens: why, since when and for how long. Changes the row in memory, saves nothing."""

import random
from datetime import datetime, timedelta

from contacts.delivery import window
from contacts.leonar import errors
from contacts.models import Gate, Reason

FAILURES_THAT_CLOSE = 2
# Seconds between two tries while Leonar is away: as long as it has been away so far, within these bounds. Where a try
# costs nothing, the first success comes within a minute of its return; where it puts a contact in doubt, tries are few.
FREE = (5.0, 45.0)
COSTLY = (30.0, 15 * 60.0)
UNTRUSTED_WAIT = timedelta(minutes=15)
# No wait between two tries is longer.
LONGEST_TRY = timedelta(minutes=15)
LIMIT_FIRST, LIMIT_MOST = 60.0, 15 * 60.0

AWAY = (Reason.UNREACHABLE, Reason.UNTRUSTED)


def is_closed(gate: Gate, now: datetime) -> bool:
    """Whether sending is closed. While Leonar is away it is, until it has answered, however late that is found out."""
    if gate.reason == Reason.RATE_LIMITED:
        # Once the window is over it is open for everybody; the reason stays until a call is answered otherwise.
        return gate.closed_until is not None and gate.closed_until > now
    return bool(gate.reason)


def is_time_to_try(gate: Gate, now: datetime) -> bool:
    """Whether Leonar has been away for long enough to be tried again."""
    return gate.reason in AWAY and gate.closed_until is not None and gate.closed_until <= now


def is_reading_closed(gate: Gate, now: datetime) -> bool:
    """Whether reading is closed: its own calls fail, or what stands against sending holds for every call."""
    return holds_for_every_call(gate, now) or (
        gate.reading_closed_until is not None and gate.reading_closed_until > now
    )


def holds_for_every_call(gate: Gate, now: datetime) -> bool:
    """Whether what closes sending closes reading too: the hourly limit, a refused key."""
    return gate.reason in (Reason.RATE_LIMITED, Reason.KEY_REFUSED) and is_closed(gate, now)


def open_sending(gate: Gate, now: datetime) -> None:
    """A call was answered, or an admin says so."""
    if gate.reason:
        _close(gate, Reason.NONE, now, until=None)
    gate.failures = 0


def open_reading(gate: Gate) -> None:
    """A read was answered."""
    gate.reading_failures, gate.reading_since, gate.reading_closed_until = 0, None, None


def refuse(gate: Gate, outcome: errors.LeonarError, now: datetime) -> None:
    """Closed until a person acts."""
    _close(gate, Reason(outcome.reason), now, until=None, detail=outcome.detail)


def limit(gate: Gate, outcome: errors.RateLimited, now: datetime) -> None:
    """Closed until the window's reset; where that is not known, for a minute, doubling, so that portals don't meet."""
    closed_until = gate.closed_until if gate.reason == Reason.RATE_LIMITED and is_closed(gate, now) else None
    wait = outcome.retry_after
    if wait is None:
        if closed_until is not None:
            return  # of calls that overlap, the first has said it
        gate.failures = gate.failures + 1 if gate.reason == Reason.RATE_LIMITED else 1
        wait = min(LIMIT_MOST, LIMIT_FIRST * 2 ** min(gate.failures - 1, 10)) * random.uniform(1, 1.25)  # noqa: S311
    until = now + timedelta(seconds=wait) + window.RESET_MARGIN
    _close(gate, Reason.RATE_LIMITED, now, until=max(until, closed_until or until))


def limit_by_count(gate: Gate, now: datetime) -> None:
    """Closed until the window's reset, because the portal's own count says that nothing is left."""
    _close(gate, Reason.RATE_LIMITED, now, until=gate.rate_reset_at)


def fail_sending(gate: Gate, outcome: errors.LeonarError, now: datetime) -> None:
    """A send had no usable answer: the second in a row closes, an untrusted certificate at once."""
    if gate.reason == Reason.RATE_LIMITED:
        open_sending(gate, now)
    gate.failures += 1
    if isinstance(outcome, errors.Untrusted) or gate.failures >= FAILURES_THAT_CLOSE:
        stay_away(gate, outcome, now, bounds=FREE if isinstance(outcome, errors.NotSent) else COSTLY)


def fail_reading(gate: Gate, now: datetime) -> None:
    """A read had no usable answer: the second in a row closes reading for a while."""
    gate.reading_failures += 1
    if gate.reading_failures >= FAILURES_THAT_CLOSE:
        gate.reading_since = gate.reading_since or now
        gate.reading_closed_until = now + _wait(gate.reading_since, now, COSTLY)


def stay_away(gate: Gate, outcome: errors.LeonarError, now: datetime, *, bounds: tuple[float, float] = FREE) -> None:
    """Leonar is away, and is tried again after as long as it has been away so far."""
    since = gate.since if gate.reason in AWAY and gate.since is not None else now
    reason, wait = Reason.UNREACHABLE, _wait(since, now, bounds)
    if isinstance(outcome, errors.Untrusted):
        reason, wait = Reason.UNTRUSTED, UNTRUSTED_WAIT
    _close(gate, reason, since, until=now + wait, detail=str(outcome))


def answered_probe(gate: Gate, now: datetime) -> None:
    """Leonar is there again, so far as a read can tell: one send may go first."""
    gate.is_probed, gate.closed_until = True, now


def follow_clock(gate: Gate, now: datetime) -> bool:
    """Where the clock was set back, all is closed for as long as it was to be, or as it ever is. True if it was."""
    before = _ends(gate)
    if gate.since is not None and gate.since > now:
        back, gate.since = gate.since - now, now
        gate.closed_until = gate.closed_until and gate.closed_until - back
        gate.rate_reset_at = gate.rate_reset_at and gate.rate_reset_at - back
    if gate.reading_since is not None and gate.reading_since > now:
        back, gate.reading_since = gate.reading_since - now, now
        gate.reading_closed_until = gate.reading_closed_until and gate.reading_closed_until - back
    # What has been closed since before it was set back: by how much it was, nothing tells.
    longest = window.LONGEST if gate.reason == Reason.RATE_LIMITED else LONGEST_TRY
    gate.closed_until = gate.closed_until and min(gate.closed_until, now + longest)
    gate.reading_closed_until = gate.reading_closed_until and min(gate.reading_closed_until, now + LONGEST_TRY)
    gate.rate_reset_at = gate.rate_reset_at and min(gate.rate_reset_at, now + window.LONGEST)
    return _ends(gate) != before


def _ends(gate: Gate) -> tuple[datetime | None, ...]:
    return gate.since, gate.closed_until, gate.reading_since, gate.reading_closed_until, gate.rate_reset_at


def _wait(since: datetime, now: datetime, bounds: tuple[float, float]) -> timedelta:
    least, most = bounds
    return timedelta(seconds=min(max((now - since).total_seconds(), least), most))


def _close(gate: Gate, reason: Reason, since: datetime, *, until: datetime | None, detail: str = "") -> None:
    gate.reason, gate.since, gate.closed_until, gate.detail, gate.is_probed = reason, since, until, detail, False
