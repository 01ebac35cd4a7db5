"""From an unknown outcome to certainty: no wrong link, no resend, and a person where the portal can't know."""

import json
import random
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import requests
from django.utils import timezone

from contacts.delivery import check, gate, outbox
from contacts.models import Attempt, Reason, Submission

pytestmark = pytest.mark.django_db

State = Submission.State
Finding = Submission.Finding
SOPHIE = {"first_name": "Sophie", "last_name": "Martin", "email": "sophie@acme.example"}


@pytest.fixture
def submit(recruiter):
    """Sends a contact once, by the portal, and gives back what became of it."""

    def submit(payload=SOPHIE) -> Submission:
        accepted = outbox.accept(by=recruiter, token=uuid4(), payload=payload, typed={})
        outbox.deliver(accepted.submission.pk, worker="test")
        return Submission.objects.get(pk=accepted.submission.pk)

    return submit


def lose_the_answer(sandbox, *, created: bool, calls: int = 1) -> None:
    mode = "drop_after_creating" if created else "drop_after_reading"
    sandbox.misbehave(mode=mode, calls=calls, only="POST /contacts")


def create_elsewhere(sandbox, payload) -> str:
    """A contact that somebody enters in Leonar itself."""
    answer = requests.post(
        f"{sandbox.api_url}/contacts", json=payload, headers={"Authorization": "Bearer leo_somebody_else"}, timeout=10
    )
    answer.raise_for_status()
    return answer.json()["data"]["id"]


def look(times: int = 1) -> None:
    """Makes every look that is due, and then the next ones, without waiting for their time."""
    for _ in range(times):
        Submission.objects.filter(state=State.UNCONFIRMED, due_at__isnull=False).update(due_at=timezone.now())
        while check.check(worker="test"):
            pass


class TestOneLook:
    def test_a_created_contact_is_found_and_linked(self, submit, sandbox):
        lose_the_answer(sandbox, created=True)
        submission = submit()

        look()

        submission.refresh_from_db()
        assert submission.state == State.CREATED
        assert submission.settled_by == Submission.SettledBy.CHECK
        assert str(submission.contact_id) == sandbox.contacts()[0]["id"]
        assert submission.attempts.filter(kind=Attempt.Kind.CHECK).get().verdict == Attempt.Verdict.FOUND

    def test_nothing_is_looked_for_before_its_time(self, submit, sandbox):
        lose_the_answer(sandbox, created=True)
        submit()

        assert not check.check(worker="test")

    def test_a_look_that_was_interrupted_is_made_again_and_does_not_stay_under_way(self, submit, sandbox):
        lose_the_answer(sandbox, created=True)
        submission = submit()
        Submission.objects.update(due_at=timezone.now())
        check.claim(worker="killed")

        look()

        looks = submission.attempts.filter(kind=Attempt.Kind.CHECK).order_by("number")
        assert [(one.verdict, one.reason) for one in looks] == [
            (Attempt.Verdict.FAILED, Reason.INTERRUPTED),
            (Attempt.Verdict.FOUND, ""),
        ]
        assert all(one.finished_at for one in looks)

    def test_looks_come_on_the_documented_schedule(self, submit, sandbox):
        lose_the_answer(sandbox, created=False)
        submission = submit()
        ended = submission.attempts.get().finished_at
        planned = [round((submission.due_at - ended).total_seconds())]

        for _ in range(4):
            look()
            submission.refresh_from_db()
            planned.append(round((submission.due_at - ended).total_seconds()))

        assert planned == [5, 30, 120, 600, 3600]

    def test_nothing_after_the_last_look_leaves_it_to_a_person(self, submit, sandbox):
        lose_the_answer(sandbox, created=False)
        submission = submit()

        look(times=5)

        submission.refresh_from_db()
        assert (submission.state, submission.finding) == (State.UNCONFIRMED, Finding.NOTHING)
        assert submission.due_at is None
        assert submission.may_be_sent_again
        assert len(sandbox.ledger()) == 1

    def test_a_search_that_lags_is_outwaited(self, submit, sandbox):
        sandbox.misbehave(mode="search_lag", seconds=600)
        lose_the_answer(sandbox, created=True)
        submission = submit()
        look(times=2)
        submission.refresh_from_db()
        while_lagging = submission.state

        sandbox.misbehave(mode="search_lag", seconds=0)
        look()

        submission.refresh_from_db()
        assert while_lagging == State.UNCONFIRMED
        assert submission.state == State.CREATED

    def test_several_that_fit_are_left_to_a_person(self, submit, sandbox):
        lose_the_answer(sandbox, created=True)
        submission = submit()
        create_elsewhere(sandbox, SOPHIE)

        look()

        submission.refresh_from_db()
        assert (submission.state, submission.finding) == (State.UNCONFIRMED, Finding.SEVERAL)
        assert submission.due_at is None
        assert len(submission.attempts.first().candidates) == 2

    def test_a_contact_that_another_submission_is_linked_to_is_not_taken(self, submit, sandbox):
        submit()
        lose_the_answer(sandbox, created=False)
        submission = submit()

        look(times=5)

        submission.refresh_from_db()
        assert submission.finding == Finding.NOTHING

    def test_two_open_outcomes_that_could_be_the_same_contact_are_left_to_a_person(self, submit, sandbox):
        lose_the_answer(sandbox, created=False)
        not_created = submit()
        lose_the_answer(sandbox, created=True)
        created = submit()

        look()

        not_created.refresh_from_db()
        created.refresh_from_db()
        assert not_created.state == created.state == State.UNCONFIRMED
        assert not_created.contact_id is None

    def test_the_same_person_at_another_company_is_a_rival_too(self, submit, sandbox):
        lose_the_answer(sandbox, created=False)
        first = submit(SOPHIE | {"current_company": "Acme"})
        lose_the_answer(sandbox, created=True)
        submit(SOPHIE | {"current_company": "Acme SA"})

        look()

        first.refresh_from_db()
        assert (first.state, first.finding) == (State.UNCONFIRMED, Finding.SEVERAL)

    def test_created_for_certain_is_never_offered_to_be_sent_again(self, submit, sandbox):
        sandbox.misbehave(mode="search_lag", seconds=600)
        sandbox.misbehave(mode="malformed", only="POST /contacts")
        submission = submit()

        look(times=5)

        submission.refresh_from_db()
        assert submission.reason == Reason.ANSWER_UNREADABLE
        assert submission.finding == Finding.NOTHING
        assert not submission.may_be_sent_again


