"""Admins learn of trouble without looking: one mail when there is news, and once a day while it lasts."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connections
from django.utils import timezone

from contacts.models import Digest, Gate, Reason, Submission
from contacts.operations import alerts
from tests.operations.gates import close_gate
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State
HOUR = timedelta(hours=1)


@pytest.fixture
def waiting(recruiter):
    """A submission that has waited for a person for so long."""

    def waiting(for_: timedelta = 2 * HOUR) -> Submission:
        stored = queued(recruiter, {"first_name": "Sophie"})
        columns = {"state": State.REJECTED, "due_at": None, "created_at": timezone.now() - for_}
        Submission.objects.filter(pk=stored.pk).update(**columns)
        return stored

    return waiting


@pytest.fixture
def recipients(settings):
    settings.DIGEST_RECIPIENTS = ["admin@portal.example"]


def open_gate() -> None:
    Gate.objects.all().delete()


def told() -> list[str]:
    return [f"{message.subject}\n{message.body}" for message in mail.outbox]


def test_it_is_off_by_default(waiting):
    waiting()
    close_gate(Reason.KEY_REFUSED)

    alerts.send_digest()

    assert mail.outbox == []


@pytest.mark.usefixtures("recipients")
class TestNews:
    def test_nothing_is_no_news(self):
        alerts.send_digest()

        assert mail.outbox == []

    def test_a_gate_that_waits_for_a_person_is_told_once(self):
        close_gate(Reason.KEY_REFUSED)

        alerts.send_digest()
        alerts.send_digest()

        assert len(mail.outbox) == 1
        assert mail.outbox[0].to == ["admin@portal.example"]
        assert "refused the portal's key" in mail.outbox[0].body

    def test_a_gate_that_opens_automatically_is_not(self):
        close_gate(Reason.RATE_LIMITED, until=timezone.now() + HOUR)

        alerts.send_digest()

        assert mail.outbox == []

    def test_an_untrusted_certificate_is_although_it_is_tried_again(self):
        close_gate(Reason.UNTRUSTED, until=timezone.now() + HOUR)

        alerts.send_digest()

        assert len(mail.outbox) == 1

    def test_a_gate_that_closes_again_is_told_again(self):
        close_gate(Reason.KEY_REFUSED)
        alerts.send_digest()
        open_gate()
        alerts.send_digest()
        close_gate(Reason.KEY_REFUSED)

        alerts.send_digest()

        assert len(mail.outbox) == 2

    def test_what_waits_longer_than_an_hour_is_told_without_names(self, waiting):
        waiting()
        waiting(timedelta(minutes=5))

        alerts.send_digest()

        assert "1 entry has been waiting" in told()[0]
        assert "Sophie" not in told()[0]

    def test_one_more_that_waits_is_no_news(self, waiting):
        waiting()
        alerts.send_digest()
        waiting()

        alerts.send_digest()

        assert len(mail.outbox) == 1

    def test_work_that_nobody_does_is_told(self, recruiter):
        queued(recruiter, due_at=timezone.now() - timedelta(minutes=5))

        alerts.send_digest()

        assert "manage.py deliver" in told()[0]

    def test_everything_is_told_in_one_mail(self, waiting):
        waiting()
        close_gate(Reason.KEY_REFUSED)

        alerts.send_digest()

        assert len(mail.outbox) == 1
        assert "refused the portal's key" in told()[0]
        assert "1 entry has been waiting" in told()[0]

    def test_what_lasts_is_told_again_a_day_later(self, waiting):
        waiting()
        alerts.send_digest()

        with time_machine.travel(timezone.now() + timedelta(hours=23)):
            alerts.send_digest()
        assert len(mail.outbox) == 1

        with time_machine.travel(timezone.now() + timedelta(hours=25)):
            alerts.send_digest()
        assert len(mail.outbox) == 2

    def test_another_workspaces_waiting_is_not_told(self, waiting, settings):
        waiting()
        settings.LEONAR_WORKSPACE = "leonar"

        alerts.send_digest()

        assert mail.outbox == []


@pytest.mark.usefixtures("recipients")
class TestMailThatFails:
    @pytest.fixture
    def no_mail_server(self, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1

    def test_it_is_tried_again(self, no_mail_server, settings):
        close_gate(Reason.KEY_REFUSED)
        alerts.send_digest()
        assert Digest.objects.get().sent_at is None

        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        alerts.send_digest()

        assert len(mail.outbox) == 1

    def test_a_try_that_was_cut_off_is_made_again_by_another_process(self, monkeypatch):
        close_gate(Reason.KEY_REFUSED)
        monkeypatch.setattr(alerts, "_send", lambda news: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            alerts.send_digest()
        monkeypatch.undo()

        alerts.send_digest()
        assert mail.outbox == []

        with time_machine.travel(timezone.now() + timedelta(minutes=6)):
            alerts.send_digest()
        assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_deliverers_write_one_mail(recipients):
    close_gate(Reason.KEY_REFUSED)
    both = threading.Barrier(2)

    def write() -> None:
        both.wait()
        alerts.send_digest()
        connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(mail.outbox) == 1
