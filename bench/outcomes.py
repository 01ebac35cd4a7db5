"""How long it takes from pressing "Create contact" until the outcome is known, for each failure that ends by itself.

Leonar's own delays are modelled: each call takes a while, and its search lags behind what was created.
"""

import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.report import median, p95
from tests.portal import Person, PortalProcess, submission_id
from tests.sandbox_process import SandboxProcess

SERVICE_SECONDS = 0.15
SEARCH_LAG_SECONDS = 2.0
PRESSES = 5
# Nobody waits longer than this here; what is still open then is told as such.
PATIENCE_SECONDS = 90.0
SETTLED = ("created", "rejected", "discarded")


@dataclass(frozen=True)
class Case:
    """One row of the failure table: its name, and the rule that spoils a call of POST /contacts.

    Between two spoilt calls one goes well, so that nothing is held back by the gate.
    """

    name: str
    rule: dict[str, Any] = field(default_factory=dict)
    away_seconds: float = 0.0


CASES = (
    Case("answered"),
    Case("refused for its content (400)", {"mode": "status", "status": 400, "message": "phone: no"}),
    Case("Leonar away for 10 s (connection refused)", away_seconds=10),
    Case("hourly limit, reset in 5 s (429)", {"mode": "rate_limited", "reset_in": 5}),
    Case("created, connection lost before the answer", {"mode": "drop_after_creating"}),
    Case("created, answered 502 by a proxy", {"mode": "status", "status": 502, "body": "html", "create": True}),
    Case("created, answer cut off", {"mode": "truncated"}),
    Case("created, answer without an id", {"mode": "no_id"}),
    Case("created, no answer in time", {"mode": "hang", "seconds": 30, "create": True}),
)


def run() -> None:
    """One portal with one deliverer after the other."""
    print(f"  time from the press to the known outcome, {PRESSES} presses each")
    for case in CASES:
        seconds, left = _measure(case)
        told = f"median {median(seconds):5.1f} s, 95th percentile {p95(seconds):5.1f} s" if len(seconds) > 1 else "-"
        still_open = f", {left} still open after {PATIENCE_SECONDS:.0f} s" if left else ""
        print(f"  {case.name:<52} {told}{still_open}", flush=True)


def _measure(case: Case) -> tuple[list[float], int]:
    with (
        tempfile.TemporaryDirectory() as folder,
        SandboxProcess(Path(folder) / "sandbox", rate_limit=1_000_000) as sandbox,
        PortalProcess(Path(folder) / "portal", sandbox_url=sandbox.api_url, deliverers=1) as portal,
    ):
        recruiter = portal.sign_in()
        sandbox.misbehave(mode="search_lag", seconds=SEARCH_LAG_SECONDS)
        back = time.monotonic() + case.away_seconds
        if case.away_seconds:
            sandbox.stop()
        watch = _Watch(recruiter)
        for number in range(PRESSES):
            if case.rule:
                sandbox.misbehave(**case.rule, calls=1, only="POST /contacts")
            watch.press(number)
            if case.rule:
                # Each by itself: behind a gate that the one before has closed it would wait for that one's sake.
                watch.wait()
                sandbox.misbehave(mode="delay", seconds=SERVICE_SECONDS, calls=1, only="POST /contacts")
                recruiter.submit(last_name="Between")
        while case.away_seconds and time.monotonic() < back:
            time.sleep(0.05)
        if not sandbox.is_running:
            sandbox.start()
        return watch.wait()


class _Watch:
    """Presses, and how long each took until its outcome was known."""

    def __init__(self, recruiter: Person) -> None:
        self._recruiter = recruiter
        self._pressed: dict[str, float] = {}
        self._seconds: list[float] = []

    def press(self, number: int) -> None:
        """One submission, which may be settled by the time that the press is answered."""
        began = time.monotonic()
        answer = self._recruiter.submit(last_name=f"Martin-{number}", **{"emails-0-email": f"m{number}@acme.example"})
        self._pressed[submission_id(answer)] = began
        self._look()

    def wait(self) -> tuple[list[float], int]:
        """The seconds of those that were settled in time, and how many were not."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self._pressed and time.monotonic() < deadline:
            self._look()
            time.sleep(0.05)
        return self._seconds, len(self._pressed)

    def _look(self) -> None:
        for key in list(self._pressed):
            if self._recruiter.status(key)["state"] in SETTLED:
                self._seconds.append(time.monotonic() - self._pressed.pop(key))
