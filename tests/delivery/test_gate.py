"""The gate closes and opens as docs/delivery.md says, for all processes at once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from contacts.delivery import gate
from contacts.leonar import errors
from contacts.leonar.answers import RateLimit
from contacts.models import Gate, Reason

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NO_LIMIT = RateLimit(limit=None, remaining=None, reset_in=None)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def note(outcome=None, *, rate_limit=NO_LIMIT, started_at=None):
    gate.note(outcome, rate_limit=rate_limit, started_at=started_at or timezone.now())


def take(**options) -> bool:
    return gate.take(timezone.now(), **options)


def test_a_new_key_finds_an_open_gate(settings):
    note(errors.KeyRefused(detail="401"))
    refused = gate.standing()

    settings.LEONAR_API_KEY = "leo_another_key"

    assert refused.waits_for_person
    assert gate.standing().is_open


def test_the_key_itself_is_never_stored(settings):
    settings.LEONAR_API_KEY = "leo_very_private"

    note(errors.KeyRefused(detail="401"))

    assert "very_private" not in str(Gate.objects.values().get())


@pytest.mark.parametrize("refusal", [errors.KeyRefused, errors.AddressWrong])
def test_a_refused_key_or_address_waits_for_a_person(clock, refusal):
    note(refusal(detail="refused"))

    clock.shift(timedelta(days=30))

    assert not take()
    assert gate.standing().waits_for_person


def test_an_admin_reopens_it_once(clock, admin):
    note(errors.KeyRefused(detail="401"))

    first, second = gate.reopen(by=admin), gate.reopen(by=admin)

    assert (first, second) == (True, False)
    assert take()


def test_a_success_that_was_under_way_does_not_reopen_a_refused_key(clock):
    note(errors.KeyRefused(detail="401"))

    note(None)

    assert gate.standing().waits_for_person


def test_the_limit_closes_it_until_the_reset_and_a_second(clock):
    note(errors.RateLimited(retry_after=120, detail="429"))

    clock.shift(timedelta(seconds=120))
    at_the_reset = take()
    clock.shift(timedelta(seconds=1.5))

    assert not at_the_reset
    assert take()


def test_a_limit_without_a_reset_waits_a_minute_doubling_to_fifteen(clock):
    waits = []

    for _ in range(6):
        note(errors.RateLimited(retry_after=None, detail="429"))
        until = gate.standing().until
        waits.append((until - timezone.now()).total_seconds())
        clock.move_to(until + timedelta(seconds=1))
        assert take()

    for wait, expected in zip(waits, [60, 120, 240, 480, 900, 900], strict=True):
        assert expected <= wait <= expected * 1.25 + 1


def test_the_window_used_up_closes_it_before_a_429_does(clock):
    note(rate_limit=RateLimit(limit=2000, remaining=1, reset_in=600))

    allowed = [take(), take()]

    assert allowed == [True, False]
    assert gate.standing().reason == Reason.RATE_LIMITED
    assert gate.standing().until == NOON + timedelta(seconds=601)


def test_calls_that_overlap_never_add_up_to_more_than_the_window(clock):
    note(rate_limit=RateLimit(limit=10, remaining=5, reset_in=600))
    taken = [take() for _ in range(4)]

    # The answer to a call that began before the four tells of a window that they are not yet counted in.
    note(rate_limit=RateLimit(limit=10, remaining=4, reset_in=600))

    assert all(taken)
    assert [take(), take()] == [True, False]


def test_a_new_window_starts_with_the_known_limit(clock):
    note(rate_limit=RateLimit(limit=3, remaining=0, reset_in=60))
    clock.shift(timedelta(seconds=62))
    taken = [take() for _ in range(2)]

    # The first answer of the window has not counted the second call yet.
    note(rate_limit=RateLimit(limit=3, remaining=2, reset_in=60))

    assert all(taken)
    assert [take(), take()] == [True, False]


def test_an_outage_of_days_does_not_use_up_a_window_that_nobody_counts(clock):
    note(rate_limit=RateLimit(limit=3, remaining=0, reset_in=60))
    clock.shift(timedelta(seconds=62))
    for _ in range(10):
        assert take()
        note(errors.Unreachable(detail="refused"))
        clock.shift(timedelta(seconds=46))

    assert take()
    note(rate_limit=RateLimit(limit=3, remaining=2, reset_in=60))
    assert [take(), take(), take()] == [True, True, False]


def test_answers_without_headers_limit_nothing(clock):
    note(rate_limit=RateLimit(limit=2, remaining=0, reset_in=60))
    clock.shift(timedelta(seconds=62))

    for _ in range(5):
        assert take()
        note()


def test_lookups_leave_a_reserve_for_creating(clock):
    note(rate_limit=RateLimit(limit=100, remaining=10, reset_in=600))

    assert not take(lookup=True)
    assert take()


def test_an_unreachable_server_closes_it_for_ever_longer_but_under_a_minute(clock):
    waits = []

    for _ in range(40):
        note(errors.Unreachable(detail="refused"))
        until = gate.standing().until
        waits.append((until - timezone.now()).total_seconds())
        clock.move_to(until + timedelta(seconds=0.1))
        assert take()

    assert all(1 <= wait <= 45 for wait in waits)
    assert max(waits) > 5


def test_one_probe_goes_through_when_the_time_is_up(clock):
    note(errors.Unreachable(detail="refused"))
    clock.move_to(gate.standing().until + timedelta(seconds=0.1))

    assert [take(), take()] == [True, False]


def test_a_probe_that_is_answered_opens_it(clock):
    note(errors.Unreachable(detail="refused"))
    clock.move_to(gate.standing().until + timedelta(seconds=0.1))
    take()

    note(errors.ServerError(detail="500"))

    assert gate.standing().is_open


def test_a_probe_whose_process_died_is_followed_by_another(clock, settings):
    note(errors.Unreachable(detail="refused"))
    clock.move_to(gate.standing().until + timedelta(seconds=0.1))
    take()

    clock.shift(timedelta(seconds=2 * settings.LEONAR_DEADLINE + 1))

    assert take()


def test_failures_of_calls_that_began_before_it_closed_count_once(clock):
    began = timezone.now()
    clock.shift(timedelta(seconds=1))

    for _ in range(8):
        note(errors.Unreachable(detail="refused"), started_at=began)

    assert Gate.objects.get().strikes == 1


def test_an_untrusted_certificate_is_tried_again_after_a_quarter_of_an_hour(clock):
    note(errors.Untrusted(detail="self-signed"))

    assert gate.standing().until == NOON + timedelta(minutes=15)


def test_one_call_without_an_answer_leaves_it_open_and_two_close_it(clock):
    note(errors.NoAnswer(detail="read timeout"))
    after_one = gate.standing()

    note(errors.NoAnswer(detail="read timeout"))

    assert after_one.is_open
    assert gate.standing().reason == Reason.HUNG


def test_a_refused_contact_says_nothing_against_sending_others(clock):
    note(errors.Invalid(field="email", message="Invalid email format", detail="400"))

    assert gate.standing().is_open
