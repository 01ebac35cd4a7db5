"""A clock that was set back: nothing waits for a time that is further off than anything is ever due."""

from datetime import timedelta

from django.utils import timezone

from contacts.delivery import clients, gate, outcomes, schedule
from contacts.delivery.outbox import INLINE_GRACE
from contacts.models import Submission

State = Submission.State


def follow_clock() -> None:
    """Whatever is due later than the machine ever puts off is due then, from now on; the gate opens in its time."""
    gate.follow_clock()
    now = timezone.now()
    lease = timedelta(seconds=clients.lease_seconds())
    latest = {
        State.QUEUED: now + INLINE_GRACE,
        State.SENDING: now + lease,
        State.UNCONFIRMED: now + timedelta(seconds=schedule.CHECKS[-1]),
    }
    for state, due_at in latest.items():
        # Machines may differ by half a lease.
        late = Submission.objects.here().filter(state=state, due_at__gt=due_at + lease)
        outcomes.due_after_all(late, due_at=due_at)
