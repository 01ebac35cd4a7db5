"""Whatever happens in whatever order: at most one contact unless a person or a restore asked for it, and no limbo."""

import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core import serializers
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from contacts.delivery import clients, gate, matching, outbox, outcomes, restore, worker
from contacts.history import decisions
from contacts.models import Attempt, ContactKey, Draft, Gate, Reason, Submission
from tests.conftest import make_account
from tests.delivery.crash.entries import MARK, entry_of
from tests.delivery.model.leonar import ModelLeonar, ProcessKilled

State = Submission.State

POSTS = (
    "created, connection lost",
    "connection lost",
    "created, no answer",
    "no answer",
    "created, unreadable",
    "created, killed",
    "killed",
    "unreachable",
    "server error",
    "invalid",
    "limited",
    "not found",
    "key refused",
)
READS = ("no answer", "not allowed", "server error", "killed")
PAUSES = [1, 6, 35, 150, 700, 4000, 90_000]
# As many in one run of the suite as fit into seconds; MODEL_STEPS=10000 for the whole proof.
STEPS = int(os.environ.get("MODEL_STEPS", "240"))
STEPS_AN_EXAMPLE = 40
# A day of failed checks ends in a person's hands; so does everything else long before.
BOUNDED_HOURS = 60


class Delivery(RuleBasedStateMachine):
    """The outbox, the gate, the check and people's acts, at the will of hypothesis."""

    entered = Bundle("entered")

    def __init__(self) -> None:
        super().__init__()
        for model in (Draft, ContactKey, Attempt, Submission, Gate):
            model.objects.all().delete()
        self.clock = time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False)
        self.now = self.clock.start()
        self.leonar = ModelLeonar()
        self.sound_client, clients.client = clients.client, lambda: self.leonar
        self.by = make_account(f"sophie-{uuid4().hex[:8]}", "admin")
        self.number = 0
        # How many contacts a mark may have: one, and one more for each time that somebody asked for it.
        self.allowed: Counter[str] = Counter()
        self.backup: str | None = None

    def teardown(self) -> None:
        """In good weather everything comes to an end, or waits for a person who is shown it."""
        try:
            self._let_everything_settle()
        finally:
            clients.client = self.sound_client
            self.clock.stop()

    @rule(
        target=entered,
        name=st.sampled_from(["Martin", "El-Haddad"]),
        alone=st.booleans(),
        how=st.sampled_from(["created", *POSTS]),
    )
    def enter(self, name: str, alone: bool, how: str):
        """A recruiter presses "Create contact"; the web process sends at once where it may."""
        self.leonar.post.insert(0, how)
        self.number += 1
        mark, token = str(self.number), uuid4()
        payload = {"first_name": "Sophie", "last_name": name, "custom_data": {MARK: mark}}
        payload |= {"current_company": "Acme"} if alone else {"email": f"s{mark}@acme.example"}
        self.allowed[mark] = 1
        self._survive(lambda: outbox.enter(by=self.by, token=token, payload=payload, typed={}))
        return (token, payload)

    @rule(press=entered)
    def press_again(self, press) -> None:
        """The same form once more: a second press, a second tab, a browser's retry."""
        token, payload = press
        self._survive(lambda: outbox.enter(by=self.by, token=token, payload=payload, typed={}))

    @rule(rounds=st.integers(1, 4))
    def deliver(self, rounds: int) -> None:
        """A deliverer's rounds. None of them makes more than one call of a kind."""
        for _ in range(rounds):
            before = len(self.leonar.calls)
            self._survive(lambda: worker.step(worker="model"))
            made = Counter(self.leonar.calls[before:])
            assert made["send"] <= 1
            assert made["read"] <= 2  # a probe and one call of a check

    @rule(seconds=st.sampled_from(PAUSES))
    def wait_and_deliver(self, seconds: int) -> None:
        """Time passes, and a deliverer does whatever is due by then."""
        self.now.shift(seconds)
        self.deliver(3)

    @rule(seconds=st.sampled_from(PAUSES))
    def wait(self, seconds: int) -> None:
        """Time passes."""
        self.now.shift(seconds)

    @rule(how=st.sampled_from(POSTS), calls=st.integers(1, 3))
    def spoil_posts(self, how: str, calls: int) -> None:
        """The next sends fail."""
        self.leonar.post += [how] * calls

    @rule(how=st.sampled_from(READS), calls=st.integers(1, 6))
    def spoil_reads(self, how: str, calls: int) -> None:
        """The next searches and probes fail."""
        self.leonar.read += [how] * calls

    @rule(lag=st.sampled_from([0, 60]), skew=st.sampled_from([0, 360, -360]))
    def change_leonar(self, lag: int, skew: int) -> None:
        """Leonar's search lags behind, or its clock differs from ours."""
        self.leonar.search_lag, self.leonar.skew = timedelta(seconds=lag), timedelta(seconds=skew)

    @rule()
    def reopen(self) -> None:
        """An admin reopens the gate."""
        gate.reopen(by=self.by)

    @precondition(lambda self: Submission.objects.needing_person().exists())
    @rule(act=st.sampled_from(["pick", "send again", "check again", "discard"]), data=st.data())
    def decide(self, act: str, data) -> None:
        """A person acts on something that waits for one."""
        waiting = data.draw(st.sampled_from(list(Submission.objects.needing_person().order_by("created_at"))))
        self._decide(waiting, act)

    @rule()
    def back_up(self) -> None:
        """A backup of the database is made."""
        rows = [*Gate.objects.all(), *Submission.objects.all(), *Attempt.objects.all(), *ContactKey.objects.all()]
        self.backup = serializers.serialize("json", rows)

    @precondition(lambda self: self.backup is not None)
    @rule()
    def put_back(self) -> None:
        """The backup is restored, and after_restore run; what was entered since is lost with the database."""
        for model in (ContactKey, Attempt, Submission, Gate):
            model.objects.all().delete()
        for row in serializers.deserialize("json", str(self.backup)):
            row.save()
        restore.put_in_doubt()
        kept = {entry_of(submission.payload) for submission in Submission.objects.all()}
        # Whoever enters it again enters it a second time.
        for mark in self.allowed.keys() - kept:
            self.allowed[mark] += 1

    @invariant()
    def at_most_one_contact_unless_asked_for(self) -> None:
        """The promise."""
        created = Counter(entry_of(contact) for contact in self.leonar.contacts)

        assert {mark: times for mark, times in created.items() if times > self.allowed[mark]} == {}

    @invariant()
    def no_link_is_wrong(self) -> None:
        """What Leonar answered or a check found is what the submission's own call created."""
        for submission in Submission.objects.filter(state=State.CREATED).exclude(settled_by="person"):
            assert str(submission.contact_id) in self.leonar.created_for(entry_of(submission.payload))

    def _survive(self, act) -> None:
        try:
            act()
        except ProcessKilled:
            # Another process goes on; what it had in hand is left to its lease.
            return

    def _decide(self, waiting: Submission, act: str) -> None:
        mark = entry_of(waiting.payload)
        found = [contact["id"] for contact in decisions.candidates(waiting)]
        own = [UUID(one) for one in self.leonar.created_for(mark) if one in found]
        try:
            if act == "pick" and own and waiting.may_be_decided:
                decisions.pick(waiting, by=self.by, revision=waiting.revision, contact_id=own[0])
            elif act == "send again" and waiting.may_be_decided:
                # Sent although it exists, because Leonar's search hid it or the person did not believe what it found.
                self.allowed[mark] += bool(self.leonar.created_for(mark))
                decisions.send_again(waiting, by=self.by, revision=waiting.revision)
            elif act == "check again" and waiting.may_be_decided:
                decisions.check_again(waiting, by=self.by, revision=waiting.revision)
            elif act == "discard":
                decisions.discard(waiting, by=self.by, revision=waiting.revision, note="model")
        except decisions.ActRefused:
            return

    def _let_everything_settle(self) -> None:
        self.leonar.post, self.leonar.read, self.leonar.search_lag = [], [], timedelta(0)
        for _ in range(BOUNDED_HOURS * 4):
            gate.reopen(by=self.by)
            while self._acts():
                pass
            if not self._under_way().exists():
                break
            self.now.shift(900)
        self.at_most_one_contact_unless_asked_for()
        assert not self._under_way().exists()

    def _acts(self) -> bool:
        return worker.step(worker="model")

    def _under_way(self):
        return Submission.objects.exclude(due_at=None)