class TestTrouble:
    def test_a_key_that_may_not_search_leaves_it_to_a_person_and_the_gate_open(self, submit, sandbox, settings):
        settings.LEONAR_API_KEY = "leo_writeonly_key"
        lose_the_answer(sandbox, created=True)
        submission = submit()

        look()

        submission.refresh_from_db()
        assert (submission.due_at, submission.finding) == (None, Finding.NOT_ALLOWED)
        assert gate.standing().is_open

    @pytest.mark.parametrize(
        "rule",
        [{"mode": "status", "status": 503, "body": "html"}, {"mode": "malformed"}, {"mode": "drop_after_reading"}],
    )
    def test_a_failed_look_is_made_again_and_does_not_count(self, submit, sandbox, rule):
        lose_the_answer(sandbox, created=True)
        submission = submit()
        sandbox.misbehave(**rule)

        look()
        submission.refresh_from_db()
        after_failure = (submission.state, submission.look_count)
        look()

        submission.refresh_from_db()
        assert after_failure == (State.UNCONFIRMED, 0)
        assert submission.state == State.CREATED

    def test_the_hourly_limit_on_a_look_closes_the_gate_for_sends_too(self, submit, sandbox):
        lose_the_answer(sandbox, created=True)
        submission = submit()
        sandbox.misbehave(mode="rate_limited", reset_in=300)

        look()

        submission.refresh_from_db()
        assert gate.standing().reason == Reason.RATE_LIMITED
        assert submission.due_at is not None

    def test_a_search_that_leonar_refuses_for_an_hour_is_left_to_a_person_and_stops_nothing(self, submit, sandbox):
        lose_the_answer(sandbox, created=True)
        submission = submit()
        sandbox.misbehave(mode="status", status=404, calls=2, only="POST /contacts/search")
        look()
        submission.refresh_from_db()
        at_first = submission.due_at

        submission.attempts.filter(kind=Attempt.Kind.SEND).update(finished_at=timezone.now() - timedelta(hours=2))
        look()

        submission.refresh_from_db()
        assert at_first is not None
        assert (submission.due_at, submission.finding) == (None, Finding.FAILED)
        assert not submission.may_be_sent_again
        assert gate.standing().is_open

    def test_a_person_who_settles_it_during_a_look_is_not_overruled(self, submit, sandbox):
        lose_the_answer(sandbox, created=True)
        submission = submit()
        Submission.objects.update(due_at=timezone.now())
        claimed = check.claim(worker="test")
        Submission.objects.update(state=State.DISCARDED, due_at=None, revision=99)

        check._looked(claimed, sandbox.contacts())

        submission.refresh_from_db()
        assert submission.state == State.DISCARDED


