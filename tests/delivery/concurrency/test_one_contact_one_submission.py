"""Two that take the same contact for theirs at the same moment: one of them has it in the end."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection

from contacts.delivery import check, conclusions
from contacts.delivery.record import record
from contacts.history import decisions
from contacts.leonar.answers import Answer, RateLimit
from contacts.leonar.client import Reply
from contacts.models import Submission
from tests.delivery.unknown_outcomes import claim_now, reply, submit_unseen

pytestmark = pytest.mark.django_db(transaction=True)

State = Submission.State


class Checking:
    """A check in a thread, held where it has found its contact and is about to link it; `finish` lets it go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, claimed: check.Claim, contact: dict) -> None:
        self._found, self._go_on = threading.Event(), threading.Event()
        monkeypatch.setattr(conclusions.doubt, "is_claimed_by_another", self._hold)
        self._thread = in_thread(lambda: check._answered(claimed, reply([contact])))
        assert self._found.wait(10)

    def finish(self) -> None:
        self._go_on.set()
        self._thread.join(20)

    def _hold(self, *_: object) -> bool:
        self._found.set()
        assert self._go_on.wait(10)
        return False


def in_thread(act: Callable[[], object]) -> threading.Thread:
    """The act, under way, with a database connection of its own."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def waiting_for_a_person(sandbox, by, *, created: bool) -> Submission:
    submission = submit_unseen(sandbox, by, created=created)
    Submission.objects.filter(pk=submission.pk).update(due_at=None)
    submission.refresh_from_db()
    return submission


def test_leonars_answer_that_comes_while_a_check_links_the_same_contact(recruiter, sandbox, monkeypatch):
    right = waiting_for_a_person(sandbox, recruiter, created=True)
    contact = sandbox.contacts()[0]
    mistaken = submit_unseen(sandbox, recruiter, created=False)
    answer = Reply(contact, Answer(201, "application/json", "", RateLimit(), 0.1))

    checking = Checking(monkeypatch, claim_now(mistaken), contact)
    answering = in_thread(lambda: record(right.attempts.get(), answer))
    answering.join(0.5)
    checking.finish()
    answering.join(20)

    right.refresh_from_db()
    mistaken.refresh_from_db()
    assert (right.state, str(right.contact_id)) == (State.CREATED, contact["id"])
    assert (mistaken.state, mistaken.contact_id) == (State.UNCONFIRMED, None)


def test_a_person_who_picks_what_a_check_is_linking(recruiter, sandbox, monkeypatch):
    waiting = waiting_for_a_person(sandbox, recruiter, created=False)
    checked = submit_unseen(sandbox, recruiter, created=True)
    contact = sandbox.contacts()[0]
    refusals = []

    def pick() -> None:
        try:
            decisions.pick(waiting, by=recruiter, revision=waiting.revision, contact_id=UUID(contact["id"]))
        except decisions.LinkedElsewhere as refusal:
            refusals.append(refusal)

    checking = Checking(monkeypatch, claim_now(checked), contact)
    picking = in_thread(pick)
    picking.join(0.5)
    checking.finish()
    picking.join(20)

    checked.refresh_from_db()
    waiting.refresh_from_db()
    assert (checked.state, str(checked.contact_id)) == (State.CREATED, contact["id"])
    assert waiting.may_be_decided
    assert len(refusals) == 1
