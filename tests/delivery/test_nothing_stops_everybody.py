"""What one submission, or reading alone, meets with does not stop the sending of the others."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from contacts.delivery import gate, outbox, worker
from contacts.models import Attempt, Reason, Submission
from tests.submissions import SOPHIE, queued

pytestmark = pytest.mark.django_db

State = Submission.State
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def queue(recruiter):
    """So many that wait to be sent, oldest first."""

    def queue(number: int) -> list[Submission]:
        began = timezone.now() - timedelta(seconds=number)
        return [
            queued(recruiter, SOPHIE | {"last_name": f"Martin-{place}"}, created_at=began + timedelta(seconds=place))
            for place in range(number)
        ]

    return queue


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def deliver_for(clock, span: timedelta, *, every: int = 1) -> None:
    """What a deliverer does in that time, where calls take none of it and it looks every so many seconds."""
    ends = timezone.now() + span
    while timezone.now() < ends:
        if not worker.step(worker="test"):
            clock.shift(timedelta(seconds=every))


def states(submissions: list[Submission]) -> list[str]:
    return [Submission.objects.get(pk=submission.pk).state for submission in submissions]


def in_doubt() -> int:
    return Attempt.objects.filter(kind=Attempt.Kind.SEND, verdict=Attempt.Verdict.UNKNOWN).count()


class TestASearchThatHangs:
    def test_costs_two_calls_while_everything_is_sent(self, queue, sandbox, settings):
        settings.LEONAR_READ_TIMEOUT, settings.LEONAR_DEADLINE = 0.4, 0.5
        sandbox.misbehave(mode="hang", calls=99, only="POST /contacts/search")
        unseen = queue(4)
        Submission.objects.update(state=State.UNCONFIRMED, reason=Reason.NO_ANSWER, due_at=timezone.now())
        waiting = queue(12)
        began = time.monotonic()

        while set(states(waiting)) != {State.CREATED} and time.monotonic() - began < 20:
            worker.step(worker="test")

        assert set(states(waiting)) == {State.CREATED}
        assert Attempt.objects.filter(kind=Attempt.Kind.CHECK).count() == 2
        assert set(states(unseen)) == {State.UNCONFIRMED}
        assert (gate.standing().is_open, gate.standing().is_reading_open) == (True, False)

    def test_is_no_reason_not_to_send_first_in_each_round(self, queue, sandbox):
        queue(1)
        Submission.objects.update(state=State.UNCONFIRMED, reason=Reason.NO_ANSWER, due_at=timezone.now())
        waiting = queue(1)
        sandbox.misbehave(mode="hang", seconds=1, only="POST /contacts/search")

        worker.step(worker="test")

        check = Attempt.objects.get(kind=Attempt.Kind.CHECK)
        assert waiting[0].attempts.get().finished_at < check.started_at


class TestOneThatIsAnsweredAsFromAWrongAddress:
    @pytest.mark.parametrize(
        "rule",
        [
            {"status": 404},
            {"status": 404, "body": "html"},
            {"status": 403, "body": "html"},
            {"status": 405, "body": "empty"},
            {"status": 401, "body": "html"},
            {"status": 402, "body": "html"},
        ],
        ids=["404", "404 html", "403 html", "405", "401 html", "402 html"],
    )
    def test_is_rejected_once_another_was_created_and_the_others_go_on(self, queue, sandbox, rule):
        good, bad, *others = queue(5)
        worker.step(worker="test")
        sandbox.misbehave(mode="status", **rule, only="POST /contacts")

        for _ in range(5):
            worker.step(worker="test")

        bad.refresh_from_db()
        assert bad.state == State.REJECTED
        assert bad.error_message.startswith(f"HTTP {rule['status']}")
        assert set(states([good, *others])) == {State.CREATED}
        assert gate.standing().is_open

    def test_closes_the_gate_before_that_and_is_not_first_in_line_when_it_is_reopened(self, queue, sandbox, admin):
        bad, *others = queue(3)
        sandbox.misbehave(mode="status", status=404, only="POST /contacts")
        worker.step(worker="test")
        closed = gate.standing()
        sandbox.misbehave(mode="delay", seconds=0, calls=2, only="POST /contacts")
        sandbox.misbehave(mode="status", status=404, only="POST /contacts")

        gate.reopen(by=admin)
        for _ in range(4):
            worker.step(worker="test")

        assert closed.waits_for_person
        assert set(states(others)) == {State.CREATED}
        assert states([bad]) == [State.REJECTED]
        assert gate.standing().is_open

    def test_a_key_that_leonar_refuses_closes_it_all_the_same(self, queue, sandbox):
        _, second = queue(2)
        worker.step(worker="test")
        sandbox.misbehave(mode="status", status=403, code="insufficient_scope", only="POST /contacts")

        worker.step(worker="test")

        assert states([second]) == [State.QUEUED]
        assert gate.standing().reason == Reason.KEY_REFUSED


class TestAnOutage:
    @pytest.mark.any_database
    def test_two_minutes_of_503_put_two_of_a_hundred_in_doubt(self, queue, sandbox, clock):
        waiting = queue(100)
        sandbox.misbehave(mode="status", status=503, body="html", calls=10_000)
        deliver_for(clock, timedelta(minutes=2))
        in_doubt_then = in_doubt()

        sandbox.misbehave(mode="normal")
        back_at = timezone.now()
        deliver_for(clock, timedelta(minutes=1))

        first = Attempt.objects.filter(verdict=Attempt.Verdict.CREATED).order_by("pk").first()
        assert in_doubt_then == in_doubt() == 2
        assert states(waiting).count(State.CREATED) == 98
        assert first.started_at - back_at < timedelta(minutes=1)

    @pytest.mark.any_database
    def test_creating_that_fails_while_reading_works_costs_ever_fewer(self, queue, sandbox, clock):
        queue(40)
        sandbox.misbehave(mode="drop_after_reading", calls=10_000, only="POST /contacts")

        deliver_for(clock, timedelta(minutes=30), every=10)

        assert 2 < in_doubt() <= 8
        assert not gate.standing().is_open

    def test_a_checks_answer_does_not_reopen_it(self, queue, sandbox, clock):
        queue(6)
        sandbox.misbehave(mode="drop_after_reading", calls=10_000, only="POST /contacts")

        deliver_for(clock, timedelta(seconds=29))

        checks = Attempt.objects.filter(kind=Attempt.Kind.CHECK, verdict=Attempt.Verdict.NOT_FOUND)
        assert checks.exists()
        assert in_doubt() == 2

    def test_tries_that_sent_nothing_share_a_row(self, queue, settings, clock):
        (waiting,) = queue(1)
        for _ in range(3):
            outbox.deliver(waiting.pk, worker="test")
            gate.reopen(by=waiting.created_by)

        attempt = waiting.attempts.get()
        assert (attempt.tries, attempt.verdict) == (3, Attempt.Verdict.NOT_SENT)

    def test_the_next_attempt_is_numbered_after_all_of_them(self, queue, sandbox, settings):
        (waiting,) = queue(1)
        right_address, settings.LEONAR_API_URL = settings.LEONAR_API_URL, "http://127.0.0.1:9/api/v1"
        for _ in range(2):
            outbox.deliver(waiting.pk, worker="test")

        settings.LEONAR_API_URL = right_address
        outbox.deliver(waiting.pk, worker="test")

        assert list(waiting.attempts.order_by("pk").values_list("number", "tries")) == [(1, 2), (3, 1)]


def test_once_told_to_stop_only_the_row_in_hand_is_finished(queue, sandbox):
    queue(1)
    Submission.objects.update(state=State.UNCONFIRMED, reason=Reason.NO_ANSWER, due_at=timezone.now())
    waiting = queue(2)
    stop = threading.Event()
    sandbox.misbehave(mode="delay", seconds=0.5, only="POST /contacts")
    threading.Timer(0.2, stop.set).start()

    worker.run(stop=stop)

    assert states(waiting) == [State.CREATED, State.QUEUED]
    assert not Attempt.objects.filter(kind=Attempt.Kind.CHECK).exists()
