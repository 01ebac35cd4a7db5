"""The loop of `manage.py deliver`: whatever is due, one after the other, until told to stop."""

import logging
import threading
import time

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from contacts.models import Submission
from contacts.services import connection, gate, outbox, settle, trouble

log = logging.getLogger(__name__)

# New work is seen within this many seconds; each look costs one indexed query.
POLL = 0.15
# How often it is looked whether admins have to be told something.
ANNOUNCE_EVERY = 10.0
# Lost database connections are not retried faster than this.
DATABASE_PAUSE = 1.0


def run(*, stop: threading.Event, once: bool = False) -> None:
    """Sends and settles what is due until `stop` is set; with `once`, until nothing is due that may be done now.

    Nothing that one row does ends the loop: an attempt that fails unexpectedly is left to its lease.
    """
    worker = connection.worker_name("deliverer")
    announced = float("-inf")
    while not stop.is_set():
        try:
            if time.monotonic() - announced >= ANNOUNCE_EVERY:
                announced = time.monotonic()
                trouble.announce()
            acted = step(worker=worker)
        except (DatabaseError, InterfaceError) as error:
            log.error("database: %s", type(error).__name__)
            connection.drop_database()
            acted = False
            stop.wait(DATABASE_PAUSE)
        except Exception as error:  # noqa: BLE001  (the row in hand is left to its lease; the others must go on)
            log.error("unexpected %s; the submission in hand is left to its lease", type(error).__name__)
            acted = False
        if acted:
            continue
        if once:
            return
        stop.wait(POLL)


def step(*, worker: str) -> bool:
    """One round: expired leases, one look, one send. True if anything was done."""
    now = timezone.now()
    due = set(Submission.objects.filter(due_at__lte=now).values_list("state", flat=True).distinct())
    if not due:
        return False
    acted = bool(outbox.release_expired()) if Submission.State.SENDING in due else False
    if not gate.standing(now).is_open:
        return acted
    if Submission.State.UNCONFIRMED in due:
        acted |= settle.check(worker=worker)
    if Submission.State.QUEUED in due:
        acted |= _send_oldest(worker)
    return acted


def _send_oldest(worker: str) -> bool:
    attempt = outbox.claim(worker=worker)
    if attempt is None:
        return False
    outbox.send(attempt)
    return True
