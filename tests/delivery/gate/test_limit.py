"""The hourly limit closes the gate before Leonar does, and for as long as Leonar says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.delivery import gate, window
from contacts.leonar.answers import RateLimit
from contacts.models import Gate, Reason
from tests.gate import NOON, UNREACHABLE, created, limited, note_read, note_send, take_read, take_send

pytestmark = pytest.mark.django_db


class TestTheLimit:
    def test_it_closes_until_the_reset_and_a_second(self, clock):
        note_send(limited(120))

        clock.shift(timedelta(seconds=120))
        at_the_reset = take_send()
        clock.shift(timedelta(seconds=1.5))

        assert not at_the_reset
        assert take_send()

    def test_without_a_usable_reset_it_waits_a_minute_doubling_to_fifteen(self, clock, wait):
        waits = []
        for _ in range(6):
            note_send(limited())
            waits.append(wait())
            assert take_send()

        for seconds, expected in zip(waits, [60, 120, 240, 480, 900, 900], strict=True):
            assert expected <= seconds <= expected * 1.25 + 1

    def test_the_doubling_ends_with_an_answer(self, clock, wait):
        for _ in range(3):
            note_send(limited())
            wait()
        note_send(created())

        note_send(limited())

        assert wait() <= 60 * 1.25 + 1

    def test_a_send_that_fails_after_it_is_the_first_in_a_row(self, clock, wait):
        for _ in range(3):
            note_send(limited())
            wait()

        note_send(UNREACHABLE)

        assert gate.standing().is_open

    def test_calls_that_overlap_double_it_once(self, clock, wait):
        for _ in range(5):
            note_send(limited())

        assert wait() <= 60 * 1.25 + 1

    def test_of_two_resets_that_one_window_was_said_to_have_the_later_holds(self, clock):
        note_send(created(RateLimit(limit=100, remaining=1, reset_in=60)))
        note_send(created(RateLimit(limit=100, remaining=0, reset_in=58)))

        assert gate.standing().until == NOON + timedelta(seconds=60) + window.RESET_MARGIN

    def test_two_portals_do_not_wait_for_the_same_time(self, clock):
        waits = set()
        for _ in range(5):
            Gate.objects.all().delete()
            note_send(limited())
            waits.add(gate.standing().until)

        assert len(waits) > 1

    def test_the_window_used_up_closes_it_before_a_429_does(self, clock):
        note_send(created(RateLimit(limit=2000, remaining=1, reset_in=600)))

        allowed = [take_send(), take_send()]

        assert allowed == [True, False]
        assert gate.standing().reason == Reason.RATE_LIMITED
        assert gate.standing().until == NOON + timedelta(seconds=601)

    def test_the_window_used_up_is_seen_by_all_without_holding_the_row(self, clock):
        note_send(created(RateLimit(limit=2000, remaining=0, reset_in=600)))

        take_send()

        assert not gate.may_send(timezone.now())
        assert not gate.may_read(timezone.now())

    def test_it_closes_reading_too(self, clock):
        note_read(limited(120))

        assert not take_send()
        assert not take_read()
        assert gate.standing().reading.reason == Reason.RATE_LIMITED


class TestTheWindow:
    def test_calls_that_overlap_never_add_up_to_more_than_it(self, clock):
        note_send(created(RateLimit(limit=10, remaining=5, reset_in=600)))
        taken = [take_send() for _ in range(4)]

        # The answer to a call that began before the four tells of a window that they are not yet counted in.
        note_send(created(RateLimit(limit=10, remaining=4, reset_in=600)))

        assert all(taken)
        assert [take_send(), take_send()] == [True, False]

    def test_a_new_one_starts_with_the_known_limit(self, clock):
        note_send(created(RateLimit(limit=3, remaining=0, reset_in=60)))
        clock.shift(timedelta(seconds=62))
        taken = [take_send() for _ in range(2)]

        # The first answer of the window has not counted the second call yet.
        note_send(created(RateLimit(limit=3, remaining=2, reset_in=60)))

        assert all(taken)
        assert [take_send(), take_send()] == [True, False]

    def test_a_new_one_starts_at_the_very_moment_at_which_the_old_one_ends(self, clock):
        now = timezone.now()
        held = Gate(rate_limit=2000, rate_remaining=0, rate_reset_at=now)

        assert window.take(held, now)
        assert (held.rate_remaining, held.rate_reset_at) == (1999, None)

    def test_answers_without_headers_limit_nothing(self, clock):
        note_send(created(RateLimit(limit=2, remaining=0, reset_in=60)))
        clock.shift(timedelta(seconds=62))

        for _ in range(5):
            assert take_send()
            note_send(created())

    def test_what_never_reached_leonar_is_not_counted(self, clock):
        note_send(created(RateLimit(limit=3, remaining=1, reset_in=600)))
        take_send()

        note_send(UNREACHABLE)

        assert take_send()

    def test_an_end_that_a_clock_set_back_has_moved_away_is_an_hour_away_at_most(self, clock):
        note_send(created(RateLimit(limit=3, remaining=0, reset_in=600)))
        clock.shift(-timedelta(days=1))
        take_send()

        clock.shift(timedelta(seconds=3662))

        assert take_send()
