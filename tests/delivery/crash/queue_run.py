"""A task queue (huey, on SQLite) under the same abuse, but kinder: what stands in for its web is never killed."""

import importlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from itertools import count
from pathlib import Path
from types import ModuleType
from unittest import mock

from huey.exceptions import HueyException, TaskException

from tests.delivery.crash import weather
from tests.delivery.crash.buckets import Record, Says, sort
from tests.delivery.crash.entries import MARK
from tests.delivery.crash.portal_run import CLIENTS, DRAIN_SECONDS, Run
from tests.portal import PROJECT_ROOT
from tests.sandbox_process import SandboxProcess

# As many as the deliverers that the portal has on PostgreSQL.
WORKERS = 4
# A client waits for its result as long as a recruiter's browser would at most; then it goes on.
PATIENCE = 3
# Longer than any call may take: after so much quiet no task is under way.
QUIET_SECONDS = 4


def run(folder: Path, *, title: str, retries: int, submissions: int, kills: int, seed: int) -> Run:
    """At least so many tasks and so many kills of the consumer, in a folder of their own."""
    began = time.monotonic()
    rng = random.Random(seed)
    with SandboxProcess(folder / "sandbox", rate_limit=1_000_000) as sandbox:
        environment = os.environ | {
            "QUEUE_FILE": str(folder / "queue.sqlite3"),
            "QUEUE_RETRIES": str(retries),
            "LEONAR_API_URL": sandbox.api_url,
        }
        weather.brew(sandbox, calls=4 * submissions, rng=rng)
        app = _load(environment)
        clients, killed = _Clients(app), 0
        clients.start()
        consumer = _consumer(environment, folder)
        try:
            while clients.count < submissions or killed < kills:
                time.sleep(rng.uniform(0.05, 0.8))
                if killed < kills:
                    _end(consumer, signal.SIGKILL)
                    consumer = _consumer(environment, folder)
                    killed += 1
            clients.stop()
            sandbox.misbehave(mode="normal")
            _drain(app)
        finally:
            clients.stop()
            _end(consumer, signal.SIGTERM)
        buckets = sort(
            attempted=clients.tasks.keys(),
            acknowledged=clients.tasks.keys(),
            records=clients.records(),
            ledger=sandbox.ledger(),
        )
    notes = ["only the consumer was killed; whoever puts tasks into the queue was not"]
    return Run(title, buckets, Counter({"consumer": killed}), Counter(), time.monotonic() - began, notes)


class _Clients:
    """Each puts a task into the queue, waits for its result for a while, and goes on to the next."""

    def __init__(self, app: ModuleType) -> None:
        self.tasks: dict[str, str] = {}
        self._app = app
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._work) for _ in range(CLIENTS)]

    @property
    def count(self) -> int:
        return len(self.tasks)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def records(self) -> list[Record]:
        """What the queue can still say about each task; of some it knows nothing any more."""
        under_way = {task.id for task in [*self._app.huey.pending(), *self._app.huey.scheduled()]}
        found = []
        for name, task in self.tasks.items():
            try:
                contact_id = self._app.huey.result(task, preserve=True)
            except TaskException:
                found.append(Record(name, Says.NOT_CREATED))
                continue
            if contact_id:
                found.append(Record(name, Says.CREATED, contact_id))
            elif task in under_way:
                found.append(Record(name, Says.UNDER_WAY))
        return found

    def _work(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                name = f"Martin-{next(self._numbers):05}"
            result = self._app.create_contact(
                {
                    "first_name": "Sophie",
                    "last_name": name,
                    "email": f"{name.lower()}@acme.example",
                    "custom_data": {MARK: name},
                }
            )
            with self._lock:
                self.tasks[name] = result.id
            try:
                result.get(blocking=True, timeout=PATIENCE, preserve=True)
            except (HueyException, TaskException):
                continue


def _load(environment: dict[str, str]) -> ModuleType:
    """The app with these settings, which it reads when it is imported."""
    with mock.patch.dict(os.environ, environment):
        return importlib.reload(importlib.import_module("tests.delivery.crash.queue_app"))


def _consumer(environment: dict[str, str], folder: Path) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "huey.bin.huey_consumer",
        "tests.delivery.crash.queue_app.huey",
        "-w",
        str(WORKERS),
    ]
    with (folder / "consumer.log").open("ab") as log:
        return subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment, stdout=log, stderr=log)


def _end(consumer: subprocess.Popen[bytes], how: signal.Signals) -> None:
    consumer.send_signal(how)
    consumer.wait()


def _drain(app: ModuleType) -> None:
    deadline = time.monotonic() + DRAIN_SECONDS
    quiet_since = time.monotonic()
    while time.monotonic() < deadline and time.monotonic() - quiet_since < QUIET_SECONDS:
        if app.huey.pending_count() or app.huey.scheduled_count():
            quiet_since = time.monotonic()
        time.sleep(0.1)