def test_a_look_that_a_person_has_overtaken_changes_nothing(submit, sandbox):
    lose_the_answer(sandbox, created=True)
    submission = submit()
    Submission.objects.update(due_at=timezone.now())
    claimed = check.claim(worker="test")
    Submission.objects.update(revision=99)

    check._looked(claimed, sandbox.contacts())

    submission.refresh_from_db()
    assert (submission.state, submission.contact_id) == (State.UNCONFIRMED, None)


# First and last names, so that no two of the 300 have the same name unless the test means them to.
FIRST = ("Sophie", "Karim", "Ana", "Noé", "Léa", "Tom", "Inès", "Paul", "Mia", "Luc")
LAST = ("Martin", "Haddad", "Kowalska", "Müller", "Ødegård", "Nguyễn", "García", "Brown", "Rossi", "Dubois")


def person(number: int) -> dict:
    payload = {
        "first_name": FIRST[number % 10],
        "last_name": f"{LAST[number // 10 % 10]} {'abcdefgh'[number // 100]}",
        "current_company": f"Company {number % 7}",
    }
    reach = number % 4
    if reach in (0, 3):
        payload["email"] = f"person{number}@firm{number % 5}.example"
    if reach in (1, 3):
        payload["phone"] = f"+336{number:08d}"
    if reach == 2:
        payload["linkedin_profile"] = f"https://www.linkedin.com/in/person-{number}"
    return payload


def twin(payload: dict, kind: int) -> dict:
    """A contact of somebody else that is easily taken for the one in `payload`."""
    other = dict(payload)
    if kind == 0:
        other |= {"email": "somebody@else.example", "phone": "+33700000000", "linkedin_profile": "https://x.example/y"}
    elif kind == 1:
        other["first_name"], other["last_name"] = payload["last_name"], payload["first_name"]
    elif kind == 2:
        other["last_name"] = payload["last_name"].replace("a", "á") + " Júnior"
    elif kind == 3:
        other["last_name"] = f"{payload['last_name']}-Durand"
    return other


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_of_300_unknown_outcomes_none_is_linked_wrongly_and_nearly_all_created_ones_are_found(submit, sandbox):
    numbers = list(range(300))
    random.Random(7).shuffle(numbers)
    created, absent, twins = numbers[:100], numbers[100:200], numbers[200:]
    truth: dict[Submission, str | None] = {}
    for number in twins[:20]:
        # Created earlier, in Leonar itself, with everything the same; and the portal's own send created nothing.
        create_elsewhere(sandbox, person(number))
    backdate_sandbox(sandbox, timedelta(hours=1))

    for number in created:
        lose_the_answer(sandbox, created=True)
        submission = submit(person(number))
        truth[submission] = sandbox.contacts()[-1]["id"]
    for number in absent:
        lose_the_answer(sandbox, created=False)
        truth[submit(person(number))] = None
    for place, number in enumerate(twins):
        lose_the_answer(sandbox, created=False)
        truth[submit(person(number))] = None
        if 20 <= place < 80:
            create_elsewhere(sandbox, twin(person(number), place % 4))
        elif place >= 80:
            # Already linked: another submission created it.
            submit(person(number))
    look(times=5)

    wrong, found = [], 0
    for submission, contact_id in truth.items():
        submission.refresh_from_db()
        linked = submission.contact_id and str(submission.contact_id)
        if linked is not None and linked != contact_id:
            wrong.append(submission.payload)
        found += linked is not None and linked == contact_id
    sends = Attempt.objects.filter(kind=Attempt.Kind.SEND, submission__in=list(truth)).count()
    assert wrong == []
    assert found >= 95
    assert sends == 300


def backdate_sandbox(sandbox, by: timedelta) -> None:
    """Everything that Leonar holds was created this much earlier: the clock of its journal is turned back."""
    sandbox.stop()
    journal = sandbox.data_dir / "contacts.jsonl"
    records = [json.loads(line) for line in journal.read_text().splitlines()]
    for record in records:
        created_at = datetime.fromisoformat(record["contact"]["created_at"]) - by
        record["contact"]["created_at"] = created_at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    journal.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    sandbox.start()
