"""What is done now and then beside delivering, in a loop of its own: alerts, retention."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection

from contacts.operations import alerts
from contacts.privacy import retention

log = logging.getLogger(__name__)

# Seconds between two looks at what admins have to be told, and at what is old enough to be erased.
ANNOUNCE_EVERY = 10.0
SWEEP_EVERY = 3600.0


class _Chore:
    """Something done every so many seconds; first at once."""

    def __init__(self, act: Callable[[], object], every: float) -> None:
        self._act, self._every = act, every
        self._done_at = float("-inf")

    def do_if_due(self) -> None:
        if time.monotonic() - self._done_at < self._every:
            return
        self._done_at = time.monotonic()
        self._act()


def run(*, stop: threading.Event) -> None:
    """Does the chores until `stop` is set. A chore that fails is logged and done again when it is next due."""
    chores = [_Chore(alerts.announce, ANNOUNCE_EVERY), _Chore(retention.sweep, SWEEP_EVERY)]
    try:
        while not stop.is_set():
            for chore in chores:
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
