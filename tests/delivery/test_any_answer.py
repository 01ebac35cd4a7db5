"""Whatever Leonar returns to a check, it comes to a finding, and the page of whoever waits for a person shows it."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from contacts.contact import BODY_NAMES
from contacts.delivery import check
from contacts.models import Attempt, Submission
from tests.delivery.unknown_outcomes import SOPHIE, check_now, claim_now, reply, submit_unseen
from tests.json_values import json_values

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

State = Submission.State
NAMES = sorted({*BODY_NAMES, "id", "created_at", "summary"})
FOUND = SOPHIE | {"id": "0b1f7a56-8f53-4f0e-9a51-3c1a0f6b8c11", "created_at": None}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.dictionaries(st.sampled_from(NAMES), json_values), min_size=1, max_size=3))
def test_any_contacts_that_a_search_may_return(
    recruiter: User, signed_in: Client, admin_signed_in: Client, sandbox, contacts: list[dict[str, Any]]
):
    submission = submit_unseen(sandbox, recruiter, created=False)

    # As they came, and where nothing but the field in question is odd.
    check._answered(claim_now(), reply([*contacts, *(FOUND | contact for contact in contacts)]))

    submission.refresh_from_db()
    verdict = submission.attempts.get(kind=Attempt.Kind.CHECK).verdict
    assert verdict in (Attempt.Verdict.FOUND, Attempt.Verdict.ALIKE, Attempt.Verdict.NOT_FOUND)
    for browser in (signed_in, admin_signed_in):
        assert browser.get(submission.get_absolute_url()).status_code == 200
    Submission.objects.all().delete()


def test_an_odd_linkedin_address_hides_nobody(recruiter, signed_in, sandbox):
    submission = submit_unseen(sandbox, recruiter, created=False)

    check._answered(claim_now(), reply([FOUND | {"linkedin_profile": "https://[x"}]))

    submission.refresh_from_db()
    page = signed_in.get(submission.get_absolute_url()).text
    assert submission.may_be_decided
    assert "https://[x" in page or "[x" in page


def test_what_was_erased_while_it_was_checked_is_left_to_a_person(recruiter, sandbox):
    submission = submit_unseen(sandbox, recruiter, created=True)
    Submission.objects.update(payload={}, name="")
    Attempt.objects.update(payload={})

    check_now(times=5)

    submission.refresh_from_db()
    assert submission.may_be_decided
