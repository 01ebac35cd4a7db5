"""kill -9 of the portal's processes at random moments, pauses longer than a lease, and a database that goes away."""

import random
import signal
import time
from collections import Counter
from contextlib import suppress

import psutil

from tests.databases import PostgresServer
from tests.portal import STOP_SECONDS, PortalProcess

# Orphaned web workers are left alone for so long; then they are killed, as a supervisor would.
ORPHAN_SECONDS = 2


class Killer:
    """Kills one process after the other. `kills` counts them by role, `others` pauses and the database's failures."""

    def __init__(
        self,
        portal: PortalProcess,
        *,
        deliverers: int,
        lease_seconds: float,
        postgres: PostgresServer | None,
        rng: random.Random,
    ) -> None:
        self.kills: Counter[str] = Counter()
        self.others: Counter[str] = Counter()
        self._lease_seconds = lease_seconds
        self._postgres = postgres
        self._portal = portal
        self._deliverers = deliverers
        self._rng = rng

    def kill_one(self) -> None:
        """Waits for a random moment, kills a process of a random role, and puts another in its place.

        Now and then, something else happens to a process or to the database instead.
        """
        time.sleep(self._rng.uniform(0.05, 0.8))
        acts = {
            self._kill_worker: 16,
            self._kill_deliverer: 18,
            self._kill_web: 4,
            self._kill_master: 2,
            self._pause_deliverer: 1,
            self._pause_worker: 1,
        }
        if self._postgres is not None:
            acts |= {self._end_backends: 3, self._restart_postgres: 1}
        self._rng.choices(list(acts), weights=list(acts.values()))[0]()

    def _kill_worker(self) -> None:
        self.kills["web worker"] += self._portal.kill_worker(self._rng.randrange(1000))

    def _kill_deliverer(self) -> None:
        status = self._portal.stop_deliverer(signal.SIGKILL, self._rng.randrange(self._deliverers))
        self._portal.start_deliverer()
        self.kills["deliverer"] += status == -signal.SIGKILL

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

    def _pause_deliverer(self) -> None:
        self._pause("deliverer")

    def _pause_worker(self) -> None:
        self._pause("web")

    def _pause(self, role: str) -> None:
        """Stopped for longer than a lease, as a machine that sleeps, and then it goes on as if nothing had happened."""
        found = self._portal.processes().get(role, [])
        if not found:
            return
        paused = self._rng.choice(found)
        with suppress(psutil.NoSuchProcess):
            paused.suspend()
            time.sleep(1.3 * self._lease_seconds)
            paused.resume()
        self.others[f"{role} paused"] += 1

    def _end_backends(self) -> None:
        """Every connection is cut by the server."""
        assert self._postgres is not None
        with self._postgres.connect() as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        self.others["PostgreSQL's backends"] += 1

    def _restart_postgres(self) -> None:
        assert self._postgres is not None
        self._postgres.stop()
        self._postgres.start()
        self.others["PostgreSQL restarted"] += 1
