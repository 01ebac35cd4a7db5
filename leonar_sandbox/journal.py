"""An append-only file of JSON lines: what was written stays, whenever the process is killed."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Journal:
    """One line a record. A write goes to the operating system whole and at once, so kill -9 loses nothing acknowledged.

    Not safe for threads by itself: its owner holds a lock.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._end_torn_line()

    def records(self) -> Iterator[dict[str, Any]]:
        """Every whole record, oldest first. A line cut short by a kill or a full disk is passed over."""
        with self._path.open("rb") as lines:
            for line in lines:
                try:
                    yield json.loads(line)
                except ValueError:
                    continue

    def append(self, record: dict[str, Any]) -> None:
        """Write one record. Raises OSError, and leaves no trace, where it does not fit."""
        line = json.dumps(record, separators=(",", ":")).encode() + b"\n"
        written = os.write(self._file, line)
        if written != len(line):
            os.ftruncate(self._file, os.fstat(self._file).st_size - written)
            raise OSError("the disk is full")

    def clear(self) -> None:
        """Forget every record."""
        os.ftruncate(self._file, 0)

    def _end_torn_line(self) -> None:
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            os.write(self._file, b"\n")
