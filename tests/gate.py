"""What a finished call does to the gate, without a call."""

from django.db import transaction
from django.utils import timezone

from contacts.delivery import gate


def note_send(outcome: gate.Outcome, *, started_at=None) -> None:
    """A send ended like this."""
    with transaction.atomic():
        now = timezone.now()
        gate.note_send(gate.hold(), outcome, started_at=started_at or now, now=now)


def note_read(outcome: gate.Outcome) -> None:
    """A read ended like this."""
    with transaction.atomic():
        gate.note_read(gate.hold(), outcome, now=timezone.now())


def note_probe(outcome: gate.Outcome) -> None:
    """A probe ended like this."""
    with transaction.atomic():
        gate.note_probe(gate.hold(), outcome, now=timezone.now())


def take_send() -> bool:
    """Whether a send may be made now; it is reserved then."""
    with transaction.atomic():
        return gate.take_send(gate.hold(), timezone.now())


def take_read() -> bool:
    """Whether a read may be made now; it is reserved then."""
    with transaction.atomic():
        return gate.take_read(gate.hold(), timezone.now())


def take_probe() -> bool:
    """Whether it is time to probe; the probe is reserved then."""
    with transaction.atomic():
        return gate.take_probe(gate.hold(), timezone.now())
