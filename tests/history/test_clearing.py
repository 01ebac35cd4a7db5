"""What was erased goes from SQLite's files, at once or in the deliverer's time, and it is on record when it has."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from contacts.history import clearing
from contacts.history.clearing import Cleaner, Clearing
from contacts.models import Event, Submission
from tests.submissions import queued

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sees to its files itself"),
]

Kind = Event.Kind
STEPS = clearing.STEPS_AT_ONCE


@pytest.fixture
def is_long(monkeypatch):
    """The index is so long that none of what is begun is finished, until this is called."""
    monkeypatch.setattr(clearing, "STEPS_AT_ONCE", 0)
    return lambda: monkeypatch.setattr(clearing, "STEPS_AT_ONCE", STEPS)


@pytest.fixture
def erased(recruiter) -> Event:
    for first_name in ("Karim", "Unmistakable", "Ana"):
        queued(recruiter, {"first_name": first_name, "email": f"{first_name}@acme.example", "tags": ["a", "b", "c"]})
    return erase("Unmistakable")


def erase(first_name: str) -> Event:
    Submission.objects.get(name=first_name).delete()
    return Event.objects.create(at=timezone.now(), kind=Kind.ERASED)


def test_the_deliverer_goes_on_until_all_is_done_and_on_record(erased, is_long):
    cleaner = Cleaner()
    assert cleaner.go_on()
    assert not clearing.is_cleared(erased)

    is_long()
    assert not cleaner.go_on()

    assert clearing.is_cleared(erased)
    assert Event.objects.get(kind=Kind.CLEARED).details == {"through": erased.pk}


def test_it_rests_where_nothing_was_erased_since(erased, django_assert_num_queries):
    cleaner = Cleaner()
    cleaner.go_on()

    with django_assert_num_queries(2):
        assert not cleaner.go_on()


def test_what_is_erased_meanwhile_is_cleared_in_a_second_go(erased, is_long):
    cleaner = Cleaner()
    cleaner.go_on()
    later = erase("Ana")

    is_long()
    cleaner.go_on()
    assert clearing.is_cleared(erased)
    assert not clearing.is_cleared(later)
    cleaner.go_on()

    assert clearing.is_cleared(later)


def test_the_receipt_says_what_is_in_the_files_still_and_then_no_more(erased, admin_signed_in):
    address = reverse("receipt", args=[erased.pk])
    before = admin_signed_in.get(address).text

    Clearing().go_on()

    assert "files" in before
    assert "files" not in admin_signed_in.get(address).text
