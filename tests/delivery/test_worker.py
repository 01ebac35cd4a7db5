"""The deliverer's loop survives whatever one row does to it, and hurries through nothing that fails."""

import threading

import pytest
from django.db import OperationalError

from contacts.delivery import outbox, worker
from contacts.models import Attempt, Submission
from tests.delivery.failing_database import ATTEMPT_STORED, failing, is_connection_dropped
from tests.submissions import queued

pytestmark = pytest.mark.django_db


class Waits(threading.Event):
    """Told to stop at the `last` wait; takes down how long each was to be, and waits for none of them."""

    def __init__(self, *, last: int) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self._last = last

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout or 0)
        if len(self.seconds) == self._last:
            self.set()
        return self.is_set()


@pytest.mark.parametrize("failure", [OperationalError("locked"), RuntimeError("of one row")])
def test_what_fails_is_tried_again_after_a_pause(recruiter, monkeypatch, caplog, failure):
    queued(recruiter)
    monkeypatch.setattr(outbox, "deliver", lambda **_: (_ for _ in ()).throw(failure))
    stop = Waits(last=2)

    worker.run(stop=stop)

    assert stop.seconds == [worker.PAUSE_AFTER_FAILURE] * 2
    assert type(failure).__name__ in caplog.text
    assert str(failure) not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_has_failed_is_dropped(recruiter):
    queued(recruiter)

    with failing(ATTEMPT_STORED):
        worker.run(stop=Waits(last=1))

    assert is_connection_dropped()


def test_with_once_whoever_called_learns_of_it(recruiter, monkeypatch):
    queued(recruiter)
    monkeypatch.setattr(outbox, "deliver", lambda **_: (_ for _ in ()).throw(RuntimeError))

    with pytest.raises(RuntimeError):
        worker.run(stop=threading.Event(), once=True)


def test_where_nothing_is_due_it_looks_again_soon(db):
    stop = Waits(last=3)

    worker.run(stop=stop)

    assert stop.seconds == [worker.POLL] * 3


def test_a_look_that_finds_nothing_costs_two_queries(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert not worker.step(worker="test")


def test_where_there_is_more_it_does_not_wait(recruiter, sandbox):
    for _ in range(3):
        queued(recruiter)
    stop = Waits(last=1)

    worker.run(stop=stop)

    assert not Submission.objects.exclude(state=Submission.State.CREATED).exists()


def test_with_once_it_ends_as_soon_as_nothing_is_left(recruiter, sandbox):
    for _ in range(2):
        queued(recruiter)
    stop = Waits(last=1)

    worker.run(stop=stop, once=True)

    assert not Submission.objects.exclude(state=Submission.State.CREATED).exists()
    assert stop.seconds == []


def test_told_to_stop_it_takes_nothing_more_in_hand(recruiter):
    queued(recruiter)
    stop = threading.Event()
    stop.set()

    assert not worker.step(worker="test", stop=stop)
    assert not Attempt.objects.exists()
