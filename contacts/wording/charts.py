"""Charts as numbers for an SVG that the server draws: no script, no inline style, a table behind each.

Our own, because charting libraries draw in the browser or with styles that the Content-Security-Policy refuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 200
# Room for the scale on the left and the names below.
LEFT, BELOW, ABOVE = 44, 24, 8
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
    totals = [sum(each.numbers[place] for each in series) for place in range(len(names))]
    top = scale_top(max(totals, default=0))
    room = HEIGHT - BELOW - ABOVE
    step = (WIDTH - LEFT) / max(len(names), 1)
    parts = []
    for place in range(len(names)):
        y = float(HEIGHT - BELOW)
        for each in series:
            high = each.numbers[place] / top * room
            if high:
                y -= high
                parts.append(
                    Part(
                        each.meaning,
                        round(LEFT + step * (place + GAP / 2), 1),
                        round(y, 1),
                        round(step * (1 - GAP), 1),
                        round(high, 1),
                    )
                )
    lines = [
        Mark(LEFT - 6, round(HEIGHT - BELOW - share * room, 1), f"{round(top * share):,}".replace(",", "\u202f"))
        for share in (0, 0.5, 1)
    ]
    every = -(-len(names) // LABELS_MOST) or 1
    labels = [
        Mark(round(LEFT + step * (place + 0.5), 1), HEIGHT - 6, name)
        for place, name in enumerate(names)
        if place % every == 0
    ]
    rows = [(name, [each.numbers[place] for each in series]) for place, name in enumerate(names)]
    return Columns(id, title, description, series, parts, lines, labels, heading, rows)


def scale_top(most: int) -> int:
    """The least round even number that is not less than `most`, so that its half is one as well."""
    top = 2
    while top < most:
        digits = 10 ** (len(str(top)) - 1)
        top = next(each * digits for each in (2, 4, 6, 8, 10, 20) if each * digits > top)
    return top
