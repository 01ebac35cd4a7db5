"""`make crash`: the portal on SQLite and on PostgreSQL, and an ordinary task queue beside it. Exit status 1 if the
portal lost, doubled or forgot anything."""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.databases import PostgresServer
from tests.delivery.crash import portal_run, queue_run, report

DELIVERERS = {"sqlite": 1, "postgres": 4}
TITLES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
QUEUES = {0: "huey", 3: "huey, 3 retries"}


def main() -> int:
    """The exit status."""
    options = _options()
    databases = [options.database] if options.database else list(DELIVERERS)
    abuse = {"submissions": options.submissions, "kills": options.kills, "seed": options.seed}
    _tell(f"Seed {options.seed}. At least {options.submissions} submissions and {options.kills} kills each.")
    runs = [_portal(name, options.deliverers or DELIVERERS[name], abuse) for name in databases]
    queues = [] if options.database else [_queue(retries, abuse) for retries in QUEUES]
    _tell(*report.lines([*runs, *queues]))
    failed = [run for run in runs if run.buckets.violations or run.unexpected]
    _tell("", f"The portal: {'VIOLATED' if failed else 'nothing lost, nothing doubled, nothing in limbo'}")
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.delivery.crash", description=__doc__)
    parser.add_argument("--submissions", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", choices=DELIVERERS, help="only this one, and no task queue")
    parser.add_argument("--deliverers", type=int, help="default: 1 on SQLite, 4 on PostgreSQL")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _tell(*lines: str) -> None:
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()


def _portal(name: str, deliverers: int, abuse: dict[str, int]) -> portal_run.Run:
    title = f"{TITLES[name]}, {deliverers} deliverer{'s' if deliverers > 1 else ''}"
    _tell(f"The portal on {title} …")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = stack.enter_context(PostgresServer()) if name == "postgres" else None
        url = postgres.new_database() if postgres else f"sqlite:///{folder / 'portal.sqlite3'}"
        return portal_run.run(folder, title=title, database_url=url, deliverers=deliverers, postgres=postgres, **abuse)


def _queue(retries: int, abuse: dict[str, int]) -> portal_run.Run:
    _tell(f"{QUEUES[retries]} …")
    with tempfile.TemporaryDirectory() as folder:
        return queue_run.run(Path(folder), title=QUEUES[retries], retries=retries, **abuse)


if __name__ == "__main__":
    sys.exit(main())
