"""While Leonar is away nothing is sent, and it is asked whether it is back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.delivery import clients, gate, probe
from contacts.leonar import errors
from contacts.leonar.client import Reply
from contacts.models import Gate, Reason
from tests.gate import HUNG, NOON, UNREACHABLE, answer, close, created, note_probe, note_send, take_probe, take_send

pytestmark = pytest.mark.django_db


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

    def test_an_answer_while_it_is_open_begins_nothing_anew(self, clock):
        note_send(created())

        assert Gate.objects.get().since is None

    def test_neither_an_open_gate_nor_one_with_an_end_waits_for_a_person(self, clock):
        note_send(HUNG)
        when_open = gate.standing()
        note_send(HUNG)

        assert not when_open.waits_for_person
        assert not gate.standing().waits_for_person

    def test_a_probe_that_is_answered_late_changes_nothing_where_the_key_was_refused_meanwhile(self, clock):
        note_send(errors.KeyRefused("HTTP 401", code="invalid_api_key", answer=answer(401)))

        note_probe(Reply([], answer(200)))

        assert not Gate.objects.get().is_probed
        assert gate.standing().waits_for_person

    def test_the_database_is_given_back_before_leonar_is_asked(self, clock, wait, sandbox, monkeypatch):
        given_back = []
        monkeypatch.setattr(clients, "release_database", lambda: given_back.append(gate.standing().reason))
        close()
        wait()

        assert probe.probe()

        assert given_back == [Reason.UNREACHABLE]
        assert gate.standing().is_open

    @pytest.mark.parametrize(("status", "said"), [(404, "there"), (503, "away")])
    def test_what_a_probe_says_is_logged(self, clock, wait, sandbox, caplog, status, said):
        close()
        wait()
        sandbox.misbehave(mode="status", status=status)

        with caplog.at_level("INFO"):
            probe.probe()

        assert f"probe: Leonar is {said}: " in caplog.text

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

    @pytest.mark.parametrize("status", [500, 503])
    def test_a_failed_probe_leaves_it_closed(self, clock, wait, status):
        close()
        wait()
        take_probe()

        note_probe(errors.ServerError(f"HTTP {status}", answer=answer(status)))

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


def probe_well(wait) -> None:
    close()
    wait()
    take_probe()
    note_probe(Reply([], answer(200)))
