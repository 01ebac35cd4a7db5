"""What is known of the hourly window, from the headers of answers that may lack any of it."""

from datetime import timedelta

import pytest

from contacts.delivery import window
from contacts.leonar.answers import RateLimit
from contacts.models import Gate
from tests.gate import NOON

RESET = NOON + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("limit", "remaining", "reset_at", "is_scarce"),
    [
        (2000, 399, RESET, True),
        (2000, 400, RESET, False),
        (2000, 399, NOON, False),
        (None, 399, RESET, False),
        (2000, None, RESET, False),
        (2000, 399, None, False),
    ],
    ids=["last fifth", "more than that", "over", "no limit known", "no count known", "no end known"],
)
def test_calls_are_scarce_in_the_last_fifth_of_a_window_of_which_all_is_known(limit, remaining, reset_at, is_scarce):
    held = Gate(rate_limit=limit, rate_remaining=remaining, rate_reset_at=reset_at)

    assert window.is_scarce(held, NOON) is is_scarce


@pytest.mark.parametrize(
    "said",
    [RateLimit(limit=100, remaining=7), RateLimit(limit=100, reset_in=60)],
    ids=["a count without its end", "an end without a count"],
)
def test_half_of_what_is_needed_says_nothing(said):
    unknown = Gate(rate_remaining=3, rate_reset_at=None)
    known = Gate(rate_remaining=3, rate_reset_at=RESET)

    window.learn(unknown, said, NOON)
    window.learn(known, said, NOON)

    assert (unknown.rate_limit, unknown.rate_remaining, unknown.rate_reset_at) == (100, None, None)
    assert (known.rate_limit, known.rate_remaining, known.rate_reset_at) == (100, 3, RESET)
