"""Every scripted failure through the whole outbox: state, record, gate, and never a second send of what was seen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.delivery import gate, outbox
from contacts.models import Attempt, Gate, Submission
from contacts.wording import stories
from tests.delivery.faults.scripts import SCRIPTS, Script
from tests.delivery.faults.server import FaultServer
from tests.submissions import queued

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

State = Submission.State
Verdict = Attempt.Verdict

NOT_SENT = {"unreachable", "untrusted"}
HELD_BACK = {"key_refused", "address_wrong", "rate_limited"}
WRONG = {"invalid", "refused"}
UNKNOWN = {"no_answer", "connection_lost", "server_error", "answer_unreadable"}
WAITS_FOR_ADMIN = {"key_refused", "address_wrong"}

# A form can't become megabytes large; the client's own tests play those.
TABLE = [script for script in SCRIPTS if not script.is_large]


@pytest.fixture(scope="module")
def server():
    with FaultServer() as server:
        yield server


def state_after(reason: str) -> str:
    if reason in NOT_SENT | HELD_BACK:
        return State.QUEUED
    if reason in WRONG:
        return State.REJECTED
    return State.UNCONFIRMED if reason in UNKNOWN else State.CREATED


def verdict_after(reason: str) -> str:
    if reason in NOT_SENT:
        return Verdict.NOT_SENT
    if reason in HELD_BACK | WRONG:
        return Verdict.REFUSED
    return Verdict.UNKNOWN if reason in UNKNOWN else Verdict.CREATED


@pytest.mark.parametrize("script", TABLE, ids=str)
def test_a_failure_ends_as_the_table_says(server, script: Script, settings, recruiter):
    settings.LEONAR_API_URL, settings.LEONAR_CA_BUNDLE = server.play(script), server.ca_bundle
    timeouts = (0.5, 0.5, 1.0) if script.stalls else (60, 60, 60)
    settings.LEONAR_CONNECT_TIMEOUT, settings.LEONAR_READ_TIMEOUT, settings.LEONAR_DEADLINE = timeouts
    payload = {"first_name": "Sophie", "last_name": "Martin", "email": "sophie@acme.example"}
    submission = queued(recruiter, payload)

    outbox.deliver(submission.pk, worker="test")

    submission.refresh_from_db()
    attempt = submission.attempts.get()
    standing = gate.standing()
    assert submission.state == state_after(script.expected_reason)
    assert (attempt.verdict, attempt.reason) == (verdict_after(script.expected_reason), script.expected_reason)
    assert attempt.finished_at is not None
    assert standing.waits_for_person == (script.expected_reason in WAITS_FOR_ADMIN)
    assert_sent_again_only_where_allowed(submission, server, script)
    story = stories.tell(submission, standing, timezone.now())
    assert story.title


def assert_sent_again_only_where_allowed(submission: Submission, server: FaultServer, script: Script) -> None:
    """Lifts whatever holds the submission back, and looks whether the deliverer would take it."""
    Gate.objects.update(reason="", closed_until=None, rate_remaining=None, rate_reset_at=None)
    Submission.objects.filter(pk=submission.pk, due_at__isnull=False).update(
        due_at=timezone.now() - timedelta(seconds=1)
    )
    would_be_sent = outbox.claim(worker="test") is not None
    held_for_admin = script.expected_reason in WAITS_FOR_ADMIN
    assert would_be_sent == (script.resend_allowed or held_for_admin)
    if server.saw_whole_request and would_be_sent:
        assert script.expected_reason in HELD_BACK
