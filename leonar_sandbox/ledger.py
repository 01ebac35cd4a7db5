"""Every POST /contacts whose whole body was read, in that order: the oracle of tests about what reached Leonar."""

import threading
from pathlib import Path
from typing import Any

from leonar_sandbox.contact import utc_now
from leonar_sandbox.journal import Journal


class Ledger:
    """Requests seen and what became of them, in memory and in a journal, safe for many threads."""

    def __init__(self, data_dir: Path) -> None:
        self._lock = threading.Lock()
        self._lines: dict[int, dict[str, Any]] = {}
        self._journal = Journal(data_dir / "ledger.jsonl")
        for record in self._journal.records():
            self._lines.setdefault(record["number"], {}).update(record)
        self._last_number = max(self._lines, default=0)

    def seen(self, *, body: Any, key_suffix: str) -> int:
        """Record that a request was read whole, before anything is done about it. Returns its number."""
        with self._lock:
            self._last_number += 1
            line = {
                "number": self._last_number,
                "at": utc_now(),
                "key_suffix": key_suffix,
                "body": body,
                "created_id": None,
                "status": None,
            }
            self._journal.append(line)
            self._lines[self._last_number] = line
            return self._last_number

    def outcome(self, number: int, *, created_id: str | None, status: int | None) -> None:
        """Record what was created, and the status about to be answered (none for a dropped connection)."""
        with self._lock:
            if number not in self._lines:
                return  # forgotten while the request was under way
            outcome = {"created_id": created_id, "status": status}
            self._journal.append({"number": number} | outcome)
            self._lines[number] |= outcome

    def lines(self) -> list[dict[str, Any]]:
        """Every request so far, oldest first."""
        with self._lock:
            return [dict(line) for line in self._lines.values()]

    def count(self) -> int:
        """How many requests there were."""
        return len(self._lines)

    def clear(self) -> None:
        """Forget every request."""
        with self._lock:
            self._journal.clear()
            self._lines.clear()
