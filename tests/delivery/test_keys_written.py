"""What a person is recognised by is stored with the submission, in the same transaction, or nothing is."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from contacts.models import ContactKey, Reason, SearchEntry, Submission
from tests.delivery.failing_database import KEYS_STORED, failing
from tests.entry_form import typed_form
from tests.submissions import queued

pytestmark = pytest.mark.django_db(transaction=True)

State = Submission.State


@pytest.fixture
def keys_that_fail() -> Iterator[None]:
    """A database that fails when the keys are written."""

    with failing(KEYS_STORED):
        yield


@pytest.fixture
def rejected(recruiter) -> Submission:
    return queued(
        recruiter,
        {"first_name": "Sophie", "email": "old@acme.example"},
        state=State.REJECTED,
        due_at=None,
        reason=Reason.INVALID,
    )


def keys() -> set[tuple[str, str]]:
    return set(ContactKey.objects.values_list("kind", "value"))


def test_an_entry_is_stored_with_its_keys(signed_in):
    signed_in.post(reverse("entry"), typed_form(**{"emails-0-email": "sophie@acme.example"}))

    assert ("email", "sophie@acme.example") in keys()
    assert {key.workspace_id for key in ContactKey.objects.all()} == {"sandbox"}


@pytest.mark.usefixtures("keys_that_fail")
def test_nothing_is_stored_where_its_keys_cannot_be(signed_in):
    answer = signed_in.post(reverse("entry"), typed_form(first_name="Sophie"))

    assert answer.status_code == 503
    assert 'value="Sophie"' in answer.text
    assert not Submission.objects.exists()


def correct(browser, submission: Submission):
    body = typed_form(**{"emails-0-email": "new@acme.example"}) | {"revision": submission.revision}
    return browser.post(reverse("correct", args=[submission.pk]), body)


def test_a_correction_replaces_the_keys(signed_in, rejected):
    correct(signed_in, rejected)

    assert {value for kind, value in keys() if kind == "email"} == {"new@acme.example"}


def test_a_correction_whose_keys_cannot_be_stored_changes_nothing(signed_in, rejected, request):
    before = keys()
    request.getfixturevalue("keys_that_fail")

    signed_in.raise_request_exception = False
    answer = correct(signed_in, rejected)

    rejected.refresh_from_db()
    assert answer.status_code == 503
    assert rejected.payload["email"] == "old@acme.example"
    assert rejected.state == State.REJECTED
    assert keys() == before


def test_two_entries_of_one_moment_are_both_found(signed_in):
    signed_in.post(reverse("entry"), typed_form(first_name="Sophie"))
    taken = SearchEntry.objects.get()
    other = queued(taken.submission.created_by, {"first_name": "Karim"})
    SearchEntry.objects.filter(submission=other).delete()
    entry = SearchEntry(number=taken.number, submission=other, space=taken.space, words="karim")

    entry.store()

    assert entry.number == taken.number + 1
    assert set(SearchEntry.objects.values_list("words", flat=True)) == {"sophie", "karim"}
