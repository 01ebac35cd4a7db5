"""Asking Leonar for what helps with entering: in little time, only where delivery can spare the call, and quietly."""

import logging
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from contacts.delivery import clients, gate
from contacts.leonar import errors
from contacts.leonar.client import LeonarClient, Reply

log = logging.getLogger(__name__)


def ask(call: Callable[[LeonarClient], Reply]) -> Reply | None:
    """What Leonar answers to one read within a second or so.

    None where it may not be asked now, refuses, fails, or takes longer. Raises django.db.DatabaseError.
    """
    if not _claim():
        return None
    clients.release_database()
    outcome: gate.Outcome
    try:
        outcome = call(clients.quick_client())
    except errors.LeonarError as error:
        outcome = error
        log.info("help: no answer from Leonar: %s", error)
    except (OSError, ValueError) as error:
        # No client could be made; delivery says so where it matters.
        log.info("help: no client: %s", type(error).__name__)
        return None
    with transaction.atomic():
        gate.note_help(gate.hold(), outcome, now=timezone.now())
    return outcome if isinstance(outcome, Reply) else None


def _claim() -> bool:
    # Most pages find the gate open or closed without locking its row.
    if not gate.may_read(timezone.now()):
        return False
    with transaction.atomic():
        return gate.take_help(gate.hold(), timezone.now())
