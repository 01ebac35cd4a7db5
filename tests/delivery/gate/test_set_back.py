"""A clock that was set back, and what changes nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.delivery import gate
from contacts.models import Gate
from tests.gate import HUNG, NOON, UNREACHABLE, close, created, limited, note_read, note_send, take_send

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
