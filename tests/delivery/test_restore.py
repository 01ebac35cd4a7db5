"""After a restored backup, whatever might have been sent since is checked, and nothing is sent a second time."""

import io
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import serializers
from django.core.management import CommandError, call_command
from django.utils import timezone

from contacts.delivery import check, outbox, worker
from contacts.history import decisions
from contacts.models import Attempt, Event, Submission
from tests.delivery.unknown_outcomes import SOPHIE, check_now, checks, claim_now, reply, submit_unseen
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State
# Nothing but a name, so that only the time tells of which attempt a contact is.
NAMESAKE = {"first_name": "Sophie", "last_name": "Martin"}
NOTHING_YET = {"contact_id": None, "contact": None, "settled_at": None, "settled_by": ""}


@pytest.fixture
def restored(recruiter, sandbox):
    """Ten submissions that were sent after the backup was made, as that still knows them: waiting to be sent."""
    for number in range(10):
        payload = {"first_name": "Sophie", "last_name": f"Martin-{number}", "email": f"sophie{number}@acme.example"}
        outbox.enter(by=recruiter, token=uuid4(), payload=payload, typed={})
    put_back()
    assert len(sandbox.contacts()) == 10


def put_back() -> None:
    """The database forgets that anything was sent."""
    Attempt.objects.all().delete()
    Submission.objects.update(state=State.QUEUED, due_at=timezone.now(), **NOTHING_YET)


def after_restore(monkeypatch, answer: str) -> str:
    printed = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    call_command("after_restore", stdout=printed)
    return printed.getvalue()


def rows() -> str:
    """A backup of what delivery knows."""
    return serializers.serialize("json", [*Submission.objects.all(), *Attempt.objects.all()])


def restore(backup: str) -> None:
    """Everything is as it was when the backup was made."""
    Attempt.objects.all().delete()
    for row in serializers.deserialize("json", backup):
        row.save()


def correct_and_send(submission: Submission, by) -> None:
    decisions.correct(submission, by=by, revision=submission.revision, payload=NAMESAKE, typed={})
    outbox.send_now(submission.pk)


def deliver() -> None:
    worker.run(stop=threading.Event(), once=True)
    check_now(times=5)
    worker.run(stop=threading.Event(), once=True)


def test_nothing_that_was_sent_since_is_sent_again(restored, sandbox, monkeypatch):
    after_restore(monkeypatch, "yes\n")

    deliver()

    assert len(sandbox.ledger()) == 10
    linked = {str(contact_id) for contact_id in Submission.objects.values_list("contact_id", flat=True)}
    assert linked == {contact["id"] for contact in sandbox.contacts()}


def test_what_was_not_sent_waits_for_a_person_who_is_told_why(recruiter, signed_in, sandbox, monkeypatch):
    submission = queued(recruiter, SOPHIE)
    after_restore(monkeypatch, "yes\n")

    deliver()

    submission.refresh_from_db()
    page = signed_in.get(submission.get_absolute_url()).text
    assert submission.may_be_decided
    assert "before the portal&#x27;s database was restored" in page
    assert sandbox.ledger() == []


def test_an_attempt_that_was_under_way_is_over(recruiter, sandbox, monkeypatch):
    submission = queued(recruiter, SOPHIE)
    attempt = outbox.claim(worker="test", submission_id=submission.pk)

    after_restore(monkeypatch, "yes\n")

    submission.refresh_from_db()
    attempt.refresh_from_db()
    assert submission.state == State.UNCONFIRMED
    assert (attempt.verdict, attempt.reason) == (Attempt.Verdict.UNKNOWN, "restored")
    assert submission.attempts.count() == 1


def test_a_correction_that_may_have_been_sent_since_is_checked_first(recruiter, sandbox, monkeypatch):
    submission = queued(recruiter, SOPHIE)
    outbox.deliver(submission.pk, worker="test")
    Attempt.objects.all().delete()
    Submission.objects.update(state=State.REJECTED, due_at=None, **NOTHING_YET)

    after_restore(monkeypatch, "yes\n")
    submission.refresh_from_db()
    decisions.correct(submission, by=recruiter, revision=submission.revision, payload=SOPHIE, typed={})
    deliver()

    submission.refresh_from_db()
    assert submission.state == State.CREATED
    assert len(sandbox.contacts()) == 1


