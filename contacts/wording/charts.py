"""Charts as numbers for an SVG that the server draws: no script, no inline style, a table behind each.

Our own, because charting libraries draw in the browser or with styles that the Content-Security-Policy refuses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 200
# Room for the scale on the left and the names below.
LEFT, BELOW, ABOVE = 44, 24, 8
ROOM = HEIGHT - BELOW - ABOVE
GAP = 0.25
LABELS_MOST = 8


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: the meaning that names its class, the words, a number for each column."""

    meaning: str
    label: str
    numbers: Sequence[int]


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of a column."""

    meaning: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or a number beside the columns, and where it stands."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns side by side, each a stack of parts; `lines` are those of the scale, `rows` the table behind."""

    id: str
    title: str
    description: str
    series: Sequence[Series]
    parts: Sequence[Part]
    lines: Sequence[Mark]
    labels: Sequence[Mark]
    heading: str
    rows: Sequence[tuple[str, Sequence[int]]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def columns(
    id: str, *, title: str, description: str, heading: str, names: Sequence[str], series: Sequence[Series]
) -> Columns:
    """One column for each name; `heading` is what the names are."""
    stacks = [[each.numbers[place] for each in series] for place in range(len(names))]
    top = scale_top(max(map(sum, stacks), default=0))
    step = (WIDTH - LEFT) / max(len(names), 1)
    parts = [
        part
        for place, stack in enumerate(stacks)
        for part in _stacked(series, stack, x=LEFT + step * (place + GAP / 2), width=step * (1 - GAP), top=top)
    ]
    rows = list(zip(names, stacks, strict=True))
    return Columns(id, title, description, series, parts, _scale(top), _labels(names, step), heading, rows)


def _stacked(series: Sequence[Series], stack: Sequence[int], *, x: float, width: float, top: int) -> Iterator[Part]:
    """The parts of one column, from its foot upwards."""
    y = float(HEIGHT - BELOW)
    for each, number in zip(series, stack, strict=True):
        high = number / top * ROOM
        y -= high
        if high:
            yield Part(each.meaning, round(x, 1), round(y, 1), round(width, 1), round(high, 1))


def _scale(top: int) -> list[Mark]:
    return [
        Mark(LEFT - 6, round(HEIGHT - BELOW - share * ROOM, 1), _grouped(round(top * share))) for share in (0, 0.5, 1)
    ]


def _labels(names: Sequence[str], step: float) -> list[Mark]:
    """As many names below the columns as there is room for."""
    every = -(-len(names) // LABELS_MOST) or 1
    return [
        Mark(round(LEFT + step * (place + 0.5), 1), HEIGHT - 6, names[place]) for place in range(0, len(names), every)
    ]


# A drawing of one of several, small enough to be read beside the others.
SMALL_WIDTH, SMALL_HEIGHT = 240, 48
SMALLS_MOST = 12


@dataclass(frozen=True, slots=True)
class Small:
    """One of several small drawings: whose it is, how many in all, and its columns."""

    name: str
    total: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Smalls:
    """Small drawings to one scale, of those that have most; `columns` and `rows` are the table behind, of all."""

    id: str
    title: str
    description: str
    drawings: Sequence[Small]
    top: str
    heading: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]
    width: int = SMALL_WIDTH
    height: int = SMALL_HEIGHT


def smalls(
    id: str,
    *,
    title: str,
    description: str,
    heading: str,
    names: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int]]],
) -> Smalls:
    """A drawing for each of the first rows, a column in it for each name; the table has a row for each name."""
    top = max(max(numbers) for _name, numbers in rows) or 1
    drawings = [Small(name, _grouped(sum(numbers)), _small_parts(numbers, top)) for name, numbers in rows[:SMALLS_MOST]]
    table = [(name, [numbers[place] for _who, numbers in rows]) for place, name in enumerate(names)]
    return Smalls(id, title, description, drawings, _grouped(top), heading, [name for name, _numbers in rows], table)


def _small_parts(numbers: Sequence[int], top: int) -> list[Part]:
    step = SMALL_WIDTH / len(numbers)
    return [
        Part("entered", round(step * place, 1), round(SMALL_HEIGHT - high, 1), round(step * (1 - GAP), 1), high)
        for place, number in enumerate(numbers)
        if (high := round(number / top * SMALL_HEIGHT, 1))
    ]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def scale_top(most: int) -> int:
    """The least round even number that is not less than `most`, so that its half is one as well."""
    top = 2
    while top < most:
        digits = 10 ** (len(str(top)) - 1)
        top = next(each * digits for each in (2, 4, 6, 8, 10, 20) if each * digits > top)
    return top
