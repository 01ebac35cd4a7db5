"""The table that `make crash` prints: one column a run, one line a bucket."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.delivery.crash.portal_run import Run

LINES = (
    ("attempted", "attempted"),
    ("acknowledged", "acknowledged to the client"),
    ("created", "created in Leonar, and known with its id"),
    ("absent_and_known", "not created, and known; a person decides"),
    ("shown", "a person decides, and is shown the right one"),
    ("lost", "lost"),
    ("duplicated", "duplicated"),
    ("indeterminate", "indeterminate (in limbo)"),
    ("wrongly_linked", "linked to a wrong contact"),
    ("denied", "created, but the record says not"),
    ("sent_twice", "sent again although Leonar had read it"),
)
EXAMPLES = 5


def lines(runs: Sequence[Run]) -> Iterator[str]:
    """The table, and under it what was noted about each run."""
    width = max(map(len, dict(LINES).values()))
    columns = [max(len(run.title), 8) for run in runs]
    yield _line("", [run.title for run in runs], width, columns)
    yield _line("processes killed", [str(run.kills.total()) for run in runs], width, columns)
    yield _line("pauses, database faults", [str(run.others.total()) for run in runs], width, columns)
    for name, label in LINES:
        yield _line(label, [str(len(getattr(run.buckets, name))) for run in runs], width, columns)
    for run in runs:
        yield ""
        yield f"{run.title}: {run.seconds:.0f} s; killed {_counts(run.kills)}; besides {_counts(run.others)}"
        yield from (f"  {note}" for note in run.notes)
        for name, names in run.buckets.violations.items():
            yield f"  {dict(LINES)[name]}: {', '.join(sorted(names)[:EXAMPLES])}{' …' if len(names) > EXAMPLES else ''}"
        if run.unexpected:
            yield f"  answers that nobody expected: {', '.join(run.unexpected[:EXAMPLES])}"


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{what} {number}x" for what, number in counted.items()) or "nothing"


def _line(label: str, cells: Sequence[str], width: int, columns: Sequence[int]) -> str:
    return f"{label:<{width}}  " + "  ".join(f"{cell:>{column}}" for cell, column in zip(cells, columns, strict=True))
