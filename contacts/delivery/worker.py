"""The loop of `manage.py deliver`: whatever is due, one after the other, until told to stop."""

import logging
import threading

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from contacts.delivery import check, clients, gate, outbox
from contacts.models import Submission

log = logging.getLogger(__name__)

# New work is seen within this many seconds; each look costs one indexed query.
POLL = 0.15
# What fails is not tried again faster than this.
PAUSE_AFTER_FAILURE = 1.0


def run(*, stop: threading.Event, once: bool = False) -> None:
    """Sends and settles what is due until `stop` is set; with `once`, until nothing is due that may be done now.

    Nothing that one row does ends the loop: an attempt that fails unexpectedly is left to its lease. With `once` it is
    raised instead, so that the caller learns of it.
    """
    worker = clients.worker_name("deliverer")
    while not stop.is_set():
        try:
            acted = step(worker=worker)
        except Exception as error:
            if once:
                raise
            _survive(error, stop)
            continue
        if once and not acted:
            return
        if not acted:
            stop.wait(POLL)


def _survive(error: Exception, stop: threading.Event) -> None:
    """Whatever it was, the row in hand is left to its lease and the others go on."""
    if isinstance(error, DatabaseError | InterfaceError):
        log.error("database: %s", type(error).__name__)
        clients.drop_database()
    else:
        # Without the message and the traceback, which may quote a contact.
        log.error("unexpected %s; the submission in hand is left to its lease", type(error).__name__)
    stop.wait(PAUSE_AFTER_FAILURE)


def step(*, worker: str) -> bool:
    """One round: expired leases, one look, one send. True if anything was done."""
    now = timezone.now()
    due = Submission.objects.due(now)
    if not due.exists():
        return False
    acted = bool(outbox.release_expired())
    if not gate.standing(now).is_open:
        return acted
    if due.filter(state=Submission.State.UNCONFIRMED).exists():
        acted |= check.check(worker=worker)
    if due.filter(state=Submission.State.QUEUED).exists():
        acted |= _send_oldest(worker)
    return acted


def _send_oldest(worker: str) -> bool:
    attempt = outbox.claim(worker=worker)
    if attempt is None:
        return False
    outbox.send(attempt)
    return True