@pytest.mark.slow
@pytest.mark.timeout(4 * 3600)
@pytest.mark.django_db(transaction=True)
def test_at_most_one_contact_and_no_limbo_in_whatever_order_things_happen():
    examples = max(1, STEPS // STEPS_AN_EXAMPLE)
    thorough = settings(
        max_examples=examples,
        stateful_step_count=STEPS_AN_EXAMPLE,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(Delivery, settings=thorough)


def _interrupted_is_queued(monkeypatch) -> None:
    sound = outcomes.unconfirmed

    def spoilt(where, *, reason, due_at, now):
        if reason == Reason.INTERRUPTED:
            return outcomes.queued(where, reason=Reason.NONE, due_at=now, now=now)
        return sound(where, reason=reason, due_at=due_at, now=now)

    monkeypatch.setattr(outcomes, "unconfirmed", spoilt)


def _everybody_matches(monkeypatch) -> None:
    monkeypatch.setattr(matching.Wanted, "likeness", lambda self, contact: matching.Likeness.THE_ONE)
    monkeypatch.setattr(matching.Wanted, "may_claim", lambda self, contact: False)


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.timeout(600)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("plant", [_interrupted_is_queued, _everybody_matches])
def test_a_planted_fault_is_noticed(plant, monkeypatch):
    plant(monkeypatch)
    # Without shrinking: that it is noticed is all that is asked.
    hasty = settings(
        max_examples=40,
        stateful_step_count=STEPS_AN_EXAMPLE,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    with pytest.raises(AssertionError):
        run_state_machine_as_test(Delivery, settings=hasty)
