"""Times are said as people say them."""

from datetime import timedelta

import pytest

from contacts.wording import times
from tests.wording.conftest import NOW


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW - timedelta(minutes=1), "in a moment"),
        (NOW + timedelta(seconds=5), "in a moment"),
        (NOW + timedelta(seconds=40), "within a minute"),
        (NOW + timedelta(minutes=5), "at 14:05"),
        (NOW + timedelta(hours=19, minutes=10), "tomorrow at 09:10"),
        (NOW + timedelta(days=3), "on 15 March at 14:00"),
    ],
)
def test_a_future_time(moment, said):
    assert times.say_when(moment, NOW) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW + timedelta(minutes=42), "14:42"),
        (NOW + timedelta(hours=19, minutes=10), "tomorrow 09:10"),
        (NOW + timedelta(days=3), "15 March, 14:00"),
    ],
)
def test_the_end_of_a_wait(moment, said):
    assert times.say_until(moment, NOW) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW - timedelta(minutes=5), "since 13:55"),
        (NOW - timedelta(hours=20), "since yesterday 18:00"),
        (NOW - timedelta(days=3), "since 9 March, 14:00"),
    ],
)
def test_the_beginning_of_what_still_lasts(moment, said):
    assert times.say_since(moment, NOW) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW + timedelta(seconds=1), "just now"),
        (NOW - timedelta(seconds=59), "just now"),
        (NOW - timedelta(seconds=60), "1 min ago"),
        (NOW - timedelta(minutes=59, seconds=59), "59 min ago"),
        (NOW - timedelta(hours=1), "today 13:00"),
        (NOW - timedelta(hours=20), "yesterday 18:00"),
        (NOW - timedelta(days=3), "9 Mar, 14:00"),
        (NOW - timedelta(days=300), "16 May 2025"),
    ],
)
def test_a_past_time(moment, said):
    assert times.say_ago(moment, NOW) == said


def test_the_exact_time_for_whoever_asks():
    assert times.say_exactly(NOW) == "12 March 2026, 14:00:00"


@pytest.mark.parametrize(("seconds", "said"), [(0.084, "84 ms"), (0.9994, "999 ms"), (1, "1.0 s"), (2.34, "2.3 s")])
def test_how_long_a_call_took(seconds, said):
    assert times.say_duration(seconds) == said
