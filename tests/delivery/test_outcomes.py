"""Each change of state compares before it sets, and leaves nothing of an earlier outcome behind."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from contacts.delivery import outcomes
from contacts.models import Reason, Submission, UsedValue
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State


@pytest.fixture
def submission(recruiter) -> Submission:
    return queued(recruiter, {"first_name": "Sophie"})


def this(submission: Submission):
    return Submission.objects.filter(pk=submission.pk, revision=submission.revision)


def test_an_act_on_what_has_changed_since_does_nothing(submission):
    now = timezone.now()

    first = outcomes.sending(this(submission), lease_until=now + timedelta(seconds=30), now=now)
    second = outcomes.discarded(this(submission), note="twice", now=now)

    submission.refresh_from_db()
    assert (first, second) == (1, 0)
    assert (submission.state, submission.revision) == (State.SENDING, 1)


def test_a_correction_brings_name_search_and_keys_up_to_date_and_forgets_the_refusal(submission):
    now = timezone.now()
    outcomes.rejected(this(submission), reason=Reason.INVALID, field="email", message="Invalid", now=now)
    submission.refresh_from_db()

    outcomes.corrected(
        this(submission),
        payload={"first_name": "Zoé", "email": "zoe@eclair.example"},
        typed={"first_name": ["Zoé"]},
        facts=None,
        due_at=now,
        now=now,
    )

    submission.refresh_from_db()
    assert (submission.state, submission.due_at) == (State.QUEUED, now)
    assert (submission.name, submission.search_entry.words) == ("Zoé", "zoe eclair example")
    assert (submission.reason, submission.error_field, submission.error_message) == ("", "", "")
    assert sorted(submission.keys.values_list("kind", "value")) == [("email", "zoe@eclair.example"), ("name", "zoe")]


def test_a_correction_is_found_as_what_waits_to_be_sent_and_its_words_are_counted_anew(recruiter):
    submission = queued(recruiter, {"first_name": "Sophie", "tags": ["Paris"]})
    now = timezone.now()
    outcomes.rejected(this(submission), reason=Reason.INVALID, field="tags", message="Invalid", now=now)
    submission.refresh_from_db()

    outcomes.corrected(
        this(submission),
        payload={"first_name": "Sophie", "tags": ["Lyon"]},
        typed={},
        facts=None,
        due_at=now,
        now=now,
    )

    submission.refresh_from_db()
    assert submission.search_entry.standing == outcomes.search_entry(submission).standing
    assert list(UsedValue.objects.filter(field="tags").values_list("value", "uses")) == [("Lyon", 1)]


@pytest.mark.parametrize(
    ("shared", "has_twin"), [({"email": "sophie@acme.example"}, True), ({"last_name": "Martin"}, False)]
)
def test_a_twin_is_who_has_an_address_in_common_and_not_the_name_alone(recruiter, shared, has_twin):
    queued(recruiter, {"first_name": "Sophie", **shared})

    second = queued(recruiter, {"first_name": "Sophie", **shared})

    assert second.search_entry.facts == outcomes.search_entry(second, has_twin=has_twin).facts


def test_what_was_linked_and_is_open_again_names_no_contact(submission):
    now = timezone.now()
    contact = {"id": str(uuid4())}
    outcomes.created(this(submission), contact=contact, settled_by=Submission.SettledBy.CHECK, now=now)
    submission.refresh_from_db()

    outcomes.unconfirmed(this(submission), reason=Reason.NO_ANSWER, due_at=now, now=now)

    submission.refresh_from_db()
    assert (submission.contact_id, submission.contact, submission.settled_at) == (None, None, None)
    assert submission.settled_by == Submission.SettledBy.NONE
