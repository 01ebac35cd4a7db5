"""The loop of `manage.py deliver`: whatever is due, one after the other, until told to stop."""

import logging
import threading

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from contacts.delivery import check, clients, gate, outbox, probe
from contacts.models import Submission

log = logging.getLogger(__name__)

State = Submission.State

# New work is seen within this many seconds; each look costs two indexed queries.
POLL = 0.15
# What fails is not tried again faster than this.
PAUSE_AFTER_FAILURE = 1.0


def run(*, stop: threading.Event, once: bool = False) -> None:
    """Sends and settles what is due until `stop` is set; with `once`, until nothing is due that may be done now.

    Nothing that one row does ends the loop: an attempt that fails unexpectedly is left to its lease. With `once` it is
    raised instead, so that the caller learns of it. Once `stop` is set, only the row in hand is finished.
    """
    worker = clients.worker_name("deliverer")
    while not stop.is_set():
        try:
            acted = step(worker=worker, stop=stop)
        except Exception as error:
            if once:
                raise
            _survive(error, stop)
            continue
        if once and not acted:
            return
        if not acted:
            stop.wait(POLL)


def step(*, worker: str, stop: threading.Event | None = None) -> bool:
    """One round: expired leases, a probe, one send, one check, so that none waits for more than one call of another's.

    True if anything was done.
    """
    is_anything_due = Submission.objects.due(timezone.now()).exists()
    acted = False
    for act in (_release, _probe, _send, _check) if is_anything_due else (_probe,):
        if stop is not None and stop.is_set():
            break
        acted |= act(worker)
    return acted


def _release(worker: str) -> bool:
    del worker
    return outbox.release_expired() > 0


def _probe(worker: str) -> bool:
    del worker
    return probe.probe()


def _send(worker: str) -> bool:
    # Asked first, because a claim locks out whoever else would write.
    return _is_due(State.QUEUED) and gate.may_send(timezone.now()) and outbox.deliver(worker=worker)


def _check(worker: str) -> bool:
    return _is_due(State.UNCONFIRMED) and gate.may_read(timezone.now()) and check.check(worker=worker)


def _is_due(state: State) -> bool:
    return Submission.objects.due(timezone.now()).filter(state=state).exists()


def _survive(error: Exception, stop: threading.Event) -> None:
    """Whatever it was, the row in hand is left to its lease and the others go on."""
    if isinstance(error, DatabaseError | InterfaceError):
        log.error("database: %s", type(error).__name__)
        clients.drop_database()
    else:
        # Without the message and the traceback, which may quote a contact.
        log.error("unexpected %s; the submission in hand is left to its lease", type(error).__name__)
    stop.wait(PAUSE_AFTER_FAILURE)
