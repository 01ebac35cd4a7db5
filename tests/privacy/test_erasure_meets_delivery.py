"""Somebody is erased while Leonar is being asked about them: what is answered afterwards brings nothing back."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from contacts.delivery import check, record
from contacts.history import erasure
from contacts.leonar.answers import Answer, RateLimit
from contacts.leonar.client import Reply
from contacts.models import Attempt, Submission
from contacts.privacy.person import Person
from tests.delivery.unknown_outcomes import claim_now, reply
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State
MARKER = "zyxmarker"
PERSON = {"first_name": "Zyxmarkera", "last_name": "Zyxmarkerson", "email": f"{MARKER}@acme.example"}


@pytest.fixture
def sent(recruiter) -> Submission:
    """Sent, without an answer yet, so that nobody knows what became of it."""
    stored = queued(recruiter, PERSON)
    now = timezone.now()
    Attempt.objects.create(submission=stored, number=1, worker="test", started_at=now, lease_until=now, payload=PERSON)
    Submission.objects.filter(pk=stored.pk).update(state=State.UNCONFIRMED, due_at=now)
    return Submission.objects.get(pk=stored.pk)


def erase(submission: Submission) -> None:
    erasure.erase_person(Person.known_by(PERSON["email"]), by=None, chosen=[submission.pk])


def held(submission: Submission) -> str:
    """All that is stored of it."""
    rows = [*Submission.objects.filter(pk=submission.pk).values(), *submission.attempts.values()]
    return json.dumps(rows, default=str).casefold()


def answered(contact: dict[str, Any]) -> Reply:
    """Leonar's answer to the send."""
    return Reply(contact, Answer(201, "application/json", json.dumps(contact), RateLimit(), 0.1, 0))


@pytest.mark.parametrize("found", [[], [PERSON | {"id": str(uuid4())}]], ids=["nothing", "the person"])
def test_a_check_that_ends_afterwards_keeps_nothing_of_what_was_looked_for(sent, found):
    claimed = claim_now(sent)
    erase(sent)

    check._answered(claimed, reply(found))

    assert MARKER not in held(sent)
    assert sent.attempts.get(kind=Attempt.Kind.CHECK).finished_at is not None


def test_a_check_between_two_calls_is_over(sent):
    check._answered(claim_now(sent), reply([PERSON | {"id": str(uuid4())}], has_more=True))

    erase(sent)

    assert MARKER not in held(sent)
    assert sent.attempts.get(kind=Attempt.Kind.CHECK).finished_at is not None


def test_a_late_answer_to_the_send_leaves_the_id_alone(sent):
    attempt, contact_id = sent.attempts.get(), uuid4()
    erase(sent)

    record.record(attempt, answered(PERSON | {"id": str(contact_id)}))

    sent.refresh_from_db()
    assert MARKER not in held(sent)
    assert (sent.state, sent.contact_id) == (State.DISCARDED, contact_id)


def test_one_that_was_erased_is_not_checked_again_though_its_contact_is_another_s(sent, recruiter):
    contact_id = uuid4()
    Submission.objects.filter(pk=sent.pk).update(
        state=State.CREATED, due_at=None, contact_id=contact_id, settled_by=Submission.SettledBy.CHECK
    )
    erase(sent)
    other = queued(recruiter, PERSON)
    attempt = Attempt.objects.create(
        submission=other, number=1, worker="test", started_at=timezone.now(), lease_until=timezone.now(), payload=PERSON
    )

    record.record(attempt, answered(PERSON | {"id": str(contact_id)}))

    sent.refresh_from_db()
    assert (sent.state, sent.due_at) == (State.CREATED, None)
