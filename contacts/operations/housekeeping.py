"""What is done now and then beside delivering, in a loop of its own: the clock, alerts, what the log says,
figures, retention."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection

from contacts.delivery import clock
from contacts.history import clearing, figures
from contacts.operations import alerts, readiness
from contacts.privacy import retention

log = logging.getLogger(__name__)

# Seconds between two looks at how delivery stands, and at what is old enough to be erased.
LOOK_EVERY = 10.0
SWEEP_EVERY = 3600.0
# Seconds between two counts of the figures, and at what was erased but is in the files still.
COUNT_EVERY = 60.0


class _Chore:
    """Something done every so many seconds, first at once; again at the next round where it says that more is to do."""

    def __init__(self, act: Callable[[], bool | None], every: float) -> None:
        self._act, self._every = act, every
        self._next_at = float("-inf")

    def do_if_due(self) -> None:
        if time.monotonic() < self._next_at:
            return
        # Before the act, so that one that fails is not tried again at once.
        self._next_at = time.monotonic() + self._every
        if self._act():
            self._next_at = time.monotonic()


def run(*, stop: threading.Event) -> None:
    """Does the chores until `stop` is set. One that fails is logged and done again when it is next due."""
    watch = readiness.Watch()
    chores = [
        _Chore(clock.follow_clock, LOOK_EVERY),
        _Chore(watch.look, LOOK_EVERY),
        _Chore(alerts.send_digest, LOOK_EVERY),
        _Chore(figures.roll_up, COUNT_EVERY),
        _Chore(retention.sweep, SWEEP_EVERY),
        _Chore(retention.clear_drafts, SWEEP_EVERY),
        _Chore(retention.clear_origins, SWEEP_EVERY),
        _Chore(retention.clear_sessions, SWEEP_EVERY),
        _Chore(clearing.Cleaner().go_on, COUNT_EVERY),
    ]
    try:
        while not stop.is_set():
            for chore in chores:
                if not stop.is_set():
                    _do(chore)
            stop.wait(1)
    finally:
        connection.close()


def _do(chore: _Chore) -> None:
    try:
        chore.do_if_due()
    except (DatabaseError, InterfaceError) as error:
        log.error("housekeeping: database: %s", type(error).__name__)
        connection.close()
    except Exception as error:  # noqa: BLE001  (the other chores go on, and this one when it is next due)
        # Without the message, which may quote anything.
        log.error("housekeeping: unexpected %s", type(error).__name__)
