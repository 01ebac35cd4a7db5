"""The gate closes and opens as docs/delivery.md says, for all processes at once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from contacts.delivery import gate, probe, window
from contacts.leonar import errors
from contacts.leonar.answers import Answer, RateLimit
from contacts.leonar.client import Reply
from contacts.models import Gate, Reason
from tests.gate import note_probe, note_read, note_send, take_probe, take_read, take_send

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
UNREACHABLE = errors.Unreachable("refused")
HUNG = errors.NoAnswer("read timeout")


def answer(status: int = 201, rate_limit: RateLimit | None = None) -> Answer:
    return Answer(status, "application/json", "", rate_limit or RateLimit(), 0.1)


def created(rate_limit: RateLimit | None = None) -> Reply:
    return Reply({}, answer(201, rate_limit))


def limited(retry_after: float | None = None) -> errors.RateLimited:
    return errors.RateLimited(retry_after, detail="HTTP 429", answer=answer(429))


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def wait(clock):
    """Moves the clock to when the gate is tried next; returns how long that took, in seconds."""

    def wait() -> float:
        until, now = gate.standing().until, timezone.now()
        clock.move_to(until + timedelta(milliseconds=1))
        return (until - now).total_seconds()

    return wait


class TestTheKeyAndTheAddress:
    def test_a_changed_key_finds_it_open(self, settings):
        note_send(errors.KeyRefused("HTTP 401"))
        refused = gate.standing()

        settings.LEONAR_API_KEY = "leo_another_key"

        assert refused.waits_for_person
        assert gate.standing().is_open
        assert Gate.objects.count() == 1

    def test_the_key_itself_is_never_stored(self, settings):
        settings.LEONAR_API_KEY = "leo_very_private"

        note_send(errors.KeyRefused("HTTP 401"))

        assert "very_private" not in str(Gate.objects.values().get())

    @pytest.mark.parametrize("refusal", [errors.KeyRefused, errors.AddressWrong])
    def test_refused_it_waits_for_a_person(self, clock, refusal):
        note_send(refusal("HTTP 4xx"))

        clock.shift(timedelta(days=30))

        assert not take_send()
        assert (gate.standing().waits_for_person, gate.standing().since) == (True, NOON)

    def test_an_admin_reopens_it_once(self, clock, admin):
        note_send(errors.KeyRefused("HTTP 401"))

        first, second = gate.reopen(by=admin), gate.reopen(by=admin)

        assert (first, second) == (True, False)
        assert take_send()

    def test_a_success_that_was_under_way_does_not_reopen_it(self, clock):
        note_send(errors.KeyRefused("HTTP 401"))

        note_send(created())

        assert gate.standing().waits_for_person

    def test_a_refused_contact_says_nothing_against_sending_others(self, clock):
        note_send(errors.Invalid(field="email", message="Invalid email format", detail="HTTP 400"))

        assert gate.standing().is_open


class TestAnAnswerAsFromAWrongAddress:
    ODD = errors.AddressWrong("HTTP 404", answer=Answer(404, "text/html", "<h1>Not found</h1>", RateLimit(), 0.1))

    def test_it_is_about_the_address_until_a_contact_has_been_created(self):
        assert gate.judged(gate.hold(), self.ODD) is self.ODD

    def test_then_it_is_about_the_submission_and_says_what_was_said(self):
        note_send(created())

        judged = gate.judged(gate.hold(), self.ODD)

        assert isinstance(judged, errors.NotAccepted)
        assert judged.message == "HTTP 404: Not found"

    def test_leonars_own_words_are_taken_from_its_error(self):
        said = '{"error": {"code": "not_found", "message": "company_id: No such company"}}'
        note_send(created())

        judged = gate.judged(
            gate.hold(), errors.AddressWrong("HTTP 404", answer=Answer(404, "application/json", said, RateLimit(), 0.1))
        )

        assert judged.message == "HTTP 404: company_id: No such company"

    def test_three_in_a_row_are_about_the_address_after_all(self):
        note_send(created())
        held = gate.hold()

        judged = [gate.judged(held, self.ODD) for _ in range(3)]

        assert [isinstance(one, errors.AddressWrong) for one in judged] == [False, False, True]

    @pytest.mark.parametrize("code", ["", "invalid_api_key"])
    def test_about_the_key_it_counts_as_leonars_own_by_its_code_alone(self, code):
        note_send(created())
        said = errors.KeyRefused(
            "HTTP 401", code=code, answer=Answer(401, "text/html", "<p>Sign in</p>", RateLimit(), 0.1)
        )

        judged = gate.judged(gate.hold(), said)

        assert isinstance(judged, errors.KeyRefused if code else errors.NotAccepted)

    def test_a_contact_created_in_between_begins_the_count_again(self):
        for _ in range(4):
            note_send(created())
            note_send(gate.judged(gate.hold(), self.ODD))

        assert gate.standing().is_open

    def test_after_a_reopening_the_count_begins_again(self, admin):
        note_send(created())
        held = gate.hold()
        for _ in range(3):
            note = gate.judged(held, self.ODD)
            gate.note_send(held, note, started_at=timezone.now(), now=timezone.now())
        closed = gate.standing()

        gate.reopen(by=admin)

        assert closed.waits_for_person
        assert isinstance(gate.judged(gate.hold(), self.ODD), errors.NotAccepted)


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

    def test_calls_that_overlap_double_it_once(self, clock, wait):
        for _ in range(5):
            note_send(limited())

        assert wait() <= 60 * 1.25 + 1

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


class TestAway:
    @pytest.mark.parametrize(
        "failure",
        [UNREACHABLE, HUNG, errors.ConnectionLost("reset"), errors.ServerError("HTTP 503", answer=answer(503))],
        ids=["refused", "hung", "reset", "5xx"],
    )
    def test_two_sends_in_a_row_without_a_usable_answer_close_it(self, clock, failure):
        note_send(failure)
        after_one = gate.standing()

        note_send(failure)

        assert after_one.is_open
        assert (gate.standing().reason, gate.standing().since) == (Reason.UNREACHABLE, NOON)
        assert not take_send()

    def test_an_answer_in_between_counts_from_the_beginning(self, clock):
        for outcome in (HUNG, errors.Invalid(detail="HTTP 400", answer=answer(400)), HUNG):
            note_send(outcome)

        assert gate.standing().is_open

    def test_an_untrusted_certificate_closes_it_at_once_for_a_quarter_of_an_hour(self, clock):
        note_send(errors.Untrusted("self-signed"))

        assert gate.standing().until == NOON + timedelta(minutes=15)
        assert gate.standing().needs_admin

    def test_it_stays_closed_when_its_time_has_come_until_leonar_has_answered(self, clock, wait):
        close()

        wait()

        assert not take_send()
        assert not gate.standing().is_open

    def test_with_another_key_nothing_is_asked_and_nobody_locked_out_in_every_round(
        self, clock, wait, settings, django_assert_num_queries
    ):
        close()
        wait()

        settings.LEONAR_API_KEY = "leo_another_key"

        with django_assert_num_queries(1):
            assert not probe.probe()

    def test_nothing_is_asked_before_its_time(self, clock):
        close()

        assert not take_probe()

    def test_one_process_asks(self, clock, wait):
        close()
        wait()

        assert [take_probe(), take_probe()] == [True, False]

    @pytest.mark.parametrize("status", [200, 403, 404, 429])
    def test_any_answer_below_500_lets_one_send_go_first(self, clock, wait, status):
        close()
        wait()
        take_probe()

        note_probe(
            Reply([], answer(200)) if status == 200 else errors.AddressWrong(f"HTTP {status}", answer=answer(status))
        )

        assert [take_send(), take_send()] == [True, False]
        assert not gate.standing().is_open

    def test_nobody_is_told_that_leonar_is_away_once_it_has_answered(self, clock, wait):
        probe_well(wait)

        clock.shift(timedelta(hours=3))

        assert gate.standing().is_open

    def test_an_answer_to_that_send_opens_it_for_all(self, clock, wait):
        probe_well(wait)
        take_send()

        note_send(errors.Invalid(detail="HTTP 400", answer=answer(400)))

        assert gate.standing().is_open
        assert [take_send(), take_send()] == [True, True]

    def test_where_that_send_fails_the_next_is_preceded_by_another_read(self, clock, wait):
        probe_well(wait)
        take_send()

        note_send(HUNG)
        wait()

        assert not take_send()
        assert take_probe()

    def test_a_send_whose_process_died_is_followed_by_another_read(self, clock, wait, settings):
        probe_well(wait)
        take_send()

        clock.shift(timedelta(seconds=2 * settings.LEONAR_DEADLINE + 1))

        assert not take_send()
        assert take_probe()

    def test_a_failed_probe_leaves_it_closed(self, clock, wait):
        close()
        wait()
        take_probe()

        note_probe(errors.ServerError("HTTP 503", answer=answer(503)))

        assert not take_send()
        assert not take_probe()

    def test_it_is_asked_at_most_45_seconds_apart_however_long_it_lasts(self, clock, wait):
        close()
        waits = [wait()]
        while timezone.now() < NOON + timedelta(hours=3):
            assert take_probe()
            note_probe(HUNG)
            waits.append(wait())

        assert waits[0] == 5
        assert max(waits) == 45
        assert gate.standing().since == NOON

    def test_each_send_in_doubt_doubles_the_wait_to_a_quarter_of_an_hour(self, clock, wait):
        close(HUNG)
        waits = [wait()]
        for _ in range(7):
            take_probe()
            note_probe(Reply([], answer(200)))
            assert take_send()
            note_send(HUNG)
            waits.append(wait())

        assert [round(seconds) for seconds in waits] == [30, 30, 60, 120, 240, 480, 900, 900]

    def test_failures_of_calls_that_began_before_it_closed_change_nothing(self, clock, wait):
        began = timezone.now() - timedelta(seconds=1)
        close()
        before = gate.standing()

        for _ in range(8):
            note_send(HUNG, started_at=began)

        assert gate.standing() == before

    def test_a_success_that_began_before_it_closed_does_not_open_it(self, clock):
        began = timezone.now() - timedelta(seconds=1)
        close()

        note_send(created(), started_at=began)

        assert not gate.standing().is_open

    def test_an_admin_may_open_it(self, clock, admin):
        close()

        gate.reopen(by=admin)

        assert take_send()


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


def close(failure: errors.LeonarError = UNREACHABLE) -> None:
    note_send(failure)
    note_send(failure)


def probe_well(wait) -> None:
    close()
    wait()
    take_probe()
    note_probe(Reply([], answer(200)))


def test_what_changes_nothing_writes_nothing(clock, django_assert_num_queries):
    note_send(created())
    held = gate.hold()

    with django_assert_num_queries(0):
        gate.note_send(held, created(), started_at=NOON, now=NOON)
    with django_assert_num_queries(1):
        gate.note_send(held, UNREACHABLE, started_at=NOON, now=NOON)

    assert Gate.objects.get().failures == 1
