"""What people can do, once, and on record."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from contacts.delivery import outbox
from contacts.history import decisions
from contacts.models import Attempt, Event, Reason, Submission
from tests.delivery.unknown_outcomes import (
    SOPHIE,
    check_now,
    create_elsewhere,
    lose_the_answer,
    redate,
    submit_unseen,
)
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State
Verdict = Attempt.Verdict
CONTACT = SOPHIE | {"id": "0b1f7a56-8f53-4f0e-9a51-3c1a0f6b8c11", "created_at": "2026-03-02T12:00:01Z"}


@pytest.fixture
def submission(recruiter):
    """One submission in the state that a test asks for."""

    def submission(**columns) -> Submission:
        stored = queued(recruiter, SOPHIE)
        Submission.objects.filter(pk=stored.pk).update(**columns)
        return Submission.objects.get(pk=stored.pk)

    return submission


@pytest.fixture
def rejected(submission):
    return submission(state=State.REJECTED, reason=Reason.INVALID, due_at=None, error_field="email")


@pytest.fixture
def undecided(submission):
    return submission(state=State.UNCONFIRMED, reason=Reason.NO_ANSWER, due_at=None)


def checked(submission: Submission, verdict: Attempt.Verdict, *candidates: dict, number: int = 1) -> None:
    """A check has come to this."""
    now = timezone.now()
    Attempt.objects.create(
        submission=submission,
        kind=Attempt.Kind.CHECK,
        number=number,
        worker="test",
        started_at=now,
        lease_until=now,
        finished_at=now,
        payload={},
        verdict=verdict,
        candidates=list(candidates),
    )


NOT_WAITING = {
    "still checked": {"state": State.UNCONFIRMED, "reason": Reason.NO_ANSWER},
    "on its way": {"state": State.SENDING},
    "discarded": {"state": State.DISCARDED, "due_at": None},
}


class TestCorrecting:
    def test_is_the_same_submission_with_new_content(self, rejected, recruiter):
        right = SOPHIE | {"email": "sophie@right.example"}

        decisions.correct(rejected, by=recruiter, revision=rejected.revision, payload=right, typed={"email": ["x"]})

        rejected.refresh_from_db()
        assert (rejected.state, rejected.payload, rejected.error_field) == (State.QUEUED, right, "")
        assert "right" in rejected.search_entry.words.split()

    @pytest.mark.parametrize(("told", "kept"), [({"presses": 2}, {"presses": 2}), (None, {"presses": 1})])
    def test_counts_with_what_was_told_before(self, rejected, recruiter, told, kept):
        Submission.objects.update(facts={"presses": 1})

        decisions.correct(rejected, by=recruiter, revision=rejected.revision, payload=SOPHIE, typed={}, facts=told)

        rejected.refresh_from_db()
        assert rejected.facts == kept

    def test_checks_first_where_an_earlier_attempt_may_have_created_something(self, recruiter, sandbox):
        sandbox.misbehave(mode="search_lag", seconds=3600)
        submission = submit_unseen(sandbox, recruiter, created=True)
        check_now(times=5)
        submission.refresh_from_db()
        decisions.send_again(submission, by=recruiter, revision=submission.revision)
        check_now()
        sandbox.misbehave(mode="status", status=422, only="POST /contacts")
        outbox.deliver(submission.pk, worker="test")
        submission.refresh_from_db()
        sandbox.misbehave(mode="search_lag", seconds=0)

        decisions.correct(submission, by=recruiter, revision=submission.revision, payload=SOPHIE, typed={})
        check_now()

        submission.refresh_from_db()
        assert (submission.state, submission.settled_by) == (State.CREATED, "check")
        assert len(sandbox.contacts()) == 1


class TestWhoeverWaitsForAPerson:
    @pytest.mark.parametrize("verdict", [None, Verdict.NOT_FOUND, Verdict.ALIKE, Verdict.FAILED])
    @pytest.mark.parametrize("reason", [Reason.NO_ANSWER, Reason.ANSWER_UNREADABLE])
    def test_offers_the_same_acts_whatever_was_found(self, submission, recruiter, signed_in, verdict, reason):
        for act in ("check_again", "send_again", "pick", "discard"):
            found = submission(state=State.UNCONFIRMED, reason=reason, due_at=None)
            if verdict is not None:
                checked(found, verdict)
            page = signed_in.get(found.get_absolute_url()).text
            details = {"pick": {"contact_id": uuid4()}, "discard": {"note": "entered twice"}}.get(act, {})

            getattr(decisions, act)(found, by=recruiter, revision=found.revision, **details)

            found.refresh_from_db()
            assert found.revision == 1
            assert found.events.count() == 1
            for words in ("Check again", "send it again", "Its id in Leonar", "It is this one", "Discard this entry"):
                assert words in page

    @pytest.mark.parametrize("columns", NOT_WAITING.values(), ids=NOT_WAITING)
    @pytest.mark.parametrize("act", ["check_again", "send_again", "pick"])
    def test_nobody_else_does(self, submission, recruiter, act, columns):
        found = submission(**columns)
        details = {"contact_id": uuid4()} if act == "pick" else {}

        with pytest.raises(decisions.ActRefused):
            getattr(decisions, act)(found, by=recruiter, revision=found.revision, **details)

        found.refresh_from_db()
        assert found.state == columns["state"]
        assert not found.events.exists()


class TestPicking:
    def test_one_of_those_shown_links_it(self, undecided, recruiter):
        checked(undecided, Verdict.ALIKE, CONTACT, CONTACT | {"id": str(uuid4())})

        decisions.pick(undecided, by=recruiter, revision=0, contact_id=UUID(CONTACT["id"]))

        undecided.refresh_from_db()
        assert (undecided.state, undecided.settled_by) == (State.CREATED, "person")
        assert (str(undecided.contact_id), undecided.contact) == (CONTACT["id"], CONTACT)

    def test_one_that_no_check_found_is_known_by_its_id_alone(self, undecided, recruiter, signed_in):
        contact_id = uuid4()

        decisions.pick(undecided, by=recruiter, revision=0, contact_id=contact_id)

        undecided.refresh_from_db()
        page = signed_in.get(undecided.get_absolute_url()).text
        assert (undecided.state, undecided.contact_id, undecided.contact) == (State.CREATED, contact_id, None)
        assert str(contact_id) in page
        assert "Shown as it was entered" in page

    def test_what_is_linked_already_is_refused(self, undecided, submission, recruiter):
        submission(state=State.CREATED, due_at=None, contact_id=CONTACT["id"], contact=CONTACT)

        with pytest.raises(decisions.LinkedElsewhere):
            decisions.pick(undecided, by=recruiter, revision=0, contact_id=UUID(CONTACT["id"]))

    def test_a_later_check_without_an_answer_hides_nothing(self, undecided):
        checked(undecided, Verdict.ALIKE, CONTACT)
        checked(undecided, Verdict.FAILED, number=2)

        assert decisions.candidates(undecided) == [CONTACT]


class TestSendingAgain:
    @pytest.fixture
    def absent(self, recruiter, sandbox):
        """Sent without an answer, not created, and not found."""
        submission = submit_unseen(sandbox, recruiter, created=False)
        check_now(times=5)
        submission.refresh_from_db()
        assert submission.may_be_decided
        return submission

    def send_again(self, submission: Submission, by) -> Submission:
        """A person has it sent again; the deliverer does what is due."""
        decisions.send_again(submission, by=by, revision=submission.revision)
        check_now()
        outbox.deliver(submission.pk, worker="test")
        submission.refresh_from_db()
        return submission

    def test_checks_first_and_then_sends(self, absent, recruiter, sandbox):
        checks = absent.attempts.filter(kind="check").count()

        self.send_again(absent, recruiter)

        assert absent.state == State.CREATED
        assert absent.attempts.filter(kind="check").count() == checks + 1
        assert len(sandbox.contacts()) == 1

    def test_sends_nothing_where_it_is_found_after_all(self, absent, recruiter, sandbox):
        create_elsewhere(sandbox, SOPHIE)
        redate(sandbox, -(timezone.now() - absent.attempts.get(kind="send").started_at))

        self.send_again(absent, recruiter)

        assert (absent.state, absent.settled_by) == (State.CREATED, "check")
        assert sends(absent) == 1

    def test_shows_what_it_finds_and_sends_only_once_that_was_seen(self, absent, recruiter, signed_in, sandbox):
        by_hand = create_elsewhere(sandbox, SOPHIE)
        redate(sandbox, timedelta(minutes=10))

        self.send_again(absent, recruiter)
        shown = absent.may_be_decided, signed_in.get(absent.get_absolute_url()).text
        self.send_again(absent, recruiter)

        assert shown[0]
        assert by_hand in shown[1]
        assert absent.state == State.CREATED
        assert str(absent.contact_id) != by_hand
        assert sends(absent) == 2

    def test_never_links_later_what_the_person_has_said_it_is_not(self, absent, recruiter, sandbox):
        for _ in range(2):
            create_elsewhere(sandbox, SOPHIE)
        redate(sandbox, -(timezone.now() - absent.attempts.get(kind="send").started_at))
        decisions.check_again(absent, by=recruiter, revision=absent.revision)
        check_now()
        absent.refresh_from_db()
        shown = decisions.candidates(absent)
        lose_the_answer(sandbox, created=False)

        self.send_again(absent, recruiter)
        Submission.objects.filter(pk=queued(recruiter).pk).update(
            state=State.CREATED, due_at=None, contact_id=shown[0]["id"], contact=shown[0]
        )
        check_now()

        absent.refresh_from_db()
        assert len(shown) == 2
        assert absent.may_be_decided
        assert decisions.candidates(absent) == shown[1:]

    def test_waits_for_a_check_that_is_answered(self, absent, recruiter, sandbox):
        sandbox.misbehave(mode="status", status=502)

        self.send_again(absent, recruiter)
        meanwhile = absent.state
        check_now()

        absent.refresh_from_db()
        assert meanwhile == State.UNCONFIRMED
        assert absent.state == State.QUEUED

    def test_is_possible_where_the_key_may_not_search(self, recruiter, sandbox, settings):
        settings.LEONAR_API_KEY = "leo_writeonly_key"
        submission = submit_unseen(sandbox, recruiter, created=False)
        check_now()
        submission.refresh_from_db()

        self.send_again(submission, recruiter)

        assert submission.state == State.CREATED

    def test_that_is_lost_too_is_looked_for_from_the_first_attempt_on(self, absent, recruiter, sandbox):
        lose_the_answer(sandbox, created=True)

        self.send_again(absent, recruiter)
        check_now()

        absent.refresh_from_db()
        assert (absent.state, absent.settled_by, sends(absent)) == (State.CREATED, "check", 2)

    def test_can_be_given_up_while_it_is_checked(self, absent, recruiter, sandbox):
        decisions.send_again(absent, by=recruiter, revision=absent.revision)
        absent.refresh_from_db()

        decisions.discard(absent, by=recruiter, revision=absent.revision, note="no longer needed")
        check_now()

        absent.refresh_from_db()
        assert absent.state == State.DISCARDED
        assert len(sandbox.ledger()) == 1


class TestCheckingAgain:
    def test_makes_it_due(self, undecided, recruiter):
        decisions.check_again(undecided, by=recruiter, revision=0)

        undecided.refresh_from_db()
        assert undecided.state == State.UNCONFIRMED
        assert undecided.due_at <= timezone.now()


class TestDiscarding:
    @pytest.mark.parametrize(
        "columns",
        [{"state": State.QUEUED}, {"state": State.REJECTED, "due_at": None}, {"state": State.UNCONFIRMED}],
        ids=["queued", "rejected", "unconfirmed"],
    )
    def test_what_is_not_created_with_a_reason(self, submission, recruiter, columns):
        found = submission(**columns)

        decisions.discard(found, by=recruiter, revision=found.revision, note="entered by mistake")

        found.refresh_from_db()
        assert found.state == State.DISCARDED
        assert found.discard_reason == "entered by mistake"

    @pytest.mark.parametrize(
        "columns", [{"state": State.SENDING}, {"state": State.DISCARDED, "due_at": None}], ids=["sending", "discarded"]
    )
    def test_what_is_on_its_way_or_over_can_t_be(self, submission, recruiter, columns):
        found = submission(**columns)

        with pytest.raises(decisions.ActRefused):
            decisions.discard(found, by=recruiter, revision=found.revision, note="why not")


def test_every_act_is_recorded_with_name_and_time(undecided, recruiter):
    decisions.send_again(undecided, by=recruiter, revision=undecided.revision)

    event = undecided.events.get()
    assert (event.kind, event.actor) == (Event.Kind.SENT_AGAIN, recruiter)
    assert (timezone.now() - event.at).total_seconds() < 60


def test_of_two_people_acting_at_once_the_second_is_told(undecided, recruiter, admin):
    seen = undecided.revision
    decisions.discard(undecided, by=admin, revision=seen, note="a duplicate")

    with pytest.raises(decisions.Overtaken):
        decisions.send_again(undecided, by=recruiter, revision=seen)

    undecided.refresh_from_db()
    assert undecided.state == State.DISCARDED
    assert undecided.events.count() == 1


def sends(submission: Submission) -> int:
    return submission.attempts.filter(kind="send").count()
