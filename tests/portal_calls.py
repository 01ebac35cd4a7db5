"""Calls of functions where a portal's settings hold, each in a process that starts clean.

Django is started once for all of them, and forked for each.
"""

import gc
import json
import os
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from tests.forks import Fork, Pipe

STOP_SECONDS = 40


class Calls:
    """The process that is forked, from its start until `close`."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.environment = dict(environment)
        self._log = log
        self._connection, theirs = Pipe()
        self._process = Fork(_answer_calls, theirs, environment=self.environment, log=log)
        theirs.close()

    def call(self, function: str, *arguments: Any) -> Any:
        """What `function`, named like tests.rows.states, returns; all in JSON."""
        self._connection.send_bytes(json.dumps([function, arguments]).encode())
        answer = self._connection.recv_bytes()
        if not answer:
            raise RuntimeError(f"{function} failed: {self._log.read_text(errors='replace')[-4000:]}")
        return json.loads(answer)

    def close(self) -> None:
        """Ends the process."""
        self._connection.close()
        self._process.wait(STOP_SECONDS)


def _answer_calls(connection: Connection) -> None:
    """Answers each call by what it returned, or by nothing where it failed."""
    import django
    from django.urls import get_resolver

    django.setup()
    # Every view, which a call of a page would import anew in each fork.
    assert get_resolver().url_patterns
    # What is never looked at again is never copied for a fork.
    gc.freeze()
    with suppress(EOFError):
        while True:
            name, arguments = json.loads(connection.recv_bytes())
            module, _, function = name.rpartition(".")
            connection.send_bytes(_in_a_fork(getattr(import_module(module), function), arguments))


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
