"""In which order the files of tests begin, where several processes take one after the other.

What takes longest begins first. Files whose tests wait, for a deadline or for a server that comes back, are spread
between those that keep a core busy: where several wait at once, cores are idle.
"""

from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
# Names of files, or of folders with all that is in them.
WAITING = (
    "test_server_away.py",
    "crash",
    "test_drafts.py",
    "test_stopped_process.py",
    "test_three_writes.py",
    "outage",
    "test_failure_table.py",
    "test_faults.py",
    "test_deadline.py",
    "test_silent_mail_server.py",
)
BUSY = (
    "test_axe.py",
    "browser",
    "test_run.py",
    "test_nothing_dropped.py",
    "test_patterns.py",
    "database_faults",
    "concurrency",
    "test_upgrade.py",
    "test_workspaces.py",
    "model",
    "test_corpus.py",
    "test_matrix.py",
    "test_record_of_anything.py",
)
BUSY_AFTER_EACH_WAITING = 2


def in_order(files: Iterable[Path]) -> list[Path]:
    """The files, in the order in which they begin; those that are not named here come last, as they came."""
    files = list(files)
    waiting = _named(WAITING, files)
    busy = _named(BUSY, [file for file in files if file not in waiting])
    first: list[Path] = []
    for file in waiting:
        first += [file, *busy[:BUSY_AFTER_EACH_WAITING]]
        del busy[:BUSY_AFTER_EACH_WAITING]
    first += busy
    return first + [file for file in files if file not in first]


def below_tests(file: Path) -> tuple[str, ...]:
    """The names of folders and file, whatever the folders are called in which the project lies."""
    return file.relative_to(FOLDER).parts


def _named(names: tuple[str, ...], files: list[Path]) -> list[Path]:
    places = {file: [names.index(part) for part in below_tests(file) if part in names] for file in files}
    return sorted((file for file in files if places[file]), key=lambda file: min(places[file]))