def test_other_content_that_may_have_been_sent_since_is_looked_for_too(recruiter, sandbox, monkeypatch):
    submission = queued(recruiter, {"first_name": "Sopie", "last_name": "Marti"})
    sandbox.misbehave(mode="status", status=422, only="POST /contacts")
    outbox.deliver(submission.pk, worker="test")
    submission.refresh_from_db()
    backup = rows()
    correct_and_send(submission, recruiter)

    restore(backup)
    after_restore(monkeypatch, "yes\n")
    submission.refresh_from_db()
    correct_and_send(submission, recruiter)
    deliver()

    submission.refresh_from_db()
    assert submission.state == State.CREATED
    assert len(sandbox.contacts()) == 1


def test_what_a_person_may_have_sent_again_since_is_looked_for_until_now(recruiter, sandbox, monkeypatch):
    submission = submit_unseen(sandbox, recruiter, NAMESAKE, created=False)
    check_now(times=5)
    submission.refresh_from_db()
    backup = rows()
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        decisions.send_again(submission, by=recruiter, revision=submission.revision)
        check_now()
        outbox.deliver(submission.pk, worker="test")

    restore(backup)
    with time_machine.travel(timezone.now() + timedelta(minutes=60)):
        after_restore(monkeypatch, "yes\n")
        deliver()

    submission.refresh_from_db()
    assert (submission.state, submission.settled_by) == (State.CREATED, "check")
    assert len(sandbox.contacts()) == 1


def test_it_says_what_it_will_do_before_it_does(restored, monkeypatch):
    with pytest.raises(CommandError, match="Nothing was changed"):
        after_restore(monkeypatch, "no\n")

    assert set(Submission.objects.values_list("state", flat=True)) == {State.QUEUED}
    assert not Event.objects.filter(kind=Event.Kind.RESTORED).exists()


def test_it_says_how_many(restored, monkeypatch):
    outbox.claim(worker="test")

    said = after_restore(monkeypatch, "yes\n")

    assert "9 that wait to be sent and 1 that was being sent" in said
    assert "10 will be checked" in said


def test_it_is_on_record_for_each(restored, monkeypatch, signed_in):
    after_restore(monkeypatch, "yes\n")

    events = Event.objects.filter(kind=Event.Kind.RESTORED)
    assert events.count() == 10
    assert not events.exclude(actor=None).exists()
    assert "The portal" in signed_in.get(Submission.objects.first().get_absolute_url()).text


def test_a_second_run_does_no_harm(restored, sandbox, monkeypatch):
    after_restore(monkeypatch, "yes\n")

    after_restore(monkeypatch, "yes\n")

    deliver()
    assert set(Submission.objects.values_list("state", flat=True)) == {State.CREATED}
    assert len(sandbox.ledger()) == 10


def test_a_check_that_the_backup_holds_half_done_begins_afresh(recruiter, sandbox, monkeypatch):
    submission = submit_unseen(sandbox, recruiter, created=False)
    check._answered(claim_now(), reply([{"id": None, "created_at": "2020-01-01T00:00:00Z"}], has_more=True))

    after_restore(monkeypatch, "yes\n")
    claim_now()

    assert [(one.number, one.position) for one in checks(submission)] == [(1, 1), (2, 0)]


def test_where_nothing_is_open_there_is_nothing_to_do(monkeypatch):
    assert after_restore(monkeypatch, "") == "Nothing waits to be sent, so there is nothing to check.\n"


def test_what_is_settled_is_left_alone(recruiter, sandbox, monkeypatch):
    submission = queued(recruiter, SOPHIE)
    outbox.deliver(submission.pk, worker="test")
    submission.refresh_from_db()

    after_restore(monkeypatch, "yes\n")

    revision = submission.revision
    submission.refresh_from_db()
    assert (submission.state, submission.revision) == (State.CREATED, revision)


def test_what_waits_for_another_account_is_checked_too(restored, monkeypatch, settings):
    settings.LEONAR_WORKSPACE = "another"

    after_restore(monkeypatch, "yes\n")

    assert set(Submission.objects.values_list("state", flat=True)) == {State.UNCONFIRMED}
