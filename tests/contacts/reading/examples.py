"""The corpus: invented inputs with the fields that a careful person would fill in, and how a reading compares.

A file holds examples; each begins with `### ` and its name, then the input as it would be pasted, then `###=` and the
expected fields, one a line: rows and lists as `emails: a@b.example (work); c@d.example` and `tags: a, b`.
`python -m tests.contacts.reading.examples` prints what differs in the examples that readers are tuned on.
"""

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from contacts.reading import parse
from contacts.reading.result import LISTS, ROWS

CORPUS = Path(__file__).with_name("corpus")
_TYPED = re.compile(r"(.+?)\s*\((work|personal)\)")

# One thing to get right: a field, or one row or item of a field that has several.
Unit = tuple[str, str]


@dataclass(frozen=True)
class Example:
    """An input and what is in it."""

    kind: str
    name: str
    text: str
    expected: Counter[Unit]


@dataclass
class Figures:
    """Units that were right, units that were read wrongly, and units that were missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    differences: list[str] = field(default_factory=list)

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
            self.differences + other.differences,
        )

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def wrong_rate(self) -> float:
        """Wrong values among all that were expected."""
        return self.wrong / max(1, self.right + self.missed)

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}, recall {self.recall:.3f}, wrong {self.wrong_rate:.3f} "
            f"({self.right} right, {self.wrong} wrong, {self.missed} missed)"
        )


def examples(folder: Path = CORPUS) -> list[Example]:
    """The examples in the files of a folder."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        for block in re.split(r"^### ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, _newline, rest = block.partition("\n")
            text, _mark, expected = rest.partition("###=\n")
            found.append(Example(path.stem, name, text, _expected(expected)))
    return found


def compare(found: list[Example]) -> Figures:
    """How the readings of these examples compare with what was expected."""
    figures = Figures()
    for example in found:
        units = _units(parse(example.text).fields)
        right = units & example.expected
        figures.right += right.total()
        figures.wrong += (units - right).total()
        figures.missed += (example.expected - right).total()
        if units != example.expected:
            wrong = ", ".join(f"{name}={value}" for name, value in (units - right).elements())
            missed = ", ".join(f"{name}={value}" for name, value in (example.expected - right).elements())
            figures.differences.append(f"{example.kind}: {example.name}\n    wrong: {wrong}\n    missed: {missed}")
    return figures


def _expected(lines: str) -> Counter[Unit]:
    units: Counter[Unit] = Counter()
    for line in lines.strip().splitlines():
        name, _colon, value = line.partition(": ")
        if name in ROWS:
            units.update((name, _row(item)) for item in value.split("; "))
        elif name in LISTS:
            units.update((name, item) for item in value.split(", "))
        else:
            units[name, value] += 1
    return units


def _row(text: str) -> str:
    typed = _TYPED.fullmatch(text)
    return f"{typed[1]} ({typed[2]})" if typed else text


def _units(fields: dict[str, object]) -> Counter[Unit]:
    units: Counter[Unit] = Counter()
    for name, value in fields.items():
        if name in ROWS and isinstance(value, list):
            for row in value:
                type_ = f" ({row['type']})" if "type" in row else ""
                units[name, f"{row[ROWS[name]]}{type_}"] += 1
        elif isinstance(value, list):
            units.update((name, str(item)) for item in value)
        else:
            units[name, str(value).lower() if isinstance(value, bool) else str(value)] += 1
    return units


if __name__ == "__main__":
    tuned = compare(examples())
    sys.stdout.write("\n".join([*tuned.differences, str(tuned), ""]))
