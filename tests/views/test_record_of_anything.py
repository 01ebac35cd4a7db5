"""Whatever Leonar returned and whatever was stored, the record's page is shown."""

import json
import re
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.contact import ADDED_FIELDS, BODY_NAMES
from contacts.leonar.transport import BODY_MAX
from contacts.models import Attempt, Submission
from contacts.text.storable import storable
from contacts.wording.cards import VALUES_MOST
from tests.growth import assert_linear
from tests.json_values import json_values
from tests.rows import answered_with_many, many_items
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


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.parametrize("name", many_items(0))
def test_ten_thousand_items_cost_what_they_are_and_not_their_square(admin_signed_in, recruiter, name):
    def answered(number: int) -> str:
        one = queued(recruiter, PAYLOAD)
        answered_with_many(str(one.pk), number)
        Submission.objects.filter(pk=one.pk).update(contact={name: many_items(number)[name]})
        return one.get_absolute_url()

    def show(page: str) -> None:
        assert admin_signed_in.get(page).status_code == 200

    assert_linear(show, answered, size=10_000)


@pytest.mark.any_database
@pytest.mark.parametrize("name", many_items(0))
def test_each_of_ten_thousand_items_is_on_the_page(admin_signed_in, submission, name):
    shown = values_of(admin_signed_in, submission, {name: many_items(10_000)[name]})

    assert len(shown) == 10_000
    assert "more" not in shown[-1]


@pytest.mark.any_database
@pytest.mark.parametrize(
    "contact",
    [
        {"tags": [f"{n:x}" for n in range(130_000)]},
        {"emails": [{"email": f"{n:x}"} for n in range(50_000)]},
        {"custom_data": {f"{n:x}": 1 for n in range(90_000)}},
        many_items(9_000),
    ],
    ids=lambda contact: next(iter(contact)),
)
def test_of_the_longest_answer_that_is_taken_so_many_are_shown_and_how_many_more_there_are(
    admin_signed_in, submission, contact
):
    assert len(json.dumps(contact)) > BODY_MAX * 0.7

    shown = values_of(admin_signed_in, submission, contact)

    assert len(shown) <= VALUES_MOST + len(contact)
    of_all = sum(map(len, contact.values()))
    numbers = re.findall(r"… and ([\d,]+) more|([\d,]+), not shown", " ".join(shown))
    told = [int((more or none).replace(",", "")) for more, none in numbers]
    assert len(shown) - len(told) + sum(told) == of_all


def values_of(browser: Client, submission: Submission, contact: dict) -> list[str]:
    """What the card of the page shows where Leonar has returned this."""
    answered_with_many(str(submission.pk), 0)
    Submission.objects.filter(pk=submission.pk).update(contact=contact)
    card = browser.get(submission.get_absolute_url()).text.split('<article class="card"')[1].split("</article>")[0]
    return card.split('<span class="value">')[1:]


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
