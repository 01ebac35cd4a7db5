"""Rate headers in every state of disrepair."""

import math
from email.utils import formatdate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.leonar.answers import RateLimit, read_rate_limit, read_skew

NOW = 1_767_600_000.25
NAMES = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Date")
PLAUSIBLE = st.sampled_from(
    ["0", "2000", "-1", "1767600060", " 7 ", formatdate(NOW, usegmt=True), "Mon, 5 Jan 2026", "1e400"]
)


def reset_in(reset: str, **headers: str) -> float | None:
    return read_rate_limit({"X-RateLimit-Reset": reset, **headers}, now=NOW).reset_in


def test_good_headers_are_read():
    headers = {"X-RateLimit-Limit": "2000", "X-RateLimit-Remaining": " 1999 ", "X-RateLimit-Reset": "1767600060"}

    assert read_rate_limit(headers, now=NOW) == RateLimit(2000, 1999, 59.75)


def test_missing_headers_are_not_made_up():
    assert read_rate_limit({}, now=NOW) == RateLimit(None, None, None)


@pytest.mark.parametrize("skew", [-86_400 * 400, -3600, 0, 3600, 86_400 * 400])
def test_the_reset_is_measured_against_the_clock_of_the_server(skew):
    server_now = int(NOW) + skew

    assert reset_in(str(server_now + 90), Date=formatdate(server_now, usegmt=True)) == 90
    assert reset_in(str(server_now), Date=formatdate(server_now, usegmt=True)) is None


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Mon, 99 Foo 2026 99:99:99 GMT", "Mon, 05 Jan 99999 08:00:00 GMT", "0"]
)
def test_without_a_readable_date_our_own_clock_has_to_do(date):
    assert reset_in(str(int(NOW) + 90), Date=date) == 89.75


@pytest.mark.parametrize(("seconds", "expected"), [(1, 1), (2, 1.75), (3599, 3598.75), (3700, 3660), (80_000, 3660)])
def test_the_wait_is_kept_between_a_second_and_an_hour(seconds, expected):
    assert reset_in(str(int(NOW) + seconds)) == expected


@pytest.mark.parametrize("seconds", [-80_000, -600, -1, 0])
def test_a_reset_that_has_passed_is_none_so_that_the_caller_backs_off(seconds):
    assert reset_in(str(int(NOW) + seconds)) is None
    assert reset_in(str(int(NOW) + 7200 + seconds), Date=formatdate(NOW + 7200, usegmt=True)) is None


@pytest.mark.parametrize("seconds", [-86_399, -361, 0, 90, 86_399])
def test_the_skew_is_what_the_server_says_less_our_own_clock(seconds):
    assert read_skew({"Date": formatdate(NOW + seconds, usegmt=True)}, now=NOW) == seconds - 0.25


@pytest.mark.parametrize("seconds", [-86_402, 86_402, 365 * 86_400])
def test_a_clock_that_is_more_than_a_day_off_is_not_believed(seconds):
    assert read_skew({"Date": formatdate(NOW + seconds, usegmt=True)}, now=NOW) is None


@pytest.mark.parametrize(
    "date", [None, "", "yesterday", "Mon, 99 Foo 2026 99:99:99 GMT", "Mon, 05 Jan 99999 08:00:00 GMT", "0", "9" * 5000]
)
def test_without_a_readable_date_the_skew_is_not_known(date):
    assert read_skew({} if date is None else {"Date": date}, now=NOW) is None


@pytest.mark.parametrize(
    "value",
    ["", "-5", "+5", "1.5", "1e9", "NaN", "Infinity", "0x10", "1_000", "²", "٣", "soon", "1, 2", "9" * 5000, "60", "0",
     "1767600000000"],
)  # fmt: skip
def test_a_reset_that_makes_no_sense_is_left_out(value):
    assert reset_in(value) is None


@pytest.mark.parametrize("value", ["", "-5", "1.5", "NaN", "²", "9" * 5000, "many"])
def test_a_count_that_makes_no_sense_is_left_out(value):
    headers = {"X-RateLimit-Limit": value, "X-RateLimit-Remaining": value}

    assert read_rate_limit(headers, now=NOW) == RateLimit(None, None, None)


# A busy machine is slow, not wrong.
@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), PLAUSIBLE | st.text(max_size=30)))
def test_no_header_whatever_it_holds_breaks_the_reading(headers):
    seen, skew = read_rate_limit(headers, now=NOW), read_skew(headers, now=NOW)

    assert seen.reset_in is None or (1 <= seen.reset_in <= 3660 and math.isfinite(seen.reset_in))
    assert seen.limit is None or seen.limit >= 0
    assert seen.remaining is None or seen.remaining >= 0
    assert skew is None or abs(skew) <= 86_400
