"""What a finished call does to the gate, without a call."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from contacts.delivery import gate
from contacts.leonar import errors
from contacts.leonar.answers import Answer, RateLimit
from contacts.leonar.client import Reply

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
UNREACHABLE = errors.Unreachable("refused")
HUNG = errors.NoAnswer("read timeout")


def answer(status: int = 201, rate_limit: RateLimit | None = None) -> Answer:
    """What came back."""
    return Answer(status, "application/json", "", rate_limit or RateLimit(), 0.1)


def created(rate_limit: RateLimit | None = None) -> Reply:
    """The outcome of a send that created its contact."""
    return Reply({}, answer(201, rate_limit))


def limited(retry_after: float | None = None) -> errors.RateLimited:
    """The outcome of a send that came too early."""
    return errors.RateLimited(retry_after, detail="HTTP 429", answer=answer(429))


def close(failure: errors.LeonarError = UNREACHABLE) -> None:
    """Two sends in a row end like this, which is what closes the gate."""
    note_send(failure)
    note_send(failure)


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


def take_help() -> bool:
    """Whether a read that only helps with entering may be made now; it is reserved then."""
    with transaction.atomic():
        return gate.take_help(gate.hold(), timezone.now())


def note_help(outcome: gate.Outcome) -> None:
    """Such a read ended like this."""
    with transaction.atomic():
        gate.note_help(gate.hold(), outcome, now=timezone.now())


def take_probe() -> bool:
    """Whether it is time to probe; the probe is reserved then."""
    with transaction.atomic():
        return gate.take_probe(gate.hold(), timezone.now())
