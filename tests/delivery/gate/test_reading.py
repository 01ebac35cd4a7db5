"""Reading is judged apart from sending."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.delivery import gate
from contacts.leonar import errors
from contacts.leonar.answers import RateLimit
from contacts.leonar.client import Reply
from tests.gate import (
    HUNG,
    NOON,
    answer,
    close,
    created,
    note_help,
    note_read,
    note_send,
    take_help,
    take_read,
    take_send,
)

pytestmark = pytest.mark.django_db


class TestReading:
    def test_an_answer_leaves_it_open(self, clock):
        note_read(created())

        assert gate.standing().reading is None
        assert gate.standing().is_reading_open

    def test_two_reads_in_a_row_without_a_usable_answer_close_reading_alone(self, clock):
        note_read(HUNG)
        after_one = take_read()
        note_read(HUNG)

        assert after_one
        assert not take_read()
        assert take_send()
        assert (gate.standing().is_open, gate.standing().is_reading_open) == (True, False)
        assert gate.standing().reading.since == NOON

    def test_when_its_time_has_come_one_read_goes_first(self, clock):
        note_read(HUNG)
        note_read(HUNG)
        clock.move_to(gate.standing().reading.until + timedelta(milliseconds=1))

        allowed = [take_read(), take_read()]
        note_read(Reply([], answer(200)))

        assert allowed == [True, False]
        assert take_read()

    def test_reads_that_fail_for_long_are_made_seldom(self, clock):
        note_read(HUNG)
        note_read(HUNG)
        made = 0
        while timezone.now() < NOON + timedelta(hours=1):
            clock.shift(timedelta(seconds=5))
            if take_read():
                made += 1
                note_read(HUNG)

        assert 5 <= made <= 10

    def test_an_answer_to_a_read_opens_nothing_for_sending(self, clock):
        close()

        note_read(Reply([], answer(200)))

        assert not take_send()

    def test_what_closes_sending_for_being_away_leaves_reading_open(self, clock):
        close()

        assert take_read()

    def test_a_missing_permission_to_read_closes_nothing(self, clock):
        refusal = errors.KeyRefused("HTTP 403", code="insufficient_scope", answer=answer(403))

        note_read(refusal)
        note_read(refusal)

        assert take_send()
        assert take_read()

    def test_a_key_that_leonar_itself_refuses_closes_both(self, clock):
        note_read(errors.KeyRefused("HTTP 401", code="invalid_api_key", answer=answer(401)))

        assert not take_send()
        assert not take_read()
        assert gate.standing().waits_for_person

    def test_a_401_of_something_in_front_of_leonar_closes_nothing(self, clock):
        note_read(errors.KeyRefused("HTTP 401", answer=answer(401)))

        assert take_send()


class TestWhatOnlyHelpsWithEntering:
    def test_is_read_while_calls_are_plenty_and_leonar_is_there(self, clock):
        assert take_help()

    def test_leaves_the_last_calls_of_a_window_to_sends_and_checks(self, clock):
        note_send(created(RateLimit(limit=100, remaining=10, reset_in=600)))

        assert not take_help()
        assert take_read()

    def test_is_not_read_while_leonar_is_away(self, clock):
        close()

        assert not take_help()

    def test_fails_alone_and_closes_nothing(self, clock):
        note_help(HUNG)
        note_help(HUNG)

        assert gate.standing().is_reading_open

    def test_is_one_failure_more_where_reading_fails_anyway(self, clock):
        note_read(HUNG)
        note_help(HUNG)

        assert not gate.standing().is_reading_open

    def test_an_answer_to_it_opens_reading(self, clock):
        note_read(HUNG)
        note_help(Reply([], answer(200)))
        note_read(HUNG)

        assert gate.standing().is_reading_open
