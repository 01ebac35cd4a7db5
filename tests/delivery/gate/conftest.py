"""The clock of the gate's tests."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from contacts.delivery import gate
from tests.gate import NOON


@pytest.fixture
def clock():
    """It is noon until the test moves it."""
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
