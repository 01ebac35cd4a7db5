"""The commands of manage.py: what they print, what they refuse, what they leave behind."""

import io
import os
import signal
import threading
from collections import Counter

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from contacts.contact import full_name
from contacts.delivery import outbox, outcomes, worker
from contacts.models import Attempt, ContactKey, Submission
from contacts.operations import invention
from tests.submissions import queued

pytestmark = pytest.mark.django_db

NEVER_SENT = (Submission.State.QUEUED, Submission.State.DISCARDED)


def run(name: str, *arguments: str) -> str:
    printed = io.StringIO()
    call_command(name, *arguments, stdout=printed)
    return printed.getvalue()


@pytest.fixture
def harmless_signals():
    """A signal that the command leaves unhandled must not end the test run."""
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("harmless_signals")
@pytest.mark.django_db(transaction=True)
class TestDeliver:
    def test_once_sends_what_is_due_and_ends(self, recruiter, sandbox):
        queued(recruiter)

        run("deliver", "--once")

        assert Submission.objects.get().state == Submission.State.CREATED
        assert len(sandbox.contacts()) == 1

    def test_it_says_what_it_is_connected_to_and_never_the_key(self, settings):
        settings.SANDBOX, settings.LEONAR_API_KEY = False, "leo_secretsecret"
        settings.LEONAR_API_URL = "https://leonar.example/api/v1"

        said = run("deliver", "--once")

        assert said.startswith("Delivering to Leonar at leonar.example, from ")
        assert "secret" not in said

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    @pytest.mark.timeout(20)
    def test_a_signal_ends_it_after_the_row_in_hand(self, recruiter, sandbox, monkeypatch, number):
        first, second = queued(recruiter), queued(recruiter)
        send = outbox.send

        def send_and_be_told_to_stop(attempt: Attempt) -> None:
            os.kill(os.getpid(), number)
            send(attempt)

        monkeypatch.setattr(worker.outbox, "send", send_and_be_told_to_stop)
        before = signal.getsignal(number)

        run("deliver")

        first.refresh_from_db()
        second.refresh_from_db()
        assert first.state == Submission.State.CREATED
        assert second.state == Submission.State.QUEUED
        assert signal.getsignal(number) == before

    @pytest.mark.timeout(20)
    def test_a_signal_stops_it_at_whatever_moment_it_comes(self, sandbox, monkeypatch):
        is_told = []

        def begin_to_wait(*, stop: threading.Event, once: bool) -> None:
            # What wait() itself does first.
            with stop._cond:
                os.kill(os.getpid(), signal.SIGTERM)
            is_told.append(stop.wait(10))

        monkeypatch.setattr(worker, "run", begin_to_wait)

        run("deliver")

        assert is_told == [True]

    def test_what_goes_on_beside_it_ends_before_it_does(self, sandbox, monkeypatch):
        ended = threading.Event()

        def tidy_up_when_told(*, stop: threading.Event) -> None:
            stop.wait()
            ended.wait(0.2)
            ended.set()

        monkeypatch.setattr("contacts.operations.housekeeping.run", tidy_up_when_told)
        monkeypatch.setattr(worker, "run", lambda **_: os.kill(os.getpid(), signal.SIGTERM))

        run("deliver")

        assert ended.is_set()

    def test_it_goes_on_until_it_is_told_to_stop(self, recruiter, sandbox):
        queued(recruiter)
        told = threading.Event()

        def tell() -> None:
            told.set()
            os.kill(os.getpid(), signal.SIGTERM)

        teller = threading.Timer(1, tell)
        teller.start()

        run("deliver")

        was_told = told.is_set()
        teller.join()
        assert was_told
        assert Submission.objects.get().state == Submission.State.CREATED


class TestGenerateSubmissions:
    def test_it_makes_as_many_as_asked_for_in_every_state(self):
        said = run("generate_submissions", "600")

        states = Counter(Submission.objects.values_list("state", flat=True))
        assert said == "600 invented submissions were made.\n"
        assert sum(states.values()) == 600
        assert set(states) == set(Submission.State.values)

    def test_they_have_several_owners_who_cannot_sign_in(self):
        run("generate_submissions", "100")

        owners = get_user_model().objects.all()
        assert len(owners) > 3
        assert not any(owner.is_active or owner.has_usable_password() for owner in owners)

    def test_a_second_run_adds_other_people(self):
        run("generate_submissions", "10")
        run("generate_submissions", "10")

        assert Submission.objects.count() == 20

    def test_nothing_of_it_is_ever_due(self):
        run("generate_submissions", "300")

        assert not Submission.objects.filter(due_at__lt=timezone.now()).exists()

    def test_each_that_was_sent_has_its_attempt(self):
        run("generate_submissions", "300")

        assert Attempt.objects.count() == Submission.objects.exclude(state__in=NEVER_SENT).count() > 200

    def test_each_is_recognised_by_its_keys(self):
        run("generate_submissions", "30")

        assert set(ContactKey.objects.values_list("kind", flat=True)) >= {"email", "phone"}
        assert not Submission.objects.filter(keys=None).exists()

    def test_each_is_kept_exactly_as_if_it_had_been_entered(self, monkeypatch):
        monkeypatch.setattr(invention, "MOULDS_MOST", 20)

        run("generate_submissions", "60")

        assert len(set(ContactKey.objects.filter(kind="email").values_list("value", flat=True))) == 60
        for submission in Submission.objects.select_related("search_entry").prefetch_related("keys"):
            entry = submission.search_entry
            anew = outcomes.search_entry(submission, is_corrected=submission.revision > 2)
            assert (entry.number, entry.words, entry.facts) == (anew.number, anew.words, anew.facts)
            assert entry.standing == anew.standing
            own = {(key.kind, key.value) for key in submission.keys.all()}
            assert own == {(key.kind, key.value) for key in outcomes.contact_keys(submission)}
            assert submission.name == full_name(submission.payload)
            if submission.contact:
                assert submission.contact["id"] == str(submission.contact_id)

    def test_it_refuses_where_real_contacts_may_be(self, settings):
        settings.LEONAR_API_KEY = "leo_secretsecret"

        with pytest.raises(CommandError, match="no place for invented"):
            run("generate_submissions", "1")

        assert not Submission.objects.exists()

    def test_less_than_one_is_refused(self):
        with pytest.raises(CommandError, match="1 or more"):
            run("generate_submissions", "0")
