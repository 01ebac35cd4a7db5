"""The hourly limit at full load: never more than it allows, never before a reset, and all of it soon after."""

import heapq
import math
import random
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from contacts.delivery import gate
from contacts.leonar import errors
from contacts.leonar.answers import Answer, RateLimit
from contacts.leonar.client import Reply
from tests.gate import note_send, take_send
from tests.portal import PortalProcess, wait_for
from tests.sandbox_process import SandboxProcess

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LIMIT = 500
HOUR = 3600.0
# More than the limit lets through, so that a backlog grows from window to window.
ARRIVALS_AN_HOUR = 550
HOURS = 3
WORKERS = 4
POLL = 5.0


@dataclass
class Leonar:
    """Counts in windows of an hour that begin with a first request. Times are seconds since NOON."""

    windows: list[int] = field(default_factory=list)
    refused: int = 0
    began: float = -math.inf

    def answer(self, now: float) -> tuple[RateLimit, bool]:
        """What the headers say to a request at that time, and whether it was within the limit."""
        if now >= self.began + HOUR:
            self.began = now
            self.windows.append(0)
        is_within = self.windows[-1] < LIMIT
        self.windows[-1] += is_within
        self.refused += not is_within
        # Both headers are whole seconds.
        reset_in = math.ceil(self.began + HOUR) - math.floor(now)
        return RateLimit(limit=LIMIT, remaining=LIMIT - self.windows[-1], reset_in=reset_in), is_within


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.django_db
@pytest.mark.timeout(300)
def test_three_hours_at_full_load_never_exceed_the_limit(settings):
    rng = random.Random(1)
    leonar, waiting = Leonar(), deque(number * HOUR / ARRIVALS_AN_HOUR for number in range(HOURS * ARRIVALS_AN_HOUR))
    # What each worker does next, and when: looks for work, or sees the answer to a call.
    agenda: list[tuple[float, int, tuple | None]] = [(float(worker), worker, None) for worker in range(WORKERS)]
    now = 0.0
    with time_machine.travel(NOON, tick=False) as clock:
        while waiting or any(call for _, _, call in agenda):
            now, worker, call = heapq.heappop(agenda)
            clock.move_to(NOON + timedelta(seconds=now))
            if call is not None:
                began, rate_limit, is_within = call
                answer = Answer(201 if is_within else 429, "application/json", "", rate_limit, 0.1)
                refusal = errors.RateLimited(rate_limit.reset_in, answer=answer)
                note_send(Reply({}, answer) if is_within else refusal, started_at=began)
                heapq.heappush(agenda, (now, worker, None))
            elif not waiting or waiting[0] > now:
                heapq.heappush(agenda, (now + POLL, worker, None))
            elif take_send():
                waiting.popleft()
                # It reaches Leonar somewhere on its way, and the answer takes its time too.
                reached = now + rng.uniform(0.01, 0.4)
                call = (timezone.now(), *leonar.answer(reached))
                heapq.heappush(agenda, (reached + rng.uniform(0.01, 0.4), worker, call))
            else:
                until = gate.standing().until
                assert until is not None
                heapq.heappush(agenda, ((until - NOON).total_seconds() + rng.uniform(0, 0.5), worker, None))

    assert leonar.refused == 0
    assert max(leonar.windows) <= LIMIT
    assert sum(leonar.windows) == HOURS * ARRIVALS_AN_HOUR
    # The limit is used, not only kept.
    assert leonar.windows[:HOURS] == [LIMIT] * HOURS
    assert now <= (HOURS + 1) * HOUR


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_four_deliverers_share_a_limit_without_one_refusal(database_url, tmp_path):
    limit, rows = 20, 45
    with (
        SandboxProcess(tmp_path / "sandbox") as sandbox,
        PortalProcess(tmp_path / "portal", sandbox_url=sandbox.api_url, database_url=database_url, workers=0) as portal,
    ):
        sandbox.limit_rate(limit=limit, window_seconds=3)
        portal.call("tests.rows.queue", rows)

        for _ in range(WORKERS):
            portal.start_deliverer()
        wait_for(lambda: len(sandbox.contacts()) == rows, seconds=120, what="the last contact")

        ledger = sandbox.ledger()

    assert [line["status"] for line in ledger] == [201] * rows
