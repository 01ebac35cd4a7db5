"""Asking whether Leonar is there again: a read, because it puts no contact in doubt."""

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from contacts.delivery import clients, closing, gate
from contacts.leonar import errors
from contacts.models import Gate

log = logging.getLogger(__name__)


def probe() -> bool:
    """Asks, where Leonar is away and it is time to. True if it asked. Raises django.db.DatabaseError."""
    if not _is_time() or not _claim():
        return False
    clients.release_database()
    outcome: gate.Outcome
    try:
        # Not the search, which checks need and which may fail alone.
        outcome = clients.client().tags()
    except errors.LeonarError as error:
        outcome = error
    with transaction.atomic():
        held = gate.hold()
        gate.note_probe(held, outcome, now=timezone.now())
        is_there = held.is_probed
    log.info("probe: Leonar is %s: %s", "there" if is_there else "away", _said(outcome))
    return True


def _is_time() -> bool:
    """Asked in every round, so it locks nothing."""
    own = Gate.objects.filter(workspace=settings.LEONAR_WORKSPACE, fingerprint=clients.fingerprint())
    return own.filter(reason__in=closing.AWAY, is_probed=False, closed_until__lte=timezone.now()).exists()


def _claim() -> bool:
    with transaction.atomic(durable=True):
        return gate.take_probe(gate.hold(), timezone.now())


def _said(outcome: gate.Outcome) -> str:
    return str(outcome) if isinstance(outcome, errors.LeonarError) else "answered"
