"""A run of pytest that has collected its tests and made their database, and is forked for each fault.

Starting anew takes longer than most tests do.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from inspect import CO_OPTIMIZED
from multiprocessing.connection import Connection
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.faults import planted
from tests.mutation.packages import PROJECT_ROOT

# Seconds in which a fork has to answer; whatever takes longer hangs, and is noticed thereby.
HANGS_AFTER = 900

fork = multiprocessing.get_context("fork")


class Forks:
    """A plugin that runs what it is asked for through `pipe`: a file, the number of its fault, names of tests.

    It answers with the first test that fails; "" if none does; None where nothing is known.
    """

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._items: dict[str, pytest.Item] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """See pytest."""
        self._items = {item.nodeid: item for item in session.items}
        self._make_database()
        with suppress(EOFError):
            while True:
                self._pipe.send(self._in_a_fork(*self._pipe.recv()))
        return True

    def _make_database(self) -> None:
        """By running the first test that needs one, and nothing else that would be shared."""
        for item in self._items.values():
            fixtures = set(getattr(item, "fixturenames", ()))
            if "db" in fixtures and not fixtures & {"sandbox", "database_url", "postgres"}:
                _run([item], after=next(reversed(self._items.values())))
                return

    def _in_a_fork(self, path: str, number: int, names: list[str]) -> str | None:
        receiving, sending = fork.Pipe(duplex=False)
        run = fork.Process(target=self._answer, args=(path, number, names, sending))
        run.start()
        sending.close()
        try:
            return receiving.recv() if receiving.poll(HANGS_AFTER) else "it hangs"
        except EOFError:
            return None
        finally:
            # With whatever its tests have started.
            with suppress(ProcessLookupError):
                os.killpg(run.pid or 0, signal.SIGKILL)
            run.kill()
            run.join()

    def _answer(self, path: str, number: int, names: list[str], sending: Connection) -> None:
        os.setsid()
        failed = None
        if plant(path, number):
            failed = _run([self._items[name] for name in names], after=next(iter(self._items.values())))
        sending.send(failed)
        os._exit(0)


def plant(path: str, number: int) -> bool:
    """Gives this fault to the functions of a module that is imported. False where it is not in a function."""
    file = PROJECT_ROOT / path
    sound = dict(_parts(compile(file.read_text(), str(file), "exec")))
    spoilt = dict(_parts(compile(planted(file.read_text(), number), str(file), "exec")))
    if any(_is_run_once(code) and _differs_by_itself(code, spoilt.get(name)) for name, code in sound.items()):
        return False
    changed = {name for name, code in sound.items() if not _is_run_once(code) and code != spoilt.get(name)}
    replaced = [_replace_code(one, spoilt) for one in _functions(file) if _name(one.__code__) in changed]
    return any(replaced)


def _run(items: list[pytest.Item], *, after: pytest.Item) -> str:
    """The first of these that fails; what is shared with `after` is not taken down."""
    for item, following in zip(items, [*items[1:], after], strict=True):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            return item.nodeid
    return ""


def _parts(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    yield _name(code), code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _parts(constant)


def _name(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _is_run_once(code: CodeType) -> bool:
    """Whether it is the body of a module or of a class, which has been run by now."""
    return not code.co_flags & CO_OPTIMIZED


def _differs_by_itself(one: CodeType, other: CodeType | None) -> bool:
    def own(code: CodeType) -> tuple[object, ...]:
        return code.co_code, *(constant for constant in code.co_consts if not isinstance(constant, CodeType))

    return other is None or own(one) != own(other)


def _functions(file: Path) -> Iterable[FunctionType]:
    # What tests/conftest.py has frozen is not told of.
    gc.unfreeze()
    everything = gc.get_objects()
    return [one for one in everything if isinstance(one, FunctionType) and one.__code__.co_filename == str(file)]


def _replace_code(function: FunctionType, spoilt: dict[tuple[str, int], CodeType]) -> bool:
    try:
        function.__code__ = spoilt[_name(function.__code__)]
    except (KeyError, ValueError):
        # It no longer uses a variable of the function around it.
        return False
    return True
