"""What went wrong in requests that no view has dealt with."""

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.signals import got_request_exception

SEED = int(os.environ.get("FUZZ_SEED", "1"))


class Faults:
    """What went wrong where, and the first request that did it."""

    def __init__(self) -> None:
        self.case: Any = None
        self.found: dict[str, Any] = {}

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Within the block, whatever no view has dealt with is noted with the `case` of the moment."""
        got_request_exception.connect(self._note)
        try:
            yield
        finally:
            got_request_exception.disconnect(self._note)

    def _note(self, sender: Any, request: Any = None, **more: Any) -> None:
        last = traceback.format_exc().splitlines()
        own = [line.strip() for line in last if 'File "' in line]
        self.found.setdefault(f"{last[-1][:200]} at {own[-1]} from {own[-2] if len(own) > 1 else ''}", self.case)
