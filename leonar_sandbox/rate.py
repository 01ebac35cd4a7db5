"""The documented limit: so many requests an hour for each key, in windows that begin with a key's first request."""

import math
import threading
import time
from typing import NamedTuple

DOCUMENTED_LIMIT = 2000
HOUR = 3600.0


class Standing(NamedTuple):
    """Where a key stands: what the X-RateLimit headers say, and whether this request is still within the limit."""

    limit: int
    remaining: int
    reset: int
    within: bool

    def exhausted_for(self, seconds: float) -> "Standing":
        """The same limit, with nothing left of it for so long."""
        return Standing(self.limit, 0, math.ceil(time.time() + seconds), within=False)

    def headers(self) -> dict[str, str]:
        """The three headers that every answer carries. The reset is in Unix seconds."""
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset),
        }


class RateLimit:
    """Counts requests by key, safe for many threads. Limit and window can be changed while it runs."""

    def __init__(self, limit: int = DOCUMENTED_LIMIT) -> None:
        self._initial_limit = limit
        self._lock = threading.Lock()
        self.limit = limit
        self.window_seconds = HOUR
        self._windows: dict[str | None, tuple[float, int]] = {}

    def count(self, key: str) -> Standing:
        """Take one request of this key into account."""
        with self._lock:
            start, used = self._window(key)
            within = used < self.limit
            if within:
                used += 1
                self._windows[key] = (start, used)
            return self._standing(start, used, within=within)

    def look(self, key: str | None) -> Standing:
        """Where a key stands, without counting anything. No key at all stands at the beginning."""
        with self._lock:
            start, used = self._window(key)
            return self._standing(start, used, within=True)

    def change(self, *, limit: int | None = None, window_seconds: float | None = None) -> None:
        """Set the limit, the length of a window, or both; every key begins a new window."""
        with self._lock:
            self.limit = self.limit if limit is None else limit
            self.window_seconds = self.window_seconds if window_seconds is None else window_seconds
            self._windows.clear()

    def reset(self) -> None:
        """Back to the limit it was started with, an hour's window, and no requests counted."""
        with self._lock:
            self.limit = self._initial_limit
            self.window_seconds = HOUR
            self._windows.clear()

    def _window(self, key: str | None) -> tuple[float, int]:
        now = time.time()
        start, used = self._windows.get(key, (now, 0))
        if not start <= now < self._reset(start):
            return now, 0
        return start, used

    def _reset(self, start: float) -> int:
        # Told in whole seconds, so kept in whole seconds: whoever waits until the reset is never refused.
        return math.ceil(start + self.window_seconds)

    def _standing(self, start: float, used: int, *, within: bool) -> Standing:
        return Standing(self.limit, max(self.limit - used, 0), self._reset(start), within)
