"""An export of all there is: its first row, what it costs other pages meanwhile, and whether memory grows with it.

Over as many rows as the history is measured at (ROWS), read by a thread of the same process, as gunicorn's are.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from accounts import roles
from bench.history import MANY, MILLISECONDS, fill, signed_in
from bench.report import interleaved, median, tell

ROUNDS = 20
# After so many pieces an export holds all that it needs.
SETTLED = 20
MEGABYTE = 1024 * 1024
FORMATS = {"CSV": "export", "Excel": "export_xlsx"}


def run() -> None:
    """Measures each format."""
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        fill(MANY)
        reader, other = signed_in("bench-ana", roles.ADMIN), signed_in("bench-mei", roles.ADMIN)
        for name, view in FORMATS.items():
            _measure(name, lambda view=view: _pieces(reader, view), lambda: other.get(reverse("history")))


def _measure(name: str, export: Callable[[], Iterator[bytes]], page: Callable[[], object]) -> None:
    [alone] = interleaved([page], rounds=ROUNDS)
    [first] = interleaved([lambda: _first_row(export())], rounds=5, warm_up=1)
    tell(f"{name}: the first row of {MANY}", median(first) * MILLISECONDS, aim=300, unit=" ms")
    is_over, grown = Event(), [0.0]
    reading = Thread(target=_read, args=(export, is_over, grown))
    began = time.perf_counter()
    reading.start()
    meanwhile = []
    while not is_over.is_set() and len(meanwhile) < ROUNDS:
        before = time.perf_counter()
        page()
        meanwhile.append(time.perf_counter() - before)
    reading.join()
    took = time.perf_counter() - began
    tell(f"{name}: the history's first page meanwhile / alone", median(meanwhile) / median(alone), aim=2)
    tell(f"{name}: memory that the export adds", grown[0], aim=50, unit=" MB", detail=f"{took:.0f} s in all")


def _pieces(reader: Client, view: str) -> Iterator[bytes]:
    answer = reader.get(reverse(view))
    assert answer.status_code == 200, answer.status_code
    try:
        yield from answer.streaming_content
    finally:
        answer.close()


def _first_row(pieces: Iterator[bytes]) -> None:
    # The first piece is the headings'.
    next(pieces)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]


def _read(export: Callable[[], Iterator[bytes]], is_over: Event, grown: list[float]) -> None:
    """Reads it to its end, and notes by how much the process has grown at most since its first pieces."""
    try:
        started = 0.0
        for number, _piece in enumerate(export()):
            if number == SETTLED:
                started = _resident()
            elif number % SETTLED == 0 and started:
                grown[0] = max(grown[0], _resident() - started)
    finally:
        is_over.set()
        connection.close()


def _resident() -> float:
    """Megabytes of memory that this process holds; Linux alone tells."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
