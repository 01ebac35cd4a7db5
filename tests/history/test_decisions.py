"""What people can do, once, and on record."""

from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from contacts.delivery import outbox
from contacts.history import decisions
from contacts.models import Attempt, Event, Reason, Submission

pytestmark = pytest.mark.django_db

State = Submission.State
Finding = Submission.Finding
SOPHIE = {"first_name": "Sophie", "last_name": "Martin", "email": "sophie@acme.example"}
CONTACT = SOPHIE | {"id": "0b1f7a56-8f53-4f0e-9a51-3c1a0f6b8c11", "created_at": "2026-03-02T12:00:01Z"}


@pytest.fixture
def submission(recruiter):
    """One submission in the state that a test asks for."""

    def submission(**columns) -> Submission:
        accepted = outbox.accept(by=recruiter, token=uuid4(), payload=SOPHIE, typed={})
        Submission.objects.filter(pk=accepted.submission.pk).update(**columns)
        return Submission.objects.get(pk=accepted.submission.pk)

    return submission


@pytest.fixture
def rejected(submission):
    return submission(state=State.REJECTED, reason=Reason.INVALID, due_at=None, error_field="email")


@pytest.fixture
def not_found(submission):
    return submission(state=State.UNCONFIRMED, reason=Reason.NO_ANSWER, due_at=None, finding=Finding.NOTHING)


@pytest.fixture
def several(submission):
    found = submission(state=State.UNCONFIRMED, reason=Reason.NO_ANSWER, due_at=None, finding=Finding.SEVERAL)
    now = timezone.now()
    Attempt.objects.create(
        submission=found,
        kind=Attempt.Kind.CHECK,
        number=1,
        worker="test",
        started_at=now,
        lease_until=now,
        finished_at=now,
        payload={},
        candidates=[CONTACT, CONTACT | {"id": "8d9c8e52-54c1-4a51-9c39-5e0e8b0f2c22"}],
    )
    return found


def test_a_correction_is_the_same_submission_with_new_content(rejected, recruiter):
    right = SOPHIE | {"email": "sophie@right.example"}

    decisions.correct(rejected, by=recruiter, revision=rejected.revision, payload=right, typed={"email": ["x"]})

    rejected.refresh_from_db()
    assert (rejected.state, rejected.payload, rejected.error_field) == (State.QUEUED, right, "")
    assert "sophie@right.example" in rejected.search_text


def test_sending_again_is_allowed_once_the_checks_found_nothing(not_found, recruiter):
    decisions.send_again(not_found, by=recruiter, revision=not_found.revision)

    not_found.refresh_from_db()
    assert not_found.state == State.QUEUED
    assert not_found.due_at is not None


@pytest.mark.parametrize(
    "columns",
    [
        {"state": State.UNCONFIRMED, "reason": Reason.NO_ANSWER},
        {"state": State.UNCONFIRMED, "reason": Reason.NO_ANSWER, "due_at": None, "finding": Finding.SEVERAL},
        {"state": State.UNCONFIRMED, "reason": Reason.NO_ANSWER, "due_at": None, "finding": Finding.NOT_ALLOWED},
        {"state": State.UNCONFIRMED, "reason": Reason.ANSWER_UNREADABLE, "due_at": None, "finding": Finding.NOTHING},
        {"state": State.SENDING},
        {"state": State.DISCARDED, "due_at": None},
    ],
    ids=["still checked", "several found", "could not search", "created for certain", "on its way", "discarded"],
)
def test_sending_again_is_refused_where_it_could_make_a_duplicate(submission, recruiter, columns):
    found = submission(**columns)

    with pytest.raises(decisions.ActRefused):
        decisions.send_again(found, by=recruiter, revision=found.revision)

    found.refresh_from_db()
    assert found.state == columns["state"]
    assert not Event.objects.exists()


def test_picking_a_match_links_it(several, recruiter):
    decisions.match(several, by=recruiter, revision=several.revision, contact_id=UUID(CONTACT["id"]))

    several.refresh_from_db()
    assert several.state == State.CREATED
    assert str(several.contact_id) == CONTACT["id"]
    assert several.settled_by == Submission.SettledBy.PERSON


def test_a_contact_that_was_not_found_can_t_be_picked(several, recruiter):
    with pytest.raises(decisions.NotACandidate):
        decisions.match(several, by=recruiter, revision=several.revision, contact_id=uuid4())


def test_a_contact_that_is_linked_already_can_t_be_picked(several, submission, recruiter):
    submission(state=State.CREATED, due_at=None, contact_id=CONTACT["id"], contact=CONTACT)

    with pytest.raises(decisions.NotACandidate):
        decisions.match(several, by=recruiter, revision=several.revision, contact_id=UUID(CONTACT["id"]))


def test_looking_again_makes_it_due(not_found, recruiter):
    decisions.look_again(not_found, by=recruiter, revision=not_found.revision)

    not_found.refresh_from_db()
    assert (not_found.state, not_found.finding) == (State.UNCONFIRMED, Finding.NONE)
    assert not_found.due_at <= timezone.now()


@pytest.mark.parametrize(
    "columns",
    [{"state": State.QUEUED}, {"state": State.REJECTED, "due_at": None}, {"state": State.UNCONFIRMED}],
    ids=["queued", "rejected", "unconfirmed"],
)
def test_what_is_not_created_can_be_discarded_with_a_reason(submission, recruiter, columns):
    found = submission(**columns)

    decisions.discard(found, by=recruiter, revision=found.revision, note="entered by mistake")

    found.refresh_from_db()
    assert found.state == State.DISCARDED
    assert found.discard_reason == "entered by mistake"


@pytest.mark.parametrize(
    "columns", [{"state": State.SENDING}, {"state": State.DISCARDED, "due_at": None}], ids=["sending", "discarded"]
)
def test_what_is_on_its_way_or_over_can_t_be_discarded(submission, recruiter, columns):
    found = submission(**columns)

    with pytest.raises(decisions.ActRefused):
        decisions.discard(found, by=recruiter, revision=found.revision, note="why not")


def test_every_act_is_recorded_with_name_and_time(not_found, recruiter):
    decisions.send_again(not_found, by=recruiter, revision=not_found.revision)

    event = not_found.events.get()
    assert (event.kind, event.actor) == (Event.Kind.SENT_AGAIN, recruiter)
    assert (timezone.now() - event.at).total_seconds() < 60


def test_of_two_people_acting_at_once_the_second_is_told(not_found, recruiter, admin):
    seen = not_found.revision
    decisions.discard(not_found, by=admin, revision=seen, note="a duplicate")

    with pytest.raises(decisions.Overtaken):
        decisions.send_again(not_found, by=recruiter, revision=seen)

    not_found.refresh_from_db()
    assert not_found.state == State.DISCARDED
    assert not_found.events.count() == 1
