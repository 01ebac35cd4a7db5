"""Processes of Python that begin with the portal's libraries read.

Four fifths of the CPU that a process of the portal takes to start go into reading libraries, and tests start hundreds.
So a server reads them once for a run (tests/libraries.py), and what is started here is a fork of it: from its settings
on it is the process that was asked for, with its own environment, streams, signals and end. `make run` and the commands
are tested as they are typed.
"""

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

PROJECT_ROOT = Path(__file__).resolve().parent.parent

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["tests.libraries"])
Pipe = _forks.Pipe


class Fork:
    """`function(*arguments)` in a process of its own; what it writes to its streams is added to the file `log`.

    To whoever started it, it is what a `subprocess.Popen` is.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        environment: Mapping[str, str],
        log: Path,
        errors: Path | None = None,
        stdin: Path = Path(os.devnull),
    ) -> None:
        streams = (str(stdin), str(log), str(errors or log))
        self._process = _forks.Process(
            target=_begin, args=(dict(environment), streams, function, arguments), daemon=True
        )
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Its exit status, or minus the signal that ended it; None while it lives."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, once it has one. Raises subprocess.TimeoutExpired."""
        self._process.join(timeout)
        status = self.poll()
        if status is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return status

    def send_signal(self, number: signal.Signals) -> None:
        """Does nothing where it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """kill -9. Does nothing where it has ended."""
        self.send_signal(signal.SIGKILL)


def python(*arguments: str) -> None:
    """What `python` does with these arguments: a script and its own, or -m and a module and its own."""
    if arguments[0] == "-m":
        sys.argv = list(arguments[1:])
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = list(arguments)
        runpy.run_path(arguments[0], run_name="__main__")


def _begin(
    environment: dict[str, str], streams: tuple[str, str, str], function: Callable[..., Any], arguments: tuple[Any, ...]
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(PROJECT_ROOT)
    standard_input, output, errors = streams
    for number, path, flags in (
        (0, standard_input, os.O_RDONLY),
        (1, output, os.O_WRONLY | os.O_CREAT | os.O_APPEND),
        (2, errors, os.O_WRONLY | os.O_CREAT | os.O_APPEND),
    ):
        stream = os.open(path, flags, 0o644)
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
    function(*arguments)
