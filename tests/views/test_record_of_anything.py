"""Whatever Leonar returned and whatever was stored, the record's page is shown."""

from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.contact import ADDED_FIELDS, BODY_NAMES
from contacts.models import Attempt, Submission
from contacts.text.storable import storable
from tests.json_values import json_values
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State
PAYLOAD = {"first_name": "Sophie", "tags": ["new"], "title": "archived", "global_status": "new"}
NAMES = [*BODY_NAMES, *ADDED_FIELDS, "aura"]

# What a database keeps of any JSON.
contacts_of_any_shape = st.dictionaries(st.sampled_from(NAMES), json_values).map(storable)
some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def submission(recruiter) -> Submission:
    return queued(recruiter, PAYLOAD)


def test_a_contact_of_any_shape_has_a_page(admin_signed_in, submission):
    @some
    @given(contacts_of_any_shape, contacts_of_any_shape)
    def every_contact(payload: dict, contact: dict) -> None:
        Submission.objects.filter(pk=submission.pk).update(
            state=State.CREATED, due_at=None, contact_id=uuid4(), payload=payload, contact=contact
        )

        assert admin_signed_in.get(submission.get_absolute_url()).status_code == 200

    every_contact()


def test_candidates_of_any_shape_have_a_page(admin_signed_in, submission):
    Submission.objects.filter(pk=submission.pk).update(state=State.UNCONFIRMED, due_at=None)
    now = timezone.now()
    moments = dict.fromkeys(("started_at", "finished_at", "lease_until"), now)
    verdict = Attempt.Verdict.ALIKE
    check = Attempt.objects.create(
        submission=submission, kind=Attempt.Kind.CHECK, number=1, payload=PAYLOAD, verdict=verdict, **moments
    )

    @some
    @given(contacts_of_any_shape)
    def every_candidate(contact: dict) -> None:
        check.candidates = [contact | {"id": str(UUID(int=7))}]
        check.save()

        assert admin_signed_in.get(submission.get_absolute_url()).status_code == 200

    every_candidate()


def test_values_are_shown_as_they_are_and_only_enums_are_words(signed_in, submission):
    page = signed_in.get(submission.get_absolute_url())

    assert "archived" in page.text
    assert '<span class="value">new</span>' in page.text
    assert '<span class="value">New</span>' in page.text
