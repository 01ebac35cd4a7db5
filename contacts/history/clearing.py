"""Takes what was erased out of SQLite's files: its full-text index keeps words until its parts are merged.

Merging writes the whole index anew, which takes longer the more there is. So an erasure does as much of it as somebody
waits for, and the deliverer goes on; an event says once it is done. PostgreSQL sees to its files itself.
"""

from django.db import connection
from django.utils import timezone

from contacts.history import index
from contacts.models import Event
from contacts.privacy import erasure

# No more than somebody waits for: the whole of an index of some twenty thousand entries.
STEPS_AT_ONCE = 5


class Clearing:
    """Takes whatever has been erased by now out of the files, step by step; whoever else writes comes in between."""

    def __init__(self) -> None:
        self._through = _last_erased()
        self._merging = index.Merging()

    def go_on(self) -> bool:
        """Does a few steps, outside any transaction. True once all is done, and on record."""
        return any(self._merging.step() for _ in range(STEPS_AT_ONCE)) and self._end()

    def _end(self) -> bool:
        if not erasure.clear_write_ahead_log():
            return False
        if self._through > _last_cleared():
            Event.objects.create(at=timezone.now(), kind=Event.Kind.CLEARED, details={"through": self._through})
        return True


class Cleaner:
    """The deliverer's part: goes on, at each call, until nothing that was erased is left in the files."""

    def __init__(self) -> None:
        self._clearing: Clearing | None = None

    def go_on(self) -> bool:
        """True if there is more to do."""
        if self._clearing is None and _last_erased() > _last_cleared():
            self._clearing = Clearing()
        if self._clearing is not None and self._clearing.go_on():
            self._clearing = None
        return self._clearing is not None


def is_cleared(erased: Event) -> bool:
    """Whether the files hold nothing any more of what this event says was erased; of PostgreSQL's nothing is known."""
    return connection.vendor != "sqlite" or erased.pk <= _last_cleared()


def _last_erased() -> int:
    return Event.objects.filter(kind=Event.Kind.ERASED).values_list("pk", flat=True).first() or 0


def _last_cleared() -> int:
    cleared = Event.objects.filter(kind=Event.Kind.CLEARED).values_list("details", flat=True).first()
    return cleared["through"] if cleared else 0
