"""Plants faults at random, one at a time, and says which the quick tests do not notice.

First the tests run as they are, to see which lines each of them runs; then, for each fault, those that run its line,
the quickest first, until one fails. A test that fails without any fault notices nothing. Exit status 1 where fewer
than 92 of 100 are noticed.
"""

import argparse
import importlib
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.faults import Fault, faults
from tests.mutation.packages import MARKED, PROJECT_ROOT, TESTS, sources
from tests.mutation.plugins import Finder, FirstFailure, Lines

WANTED_SHARE = 0.92
# Whatever takes this many seconds with a fault hangs, and is noticed thereby.
HANGS_AFTER = 600
# What every run imports, and takes long to: no package in which faults are planted, and no plugin of pytest's.
COSTLY = ("django.db.models", "django.test", "jsonschema", "psycopg", "requests")

fork = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a fault: the test that noticed it, "" if none did."""

    path: str
    fault: Fault
    noticed_by: str

    def __str__(self) -> str:
        return f"{self.path}:{self.fault.line}: {self.fault.what}"


def main() -> int:
    """The exit status."""
    options = _options()
    os.chdir(PROJECT_ROOT)
    every = [(path, fault) for path in sources() for fault in faults(Path(path).read_text())]
    chosen = random.Random(options.seed).sample(every, min(options.faults, len(every)))
    began = time.monotonic()
    tests = _tests_as_they_are(options.ignore)
    _tell(f"{len(tests)} tests pass as they are. {len(chosen)} of {len(every)} faults, seed {options.seed}.")
    for module in COSTLY:
        importlib.import_module(module)
    if found := _first_failure(None, list(tests)[:1]):
        raise RuntimeError(f"a test fails that passed before, without any fault: {found}")
    with ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(lambda one: _planted(*one, tests), chosen))
    unnoticed = [result for result in results if not result.noticed_by]
    noticed = len(results) - len(unnoticed)
    _tell("", *(f"unnoticed  {result}" for result in unnoticed))
    _tell(f"Noticed {noticed} of {len(results)}, in {time.monotonic() - began:.0f} s.")
    return 0 if noticed >= WANTED_SHARE * len(results) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--faults", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--ignore", nargs="*", default=[], help="tests that the quick run leaves out")
    return parser.parse_args()


def _tests_as_they_are(ignored: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Each test that passes, with the lines that it runs and its seconds, the quickest first."""
    with tempfile.TemporaryDirectory() as folder:
        seen = Path(folder) / "lines.json"
        arguments = ["-m", MARKED, *(f"--ignore={path}" for path in ignored), *TESTS]
        run = fork.Process(target=_run, args=(arguments, Lines(seen, sources())))
        run.start()
        run.join()
        tests = json.loads(seen.read_text())
    passing = {name: test for name, test in tests.items() if test.get("passed")}
    return dict(sorted(passing.items(), key=lambda item: item[1]["seconds"]))


def _planted(path: str, fault: Fault, tests: dict[str, dict[str, Any]]) -> Result:
    there = [name for name, test in tests.items() if [path, fault.line] in test["lines"]]
    # What runs when the module is imported is anybody's who uses the module.
    chosen = there or [name for name, test in tests.items() if any(seen == path for seen, _ in test["lines"])]
    noticed_by = _first_failure((path, fault.number), chosen)
    result = Result(path, fault, noticed_by)
    _tell(f"{'noticed  ' if noticed_by else 'UNNOTICED'}  {result}  {noticed_by}")
    return result


def _first_failure(fault: tuple[str, int] | None, names: Sequence[str]) -> str:
    """The first of these tests that fails with this fault, in a process of their own; "" if none does."""
    receiving, sending = fork.Pipe(duplex=False)
    run = fork.Process(target=_run_planted, args=(fault, names, sending))
    run.start()
    sending.close()
    try:
        return receiving.recv() if receiving.poll(HANGS_AFTER) else "it hangs"
    except EOFError:
        # It broke off, which says nothing of the fault: the machine may have failed.
        return ""
    finally:
        run.kill()
        run.join()


def _run_planted(fault: tuple[str, int] | None, names: Sequence[str], sending: Connection) -> None:
    if fault is not None:
        sys.meta_path.insert(0, Finder(*fault))
    watch = FirstFailure()
    if names:
        _run(["-x", "--timeout=60", *names], watch)
    sending.send(watch.test)


def _run(arguments: Sequence[str], plugin: object) -> int:
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        return pytest.main(["-q", "-p", "no:cacheprovider", *arguments], plugins=[plugin])


def _tell(*lines: str) -> None:
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
