"""kill -9 of the portal's processes, at random moments, restarted at once."""

import random
import signal
import time
from collections import Counter
from contextlib import suppress

import psutil

from tests.portal import STOP_SECONDS, PortalProcess

# Orphaned web workers are left alone for so long; then they are killed, as a supervisor would.
ORPHAN_SECONDS = 2


class Killer:
    """Kills one process after the other. `kills` counts them by role."""

    def __init__(self, portal: PortalProcess, *, deliverers: int, rng: random.Random) -> None:
        self.kills: Counter[str] = Counter()
        self._portal = portal
        self._deliverers = deliverers
        self._rng = rng

    def kill_one(self) -> None:
        """Waits for a random moment, kills a process of a random role, and puts another in its place."""
        time.sleep(self._rng.uniform(0.05, 0.8))
        acts = [self._kill_worker, self._kill_deliverer, self._kill_web, self._kill_master]
        self._rng.choices(acts, weights=[8, 9, 2, 1])[0]()

    def _kill_worker(self) -> None:
        self._portal.kill_worker(self._rng.randrange(1000))
        self.kills["web worker"] += 1

    def _kill_deliverer(self) -> None:
        self._portal.stop_deliverer(signal.SIGKILL, self._rng.randrange(self._deliverers))
        self._portal.start_deliverer()
        self.kills["deliverer"] += 1

    def _kill_web(self) -> None:
        """The master and all of its workers, as when a machine stops."""
        self._portal.stop_web(signal.SIGKILL)
        self._portal.start_web()
        self.kills["web, whole"] += 1

    def _kill_master(self) -> None:
        """The master alone: its workers go on for a while, finish what they have in hand and go, or are made to."""
        found = self._portal.processes()
        for master in found.get("web master", []):
            master.kill()
            master.wait(STOP_SECONDS)
        _, alive = psutil.wait_procs(found.get("web", []), timeout=ORPHAN_SECONDS)
        for orphan in alive:
            with suppress(psutil.NoSuchProcess):
                orphan.kill()
                orphan.wait(STOP_SECONDS)
        self._portal.stop_web(signal.SIGKILL)
        self._portal.start_web()
        self.kills["web master"] += 1
