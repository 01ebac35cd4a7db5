"""Saving while Leonar is away against saving while it is there, and what the waiting deliverer costs."""

import tempfile
import time
from itertools import count
from pathlib import Path

from bench.report import interleaved, p95, tell
from tests.portal import Person, PortalProcess
from tests.sandbox_process import SandboxProcess

ROUNDS = 200
PICK_UPS = 60
IDLE_SECONDS = 10
MILLISECONDS = 1000


def run() -> None:
    """Measures two portals side by side, one of whose sandboxes has stopped, each with a deliverer."""
    with (
        tempfile.TemporaryDirectory() as folder,
        SandboxProcess(Path(folder) / "up", rate_limit=1_000_000) as up,
        SandboxProcess(Path(folder) / "down") as down,
        PortalProcess(Path(folder) / "with", sandbox_url=up.api_url, deliverers=1) as portal,
        PortalProcess(Path(folder) / "without", sandbox_url=down.api_url, deliverers=1) as cut_off,
    ):
        down.stop()
        _measure_saving(portal.sign_in(), cut_off.sign_in())
        _measure_deliverer(portal)


def _measure_saving(there: Person, away: Person) -> None:
    numbers = count(1)

    def save(person: Person) -> None:
        answer = person.submit(last_name=f"Martin-{next(numbers):05}")
        assert answer.status_code == 302, answer.status_code

    while_up, while_down = interleaved([lambda: save(there), lambda: save(away)], rounds=ROUNDS)
    tell(
        "saving while Leonar is away / while it is there, 95th percentile",
        p95(while_down) / p95(while_up),
        aim=1.3,
        detail=f"{p95(while_down) * MILLISECONDS:.1f} ms / {p95(while_up) * MILLISECONDS:.1f} ms",
    )


def _measure_deliverer(portal: PortalProcess) -> None:
    waited = portal.call("tests.rows.pick_up_seconds", PICK_UPS)
    tell("deliverer: new work is picked up, 95th percentile", p95(waited) * MILLISECONDS, aim=250, unit=" ms")
    (deliverer,) = portal.processes()["deliverer"]
    before, began = sum(deliverer.cpu_times()[:2]), time.monotonic()
    time.sleep(IDLE_SECONDS)
    share = (sum(deliverer.cpu_times()[:2]) - before) / (time.monotonic() - began)
    tell("deliverer: share of a core while idle", share * 100, aim=1, unit=" %")
