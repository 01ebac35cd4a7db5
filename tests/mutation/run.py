"""The faults of one run, in the tree that it stands in.

First the tests nearest to the delivery run as they are, to see which lines each of them runs. Then, for each fault,
those that run its line, the likeliest to notice first, until one fails. For what none of them notices the rest of the
quick tests are asked in the same way. Where a test fails without any fault, or a run breaks off, nothing is known: it
ends the whole. Exit status 1 where fewer than 92 of 100 are noticed, 2 where it was broken off.
"""

import argparse
import importlib
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from tests.mutation.faults import Fault, faults
from tests.mutation.packages import MARKED, NEAREST, PROJECT_ROOT, rest, sources
from tests.mutation.plugins import Finder, FirstFailure, Lines
from tests.mutation.warm import HANGS_AFTER, Forks, fork

WANTED_SHARE = 0.92
# More would slow each other down until tests that wait for something fail without having noticed anything.
SIDE_BY_SIDE = 2
# A test that takes this many seconds with a fault hangs, and is noticed thereby.
TEST_HANGS_AFTER = 60
FAILURES_TOLD = 10
# What every run imports, and takes long to: no package in which faults are planted, and no plugin of pytest's.
COSTLY = ("django.db.models", "django.test", "jsonschema", "psycopg", "requests")

Tests = dict[str, dict[str, Any]]


class BrokenOffError(Exception):
    """A run ended without a verdict: the machine may have failed, or the tests could not be collected."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault in its file."""

    path: str
    fault: Fault

    def __str__(self) -> str:
        return f"{self.path}:{self.fault.line}: {self.fault.what}"


def main() -> int:
    """The exit status."""
    options = _options()
    os.chdir(PROJECT_ROOT)
    every = [Planted(path, fault) for path in sources() for fault in faults(Path(path).read_text())]
    sample = random.Random(options.seed).sample(every, min(options.faults, len(every)))
    chosen = sample[options.skip :]
    for module in COSTLY:
        importlib.import_module(module)
    began = time.monotonic()
    _tell(f"{len(chosen)} of {len(every)} faults, seed {options.seed}.")
    try:
        unnoticed = chosen
        for tests in (NEAREST, rest()):
            unnoticed = _unnoticed(unnoticed, tests, options.ignore) if unnoticed else []
    except BrokenOffError as failure:
        _tell("", f"BROKEN OFF: {failure}", "Whatever was not told of yet was not tried; --skip passes over the first.")
        return 2
    noticed = len(chosen) - len(unnoticed)
    _tell("", *(f"unnoticed  {planted}" for planted in unnoticed))
    _tell(f"Noticed {noticed} of {len(chosen)}, in {time.monotonic() - began:.0f} s.")
    return 0 if noticed >= WANTED_SHARE * len(chosen) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--faults", type=int, default=100)
    parser.add_argument("--skip", type=int, default=0, help="faults of the sample to pass over, for a run in slices")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ignore", nargs="*", default=[], help="tests that the quick run leaves out")
    return parser.parse_args()


def _unnoticed(chosen: Sequence[Planted], paths: Sequence[str], ignored: Sequence[str]) -> list[Planted]:
    """Those that the tests under `paths` don't notice."""
    tests = _tests_as_they_are(paths, ignored, watched=sorted({planted.path for planted in chosen}))
    _tell("", f"{len(tests)} tests pass as they are: {' '.join(paths)}")
    collected = ["-m", MARKED, f"--timeout={TEST_HANGS_AFTER}", *(f"--ignore={path}" for path in ignored), *paths]

    def is_unnoticed(planted: Planted) -> bool:
        noticed_by = _noticed_by(planted, _concerned(planted, tests), idle)
        _tell(f"{'noticed  ' if noticed_by else 'UNNOTICED'}  {planted}  {noticed_by}")
        return not noticed_by

    with ExitStack() as stack, ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        idle: SimpleQueue[Connection] = SimpleQueue()
        for _ in range(SIDE_BY_SIDE):
            idle.put(stack.enter_context(_warm_run(collected)))
        running = [(planted, pool.submit(is_unnoticed, planted)) for planted in chosen]
        try:
            return [planted for planted, verdict in running if verdict.result()]
        except BrokenOffError:
            pool.shutdown(cancel_futures=True)
            raise


