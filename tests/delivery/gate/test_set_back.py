"""A clock that was set back, and what changes nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.delivery import closing, gate, window
from contacts.leonar.answers import RateLimit
from contacts.models import Gate
from tests.gate import (
    HUNG,
    NOON,
    UNREACHABLE,
    close,
    created,
    limited,
    note_probe,
    note_read,
    note_send,
    take_probe,
    take_read,
    take_send,
)

pytestmark = pytest.mark.django_db


class TestAClockThatWasSetBack:
    def test_it_closes_all_the_same(self, clock, admin):
        close()
        gate.reopen(by=admin)
        clock.shift(-timedelta(hours=2))

        close()

        assert not take_send()

    def test_reading_stays_closed_for_as_long_as_it_was_to_be(self, clock):
        for _ in range(2):
            note_read(HUNG)
        an_hour_ago = NOON - timedelta(hours=1)

        clock.move_to(an_hour_ago)

        assert gate.standing().reading.since == an_hour_ago
        assert gate.standing().reading.until == an_hour_ago + timedelta(seconds=30)

    def test_it_stays_closed_for_as_long_as_it_was_to_be(self, clock):
        note_send(limited(120))
        clock.shift(-timedelta(days=1))
        assert not take_send()

        clock.shift(timedelta(seconds=122))

        assert take_send()

    def test_so_does_the_count_of_the_window(self, clock):
        note_send(created(RateLimit(limit=100, remaining=0, reset_in=60)))
        assert not take_send()
        clock.shift(-timedelta(days=1))

        gate.follow_clock()
        clock.shift(timedelta(seconds=63))

        assert take_send()

    def test_a_window_that_closed_nothing_yet_ends_within_its_hour(self, clock):
        note_send(created(RateLimit(limit=100, remaining=0, reset_in=60)))

        clock.shift(-timedelta(days=1))

        assert gate.standing().until <= timezone.now() + window.LONGEST

    def test_what_was_closed_long_before_is_tried_as_soon_as_ever(self, clock):
        close()
        clock.shift(timedelta(hours=2))
        assert take_probe()
        note_probe(UNREACHABLE)

        clock.shift(-timedelta(hours=1))
        gate.follow_clock()
        clock.shift(closing.LONGEST_TRY)

        assert take_probe()

    def test_reading_that_was_closed_long_before_is_too(self, clock):
        for _ in range(2):
            note_read(HUNG)
        clock.shift(timedelta(hours=2))
        assert take_read()
        note_read(HUNG)

        clock.shift(-timedelta(hours=1))
        gate.follow_clock()
        clock.shift(closing.LONGEST_TRY)

        assert take_read()

    def test_it_opens_in_its_time_though_nobody_takes_anything_until_then(self, clock):
        note_send(limited(120))
        clock.shift(-timedelta(days=1))

        gate.follow_clock()

        clock.shift(timedelta(seconds=119))
        is_open_before = gate.may_send(timezone.now())
        clock.shift(timedelta(seconds=3))
        assert not is_open_before
        assert gate.may_send(timezone.now())


def test_what_changes_nothing_writes_nothing(clock, django_assert_num_queries):
    note_send(created())
    held = gate.hold()

    with django_assert_num_queries(0):
        gate.note_send(held, created(), started_at=NOON, now=NOON)
    with django_assert_num_queries(1):
        gate.note_send(held, UNREACHABLE, started_at=NOON, now=NOON)

    assert Gate.objects.get().failures == 1
