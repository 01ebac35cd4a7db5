"""An hour without Leonar, on a clock that is moved: few probes, the first success soon, then oldest first."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from contacts.delivery import gate, outbox, worker
from contacts.models import Attempt, Submission
from tests.sandbox_process import SandboxProcess

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
STATE = Submission.State


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def leonar(tmp_path, settings):
    with SandboxProcess(tmp_path) as sandbox:
        settings.LEONAR_API_URL = sandbox.api_url
        yield sandbox


def enter(recruiter, number: int) -> None:
    """As the web process does: stored, then tried if the gate lets it."""
    payload = {"first_name": "Sophie", "last_name": f"Martin-{number:05}"}
    outbox.enter(by=recruiter, token=uuid4(), payload=payload, typed={})


def test_an_hour_away_costs_nothing_but_time(clock, leonar, recruiter):
    leonar.stop()
    entered = 0
    while timezone.now() < NOON + HOUR:
        if timezone.now() >= NOON + entered * timedelta(minutes=2):
            enter(recruiter, entered)
            entered += 1
        worker.step(worker="test")
        clock.shift(timedelta(seconds=10))
    tries = list(Attempt.objects.values_list("tries", flat=True))
    states_while_away = set(Submission.objects.values_list("state", flat=True))

    leonar.start()
    back_at = timezone.now()
    while Submission.objects.exclude(state=STATE.CREATED).exists() and timezone.now() < back_at + HOUR:
        if not worker.step(worker="test"):
            clock.shift(timedelta(seconds=1))

    created = Attempt.objects.filter(verdict=Attempt.Verdict.CREATED).order_by("pk")
    assert states_while_away == {STATE.QUEUED}
    # Two sends close the gate, and after that reads ask whether Leonar is there.
    assert tries == [2]
    assert not Submission.objects.exclude(state=STATE.CREATED).exists()
    assert created[0].started_at - back_at < timedelta(minutes=1)
    assert [attempt.payload["last_name"] for attempt in created] == [f"Martin-{n:05}" for n in range(entered)]
    assert len(leonar.ledger()) == entered
    assert gate.standing().is_open