@contextmanager
def _warm_run(arguments: Sequence[str]) -> Iterator[Connection]:
    """A run of pytest that waits to be asked, through what is returned; see warm.Forks."""
    asking, asked = fork.Pipe()
    run = fork.Process(target=_run, args=(arguments, Forks(asked)))
    run.start()
    asked.close()
    try:
        yield asking
    finally:
        asking.close()
        run.terminate()
        run.join()


def _tests_as_they_are(paths: Sequence[str], ignored: Sequence[str], *, watched: Sequence[str]) -> Tests:
    """Each test that passes, with the lines of the `watched` files that it runs and its seconds."""
    with tempfile.TemporaryDirectory() as folder:
        seen = Path(folder) / "lines.json"
        # Without limits of time: a machine that is busy takes long, and each line is written down.
        arguments = ["-m", MARKED, "--timeout=0", *(f"--ignore={path}" for path in ignored), *paths]
        run = fork.Process(target=_run, args=(arguments, Lines(seen, watched)))
        run.start()
        run.join()
        if not seen.exists():
            raise BrokenOffError(f"the tests as they are, without any fault (exit status {run.exitcode})")
        tests = json.loads(seen.read_text())
    if failed := [name for name, test in tests.items() if test.get("failed")]:
        raise BrokenOffError(f"{len(failed)} tests fail as they are: {', '.join(failed[:FAILURES_TOLD])}")
    return {name: test for name, test in tests.items() if test.get("passed")}


def _concerned(planted: Planted, tests: Tests) -> list[str]:
    """The tests that run its line: those named after its file first, then the quickest."""
    there = [name for name, test in tests.items() if [planted.path, planted.fault.line] in test["lines"]]
    # What runs when the module is imported is anybody's who uses the module.
    users = there or [name for name, test in tests.items() if any(path == planted.path for path, _ in test["lines"])]
    subject = f"test_{Path(planted.path).stem}.py"
    return sorted(users, key=lambda name: (subject not in name, tests[name]["seconds"]))


def _noticed_by(planted: Planted, names: Sequence[str], idle: SimpleQueue[Connection]) -> str:
    """The first of these tests that fails with this fault; "" if none does."""
    if not names:
        return ""
    warm = idle.get()
    try:
        warm.send((planted.path, planted.fault.number, list(names)))
        noticed_by = warm.recv()
    except EOFError:
        raise BrokenOffError(str(planted)) from None
    finally:
        idle.put(warm)
    return _first_failure(planted, names) if noticed_by is None else noticed_by


def _first_failure(planted: Planted, names: Sequence[str]) -> str:
    """The same, in a run that starts anew: where the fault is in what runs when its module is imported."""
    receiving, sending = fork.Pipe(duplex=False)
    run = fork.Process(target=_run_planted, args=(planted, names, sending))
    run.start()
    sending.close()
    try:
        failed, status = receiving.recv() if receiving.poll(HANGS_AFTER) else ("it hangs", 0)
    except EOFError:
        run.join()
        raise BrokenOffError(f"{planted} (exit status {run.exitcode})") from None
    finally:
        run.kill()
        run.join()
    if not failed and status:
        raise BrokenOffError(f"{planted} (pytest's exit status {status}, and no test failed)")
    return failed


def _run_planted(planted: Planted, names: Sequence[str], sending: Connection) -> None:
    sys.meta_path.insert(0, Finder(planted.path, planted.fault.number))
    watch = FirstFailure()
    status = _run(["-x", f"--timeout={TEST_HANGS_AFTER}", *names], watch)
    sending.send((watch.test, int(status)))


def _run(arguments: Sequence[str], plugin: object) -> int:
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        return pytest.main(["-q", "-p", "no:cacheprovider", *arguments], plugins=[plugin])


def _tell(*lines: str) -> None:
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
