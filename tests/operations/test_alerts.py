"""Admins learn of trouble without looking, once each."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from contacts.delivery import gate
from contacts.leonar import errors
from contacts.models import Gate, Submission
from contacts.operations import alerts
from tests.gate import note_send
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State


@pytest.fixture
def submission(recruiter):
    def submission(**columns) -> Submission:
        stored = queued(recruiter, {"first_name": "Sophie"})
        Submission.objects.filter(pk=stored.pk).update(**columns)
        return Submission.objects.get(pk=stored.pk)

    return submission


@pytest.fixture
def recipients(settings):
    settings.DIGEST_RECIPIENTS = ["admin@portal.example"]


def refuse_the_key() -> None:
    note_send(errors.KeyRefused("401"))


class TestReadiness:
    def test_work_that_nobody_touches_is_overdue(self, submission):
        submission(due_at=timezone.now() - timedelta(seconds=61))

        assert alerts.is_overdue()

    def test_work_that_has_just_become_due_is_not(self, submission):
        submission(due_at=timezone.now() - timedelta(seconds=5))

        assert not alerts.is_overdue()

    def test_work_that_a_closed_gate_holds_back_is_not(self, submission):
        submission(due_at=timezone.now() - timedelta(hours=1))
        refuse_the_key()

        assert not alerts.is_overdue()

    def test_an_expired_lease_is_overdue_even_then(self, submission):
        submission(state=State.SENDING, due_at=timezone.now() - timedelta(hours=1))
        refuse_the_key()

        assert alerts.is_overdue()


class TestTheDigest:
    def test_it_is_off_by_default(self, submission):
        submission(created_at=timezone.now() - timedelta(hours=2))
        refuse_the_key()

        alerts.announce()

        assert mail.outbox == []

    def test_a_gate_that_waits_for_a_person_is_announced_once(self, recipients):
        refuse_the_key()

        alerts.announce()
        alerts.announce()

        assert len(mail.outbox) == 1
        assert mail.outbox[0].to == ["admin@portal.example"]

    def test_a_gate_that_opens_by_itself_is_not(self, recipients):
        note_send(errors.RateLimited(60, detail="429"))

        alerts.announce()

        assert mail.outbox == []

    def test_a_gate_that_closes_again_is_announced_again(self, recipients, admin):
        refuse_the_key()
        alerts.announce()
        gate.reopen(by=admin)
        refuse_the_key()

        alerts.announce()

        assert len(mail.outbox) == 2

    def test_what_waits_longer_than_an_hour_is_announced_once_and_without_names(self, recipients, submission):
        submission(created_at=timezone.now() - timedelta(hours=2))
        submission(created_at=timezone.now() - timedelta(minutes=5))

        alerts.announce()
        alerts.announce()

        assert len(mail.outbox) == 1
        assert mail.outbox[0].body.startswith("1 ")
        assert "Sophie" not in mail.outbox[0].body + mail.outbox[0].subject

    def test_a_mail_that_can_t_be_sent_is_tried_again(self, recipients, settings):
        refuse_the_key()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1

        alerts.announce()

        assert Gate.objects.get().announced_at is None
