"""Where the clock is set back, what waits goes on as if it had not been."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from contacts.delivery import clients, clock, outbox
from contacts.leonar import errors
from contacts.models import Gate, Submission
from tests.delivery.unknown_outcomes import submit_unseen
from tests.gate import limited, note_send
from tests.submissions import SOPHIE, sent

pytestmark = pytest.mark.django_db

State = Submission.State
HOURS = timedelta(hours=6)


@pytest.fixture
def set_back():
    """Sets the clock back by HOURS, once called; it runs on from there."""
    with time_machine.travel(timezone.now(), tick=True) as traveller:
        yield lambda: traveller.shift(-HOURS)


def due_in(submission: Submission) -> timedelta:
    submission.refresh_from_db()
    assert submission.due_at is not None
    return submission.due_at - timezone.now()


def test_what_waits_to_be_sent_is_sent(recruiter, set_back, admin, sandbox):
    note_send(errors.KeyRefused("HTTP 401"))
    submission = sent(recruiter, SOPHIE)
    set_back()

    clock.follow_clock()

    assert submission.state == State.QUEUED
    assert due_in(submission) <= outbox.INLINE_GRACE


def test_an_attempt_under_way_keeps_its_lease_and_no_more(recruiter, set_back, sandbox):
    note_send(errors.KeyRefused("HTTP 401"))
    submission = sent(recruiter, SOPHIE)
    Submission.objects.update(state=State.SENDING, due_at=timezone.now() + timedelta(seconds=clients.lease_seconds()))
    set_back()

    clock.follow_clock()

    assert 0 < due_in(submission).total_seconds() <= clients.lease_seconds()


def test_a_closed_gate_opens_after_as_long_as_it_was_to_be_closed(set_back):
    note_send(limited(120))
    set_back()

    clock.follow_clock()

    assert timezone.now() < Gate.objects.get().closed_until <= timezone.now() + timedelta(seconds=121)


def test_a_check_is_made_within_the_hour(recruiter, set_back, sandbox):
    submission = submit_unseen(sandbox, recruiter, created=False)
    set_back()

    clock.follow_clock()

    assert due_in(submission) <= timedelta(hours=1)


def test_what_is_due_in_its_time_is_left_alone(recruiter, sandbox):
    submission = submit_unseen(sandbox, recruiter, created=False)
    before = Submission.objects.values("due_at", "revision").get()

    clock.follow_clock()

    assert Submission.objects.values("due_at", "revision").get() == before
    assert due_in(submission) > timedelta(0)
