"""What a run of pytest is given: the fault, and what it is to take down."""

import importlib.machinery
import importlib.util
import json
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tests.mutation.faults import planted
from tests.mutation.packages import PROJECT_ROOT


class Finder:
    """An importer that finds the one module that has the fault; all others are found as ever."""

    def __init__(self, path: str, number: int) -> None:
        self._name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self._path, self._number = str(PROJECT_ROOT / path), number

    def find_spec(self, fullname: str, *_: Any) -> importlib.machinery.ModuleSpec | None:
        """See importlib.abc.MetaPathFinder."""
        if fullname != self._name:
            return None
        loader = _Loader(fullname, self._path)
        loader.number = self._number
        return importlib.util.spec_from_file_location(fullname, self._path, loader=loader)


class _Loader(importlib.machinery.SourceFileLoader):
    """Compiles its file with the fault, and neither reads nor writes compiled files."""

    number = 0

    def get_code(self, fullname: str) -> Any:
        path = self.get_filename(fullname)
        return compile(planted(Path(path).read_text(), self.number), path, "exec")


class FirstFailure:
    """A plugin that takes down the first test that fails; `test` is "" while none has."""

    def __init__(self) -> None:
        self.test = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """See pytest."""
        if report.failed and not self.test:
            self.test = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """See pytest."""
        if report.failed and not self.test:
            self.test = report.nodeid


class Lines:
    """A plugin that writes down which lines each test runs, in whatever thread, how long it takes, and if it passes."""

    def __init__(self, path: Path, sources: Sequence[str]) -> None:
        self._path = path
        self._watched = {str(PROJECT_ROOT / source): source for source in sources}
        self._tests: dict[str, dict[str, Any]] = {}
        self._now: set[tuple[str, int]] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """See pytest."""
        self._now = set()
        sys.settrace(self._trace)
        threading.settrace(self._trace)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type]
            self._tests.setdefault(item.nodeid, {})["lines"] = sorted(self._now)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """See pytest."""
        test = self._tests.setdefault(report.nodeid, {})
        test["seconds"] = test.get("seconds", 0) + report.duration
        test["passed"] = test.get("passed", True) and report.passed
        test["failed"] = test.get("failed", False) or report.failed

    def pytest_sessionfinish(self) -> None:
        """See pytest."""
        self._path.write_text(json.dumps(self._tests))

    def _trace(self, frame: FrameType, event: str, argument: Any) -> Any:
        source = self._watched.get(frame.f_code.co_filename)
        if source is None:
            return None
        seen = self._now

        def line(frame: FrameType, event: str, argument: Any) -> Any:
            seen.add((source, frame.f_lineno))
            return line

        return line
