"""Plants faults at random, one at a time, and says which the quick tests do not notice.

First the tests run as they are, to see which lines each of them runs; then, for each fault, those that run its line,
the quickest first, until one fails. A test that fails without any fault notices nothing. Exit status 1 where fewer
than 92 of 100 are noticed.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.mutation.faults import Fault, faults
from tests.mutation.packages import MARKED, PROJECT_ROOT, TESTS, sources

WANTED_SHARE = 0.92
# Whatever takes this many seconds with a fault hangs, and is noticed thereby.
HANGS_AFTER = 300
# Of a command line.
TESTS_AT_ONCE = 400

PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutation.plant", "-p", "no:cacheprovider"]


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
    every = [(path, fault) for path in sources() for fault in faults((PROJECT_ROOT / path).read_text())]
    chosen = random.Random(options.seed).sample(every, min(options.faults, len(every)))
    began = time.monotonic()
    tests = _tests_as_they_are(options.ignore)
    _tell(f"{len(tests)} tests pass as they are. {len(chosen)} of {len(every)} faults, seed {options.seed}.")
    with ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(lambda one: _plant(*one, tests), chosen))
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
        left_out = [f"--ignore={path}" for path in ignored]
        _pytest("-m", MARKED, *left_out, *TESTS, environment={"LINES_SEEN": str(seen)})
        tests = json.loads(seen.read_text())
    passing = {name: test for name, test in tests.items() if test.get("passed")}
    return dict(sorted(passing.items(), key=lambda item: item[1]["seconds"]))


def _plant(path: str, fault: Fault, tests: dict[str, dict[str, Any]]) -> Result:
    there = [name for name, test in tests.items() if [path, fault.line] in test["lines"]]
    # What runs when the module is imported is anybody's who uses the module.
    chosen = there or [name for name, test in tests.items() if any(seen == path for seen, _ in test["lines"])]
    noticed_by = ""
    for start in range(0, len(chosen), TESTS_AT_ONCE):
        some = chosen[start : start + TESTS_AT_ONCE]
        noticed_by = _noticed(some, environment={"PLANTED_FAULT": f"{path}:{fault.number}"})
        if noticed_by:
            break
    result = Result(path, fault, noticed_by)
    _tell(f"{'noticed  ' if noticed_by else 'UNNOTICED'}  {result}  {noticed_by}")
    return result


def _noticed(tests: Sequence[str], *, environment: dict[str, str]) -> str:
    """The test that failed, or what else went wrong; "" if all passed."""
    try:
        done = _pytest("-x", "--timeout=60", *tests, environment=environment)
    except subprocess.TimeoutExpired:
        return "it hangs"
    if done.returncode == 0:
        return ""
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    return failed[0].split(" - ")[0] if failed else (done.stdout + done.stderr).strip().splitlines()[-1]


def _pytest(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PYTEST, *arguments],
        cwd=PROJECT_ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=None if "LINES_SEEN" in environment else HANGS_AFTER,
        check=False,
    )


def _tell(*lines: str) -> None:
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
