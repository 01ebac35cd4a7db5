"""The hourly window: the portal's own count of the calls that are left in it, kept in the gate's row.

Stops before Leonar has to refuse. Whoever else uses the key is seen through each answer's headers.
"""

from datetime import datetime, timedelta

from contacts.leonar.answers import RateLimit
from contacts.models import Gate

# X-RateLimit-Reset and Date are whole seconds; one more makes sure that the reset has happened.
RESET_MARGIN = timedelta(seconds=1)
# No window ends later than this, whatever a clock that was set back makes of a known end.
LONGEST = timedelta(seconds=3660) + RESET_MARGIN
# Answers of one window name its reset within a second or two of each other.
SAME_WINDOW = timedelta(seconds=30)
COUNT_MOST = 1_000_000
# This part of the window is never spent on reads that only help with entering.
KEPT_FOR_DELIVERY = 0.2


def is_used_up(gate: Gate, now: datetime) -> bool:
    """Whether no call is left before the reset."""
    return gate.rate_remaining == 0 and gate.rate_reset_at is not None and gate.rate_reset_at > now


def is_scarce(gate: Gate, now: datetime) -> bool:
    """Whether so few calls are left that only sends and checks should make them."""
    if gate.rate_limit is None or gate.rate_remaining is None or gate.rate_reset_at is None:
        return False
    return gate.rate_reset_at > now and gate.rate_remaining < gate.rate_limit * KEPT_FOR_DELIVERY


def take(gate: Gate, now: datetime) -> bool:
    """Counts one call. False, with nothing counted, where none is left."""
    if gate.rate_reset_at is not None and gate.rate_reset_at <= now:
        gate.rate_remaining, gate.rate_reset_at = gate.rate_limit, None
    if is_used_up(gate, now):
        return False
    # A count whose window has no known end limits nothing: the next answer tells.
    if gate.rate_remaining:
        gate.rate_remaining -= 1
    return True


def give_back(gate: Gate) -> None:
    """A call that was counted did not reach Leonar."""
    if gate.rate_remaining is not None:
        gate.rate_remaining += 1


def forget(gate: Gate) -> None:
    """Nothing is known of a window."""
    gate.rate_remaining = gate.rate_reset_at = None


def learn(gate: Gate, seen: RateLimit, now: datetime) -> None:
    """What an answer's headers said."""
    if seen.limit is not None:
        gate.rate_limit = min(seen.limit, COUNT_MOST)
    if seen.remaining is None or seen.reset_in is None:
        if gate.rate_reset_at is None:
            forget(gate)
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
