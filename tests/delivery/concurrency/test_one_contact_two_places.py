"""Leonar's answer and a check name the same contact at the same moment, in two processes: the answer keeps it."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from contacts.delivery import gate, outbox, outcomes
from contacts.delivery.record import record
from contacts.leonar.answers import Answer, RateLimit
from contacts.leonar.client import Reply
from contacts.models import Submission
from tests.submissions import queued

pytestmark = pytest.mark.django_db(transaction=True)

State = Submission.State
CONTACT = {"id": str(uuid4()), "first_name": "Sophie"}
ANSWER = Reply(CONTACT, Answer(201, "application/json", "", RateLimit(), 0.1))


def link_slowly(submission: Submission, has_linked: threading.Event) -> None:
    """What a check does, with a pause before its commit."""
    try:
        with transaction.atomic():
            gate.hold()
            own = Submission.objects.filter(pk=submission.pk)
            outcomes.created(own, contact=CONTACT, settled_by=Submission.SettledBy.CHECK, now=timezone.now())
            has_linked.set()
            threading.Event().wait(0.5)
    finally:
        connection.close()


def test_whoever_was_linked_by_a_check_is_checked_again(recruiter, sandbox):
    attempt = outbox.claim(worker="test", submission_id=queued(recruiter).pk)
    other = queued(recruiter)
    now = timezone.now()
    outcomes.unconfirmed(
        Submission.objects.filter(pk=other.pk), reason="no_answer", due_at=now + timedelta(hours=1), now=now
    )
    has_linked = threading.Event()
    check = threading.Thread(target=link_slowly, args=(other, has_linked))

    check.start()
    has_linked.wait(10)
    record(attempt, ANSWER)
    check.join()

    attempt.submission.refresh_from_db()
    other.refresh_from_db()
    assert (attempt.submission.state, str(attempt.submission.contact_id)) == (State.CREATED, CONTACT["id"])
    assert (other.state, other.contact_id) == (State.UNCONFIRMED, None)
