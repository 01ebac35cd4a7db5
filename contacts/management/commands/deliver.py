"""`manage.py deliver`: sends and settles what is due."""

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from contacts.delivery import clients, worker
from contacts.lookups import leonar_lists
from contacts.operations import elsewhere, housekeeping, readiness
from contacts.wording.delivery_notice import delivery_notice

# What goes on beside the deliveries has so long to end with them.
GRACE_SECONDS = 3.0


class Command(BaseCommand):
    """The loop of contacts.delivery.worker as a process that stops between two rows."""

    help = "Sends and settles what is due, until it is told to stop (SIGTERM or Ctrl-C: it finishes the row in hand)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Reads --once."""
        parser.add_argument("--once", action="store_true", help="stop when nothing is due now")

    def handle(self, *, once: bool, **options: object) -> None:
        """Says what it is connected to, never the key, and delivers."""
        target = "the sandbox" if settings.SANDBOX else "Leonar"
        host = urlsplit(settings.LEONAR_API_URL).netloc
        self.stdout.write(f"Delivering to {target} at {host}, from {connection.display_name}.")
        self._say_how_it_stands()
        self.stdout.flush()
        with _stopped_by_signals() as stop:
            beside = [] if once else [_started(loop, stop) for loop in (housekeeping.run, leonar_lists.run)]
            worker.run(stop=stop, once=once)
        _wait_for(beside)

    def _say_how_it_stands(self) -> None:
        """Before this process begins to change it. A database that is away now keeps nobody from waiting for it."""
        now = timezone.now()
        try:
            for line in delivery_notice(readiness.look(now), elsewhere.waiting(), now):
                self.stdout.write(line)
        except (DatabaseError, InterfaceError) as error:
            self.stdout.write(f"The database is out of reach ({type(error).__name__}); waiting for it.")
            clients.drop_database()


def _started(loop: Callable[..., None], stop: threading.Event) -> threading.Thread:
    thread = threading.Thread(target=loop, kwargs={"stop": stop}, daemon=True)
    thread.start()
    return thread


def _wait_for(threads: Iterable[threading.Thread]) -> None:
    """Python, ending under a thread that is at work, may wait for ever for a lock that the thread held."""
    deadline = time.monotonic() + GRACE_SECONDS
    for thread in threads:
        thread.join(max(0, deadline - time.monotonic()))


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    stop = threading.Event()
    # A handler may interrupt whoever holds the event's lock, and would wait for it for ever; this queue has none.
    told: SimpleQueue[None] = SimpleQueue()

    def pass_on() -> None:
        told.get()
        stop.set()

    messenger = threading.Thread(target=pass_on, daemon=True)
    messenger.start()
    before = {number: signal.signal(number, lambda *_: told.put(None)) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        told.put(None)
        messenger.join()
