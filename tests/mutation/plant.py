"""A pytest plugin for one run: plants the fault that the environment names, or notes which test runs which lines.

`PLANTED_FAULT` is a file and the number of the fault in it; `LINES_SEEN`, where to write the lines, as JSON.
"""

import importlib.machinery
import importlib.util
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tests.mutation.faults import planted
from tests.mutation.packages import PROJECT_ROOT, sources


class _Loader(importlib.machinery.SourceFileLoader):
    """Compiles its file with the fault, and neither reads nor writes compiled files."""

    number = 0

    def get_code(self, fullname: str) -> Any:
        path = self.get_filename(fullname)
        return compile(planted(Path(path).read_text(), self.number), path, "exec")


class _Finder:
    """Finds the one module that has the fault; all others are found as ever."""

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


class _Lines:
    """Which lines of the packages each test runs, in whatever thread, and how long it takes."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._watched = {str(PROJECT_ROOT / source): source for source in sources()}
        self._tests: dict[str, dict[str, Any]] = {}
        self._now: set[tuple[str, int]] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
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
        test = self._tests.setdefault(report.nodeid, {})
        test["seconds"] = test.get("seconds", 0) + report.duration
        test["passed"] = test.get("passed", True) and report.outcome == "passed"

    def pytest_sessionfinish(self) -> None:
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


def pytest_configure(config: pytest.Config) -> None:
    if "LINES_SEEN" in os.environ:
        config.pluginmanager.register(_Lines(os.environ["LINES_SEEN"]))


if "PLANTED_FAULT" in os.environ:
    _path, _, _number = os.environ["PLANTED_FAULT"].partition(":")
    sys.meta_path.insert(0, _Finder(_path, int(_number)))
