"""Calls of functions where a portal's settings hold, each in a process that starts clean.

Starting Python and Django anew takes a second of CPU for every call; so they are started once and forked for each.
"""

import gc
import json
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import IO, Any, NoReturn

PROJECT_ROOT = Path(__file__).resolve().parent.parent
STOP_SECONDS = 40


class Calls:
    """The process that is forked, from its start until `close`."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.environment = dict(environment)
        self._log = log
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.portal_calls"],
                cwd=PROJECT_ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )

    def call(self, function: str, *arguments: Any) -> Any:
        """What `function`, named like tests.rows.states, returns; all in JSON."""
        asked, answered = self._pipes()
        asked.write(json.dumps([function, arguments]).encode() + b"\n")
        asked.flush()
        answer = answered.readline()
        if not answer.strip():
            raise RuntimeError(f"{function} failed: {self._log.read_text(errors='replace')[-4000:]}")
        return json.loads(answer)

    def close(self) -> None:
        """Ends the process."""
        asked, answered = self._pipes()
        asked.close()
        answered.close()
        self._process.wait(STOP_SECONDS)

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout


def main() -> None:
    """Answers each line of standard input by a line of standard output, which is empty where the call failed."""
    import django
    from django.urls import get_resolver

    django.setup()
    # Every view, which a call of a page would import anew in each fork.
    assert get_resolver().url_patterns
    # What is never looked at again is never copied for a fork.
    gc.freeze()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        # What a function prints is no answer.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        for line in sys.stdin.buffer:
            name, arguments = json.loads(line)
            module, _, function = name.rpartition(".")
            answers.write(_in_a_fork(getattr(import_module(module), function), arguments) + b"\n")
            answers.flush()


def _in_a_fork(function: Callable[..., Any], arguments: list[Any]) -> bytes:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _answer_and_end(function, arguments, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    return b"" if status else answer


def _answer_and_end(function: Callable[..., Any], arguments: list[Any], writing: int) -> NoReturn:
    status = 1
    try:
        with os.fdopen(writing, "wb") as answer:
            answer.write(json.dumps(function(*arguments)).encode())
        for thread in set(threading.enumerate()) - {threading.current_thread()}:
            if not thread.daemon:
                thread.join()
        status = 0
    finally:
        if status:
            traceback.print_exc()
        # Taking a whole interpreter apart takes longer than most calls.
        os._exit(status)


if __name__ == "__main__":
    main()
