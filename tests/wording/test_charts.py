"""Charts: every number has its height, and the scale has round ends."""

import pytest

from contacts.wording import charts
from contacts.wording.charts import Series


def drawn(*numbers: int) -> charts.Columns:
    names = [f"day {place}" for place in range(len(numbers))]
    series = [Series("created", "Created", numbers)]
    return charts.columns("c", title="t", description="d", heading="h", names=names, series=series)


@pytest.mark.parametrize(
    ("most", "top"), [(0, 2), (2, 2), (3, 4), (7, 8), (9, 10), (11, 20), (41, 60), (99, 100), (101, 200), (999, 1000)]
)
def test_the_scale_ends_at_a_round_number(most, top):
    assert charts.scale_top(most) == top


def test_heights_are_in_proportion_and_within_the_drawing():
    chart = drawn(1, 0, 2)

    low, high = chart.parts
    assert high.height == pytest.approx(2 * low.height)
    assert all(part.y >= 0 and part.x + part.width <= chart.width for part in chart.parts)


def test_parts_of_a_column_stand_on_each_other():
    series = [Series("created", "Created", [1]), Series("needs", "Refused", [1])]
    chart = charts.columns("c", title="t", description="d", heading="h", names=["day"], series=series)

    below, above = chart.parts
    assert above.y + above.height == pytest.approx(below.y)


def test_nothing_at_all_is_drawn_as_nothing():
    assert drawn().parts == []
    assert drawn(0, 0).parts == []
