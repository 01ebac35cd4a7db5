"""The portal under abuse: submissions through the web, kills, drain, comparison."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.databases import PostgresServer
from tests.delivery.crash import certainties, weather
from tests.delivery.crash.buckets import Buckets, Record, Says, sort
from tests.delivery.crash.deciders import Decider
from tests.delivery.crash.entries import entry_of
from tests.delivery.crash.killer import Killer
from tests.delivery.crash.people import People
from tests.portal import PortalProcess
from tests.sandbox_process import SandboxProcess

CLIENTS = 6
# A person goes through what waits so often; what is sent again may come to wait again.
ROUNDS_MOST = 4
DRAIN_SECONDS = 240
# Short, so that leases run out while the harness waits.
TIMEOUTS = {"LEONAR_CONNECT_TIMEOUT": "1", "LEONAR_READ_TIMEOUT": "2", "LEONAR_DEADLINE": "2"}
LEASE_SECONDS = 4.0


@dataclass
class Run:
    """One run: what it was, what became of the submissions, and what else was seen.

    `kills` counts the processes that were killed, by role; `others` what else was done to processes and database.
    """

    title: str
    buckets: Buckets
    kills: Counter[str]
    others: Counter[str]
    seconds: float
    notes: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)


def run(
    folder: Path,
    *,
    title: str,
    database_url: str,
    deliverers: int,
    submissions: int,
    kills: int,
    seed: int,
    postgres: PostgresServer | None = None,
    environment: dict[str, str] | None = None,
) -> Run:
    """At least so many submissions and so many processes killed, in a folder of their own.

    With `postgres`, the server of `database_url`, its backends are ended and it is restarted too.
    """
    began = time.monotonic()
    rng = random.Random(seed)
    with (
        SandboxProcess(folder / "sandbox", rate_limit=1_000_000) as sandbox,
        PortalProcess(
            folder / "portal",
            sandbox_url=sandbox.api_url,
            database_url=database_url,
            deliverers=deliverers,
            environment=TIMEOUTS | (environment or {}),
        ) as portal,
    ):
        certain = certainties.enter(portal, sandbox)
        weather.brew(sandbox, calls=4 * submissions, rng=rng)
        people = People(portal, clients=CLIENTS, rng=rng)
        killer = Killer(portal, deliverers=deliverers, lease_seconds=LEASE_SECONDS, postgres=postgres, rng=rng)
        people.start()
        try:
            while len(people.tally.attempted) < submissions or killer.kills.total() < kills:
                weather.turn(sandbox, rng=rng)
                if killer.kills.total() < kills:
                    killer.kill_one()
                else:
                    time.sleep(0.1)
        finally:
            people.stop()
        abused = time.monotonic() - began
        sandbox.misbehave(mode="normal")
        decider = Decider(portal, sandbox, killer=killer, rng=rng)
        left = _drain_and_settle(portal, decider)
        rows = portal.call("tests.delivery.crash.records.records")
        tally = people.tally
        buckets = sort(
            attempted=tally.attempted | certain,
            acknowledged=tally.acknowledged | certain,
            records=[
                Record(row["name"], Says[row["says"]], row["contact_id"], frozenset(row["shown"])) for row in rows
            ],
            ledger=[line for line in sandbox.ledger() if entry_of(line["body"]) != certainties.BY_HAND],
            sent_again=decider.sent_again,
        )
    decided = ", ".join(f"{act} {number}x" for act, number in decider.acts.items())
    notes = [
        f"a person decided: {decided or 'nothing'}",
        f"forms pressed again {tally.pressed_again} times; 503 'not saved yet' {tally.not_saved} times",
        f"abuse {abused:.0f} s, drain {time.monotonic() - began - abused:.0f} s, {left} still on their way after it",
        "check clock advanced: checks came at once instead of after 5 s to 60 min",
    ]
    return Run(title, buckets, killer.kills, killer.others, time.monotonic() - began, notes, tally.unexpected)


def _drain_and_settle(portal: PortalProcess, decider: Decider) -> int:
    """How many are still on their way after the last drain."""
    for _ in range(ROUNDS_MOST):
        left = portal.call("tests.delivery.crash.records.drain", DRAIN_SECONDS)
        if left or not decider.settle():
            return left
    return portal.call("tests.delivery.crash.records.drain", DRAIN_SECONDS)
