"""What a submission is found by follows whatever happens to it, in both databases, whoever makes the change."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from contacts import document
from contacts.delivery import outcomes
from contacts.history import index
from contacts.models import SearchEntry, Submission
from tests.submissions import queued

pytestmark = pytest.mark.django_db

IS_POSTGRES = connection.vendor == "postgresql"

State = Submission.State
SPACE = document.space("sandbox")


def found(*tokens: str) -> list:
    numbers = index.newest([f"{token}:{SPACE}" if token.startswith(".") else token for token in tokens], limit=50)
    by_number = SearchEntry.objects.in_bulk(numbers)
    return [by_number[number].submission_id for number in numbers]


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("settled_by", ["", "check"])
def test_each_change_of_state_is_found_at_once_and_as_it_would_be_written_anew(recruiter, state, settled_by):
    entered = queued(recruiter)
    is_due = state in (State.QUEUED, State.SENDING)
    columns = {"state": state, "settled_by": settled_by, "due_at": timezone.now() if is_due else None}

    Submission.objects.filter(pk=entered.pk).update(contact_id=entered.pk, **columns)

    entered.refresh_from_db()
    assert entered.search_entry.standing == outcomes.search_entry(entered).standing
    assert found("sophie", f".s{state[0]}") == [entered.pk]
    assert found(".gn") == ([entered.pk] if entered.needs_person else [])
    assert found(".kc") == ([entered.pk] if settled_by else [])


def test_what_it_was_before_finds_it_no_more(recruiter):
    entered = queued(recruiter)

    Submission.objects.filter(pk=entered.pk).update(state=State.REJECTED, due_at=None)

    assert found(".sq") == []


def test_a_correction_is_found_by_its_new_words_alone(recruiter):
    entered = queued(recruiter, {"first_name": "Sophie", "tags": ["Éclair"]})
    own = Submission.objects.filter(pk=entered.pk)
    now = timezone.now()

    outcomes.corrected(own, payload={"first_name": "Zoé"}, typed={}, facts=None, due_at=now, now=now)

    assert found("sophie") == []
    assert found("zoe", ".e", ".sq") == [entered.pk]


def test_what_is_erased_is_found_no_more(recruiter):
    queued(recruiter).delete()

    assert found("sophie") == []


def test_the_second_entry_of_a_person_has_a_twin(recruiter):
    queued(recruiter, {"first_name": "Sophie", "phone": "06 12 34 56 78"})
    second = queued(recruiter, {"first_name": "S.", "phone": "+33612345678"})
    queued(recruiter, {"first_name": "Sophie"})

    assert found(".d") == [second.pk]


def test_two_of_one_moment_are_both_found(recruiter):
    moment = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    entered = {queued(recruiter, created_at=moment).pk for _ in range(200)}

    first = index.newest(["sophie"], limit=150)
    rest = index.newest(["sophie"], limit=150, below=first[-1])

    assert len(entered) == len(first + rest) == len(set(first + rest)) == 200


@pytest.mark.parametrize("moments", [(1, 2, 3), (3, 2, 1)])
def test_the_newest_come_first_whenever_they_were_written(recruiter, moments):
    entered = {
        month: queued(recruiter, created_at=datetime(2025 + month, 3, 2, 12, 0, tzinfo=UTC)).pk for month in moments
    }

    assert found("sophie") == [entered[3], entered[2], entered[1]]
    assert index.oldest(["sophie"], limit=2) == sorted(index.newest(["sophie"], limit=3))[:2]


@pytest.mark.parametrize("tokens", [["sophie"], ["so", "mart"], [f".w:{SPACE}"], [f".sq:{SPACE}", "sophie"]])
@pytest.mark.parametrize("days", [(0, 1, 5, 40, 300, 1500), (0, 1, 2), (900, 901, 1400, 3000)])
def test_as_many_as_are_asked_for_are_found_from_either_end_however_far_apart_they_are(recruiter, tokens, days):
    now = timezone.now()
    queued(recruiter, {"first_name": "Karim"})
    for ago in days:
        queued(recruiter, {"first_name": "Sophie", "last_name": "Martin"}, created_at=now - timedelta(days=ago))
    numbers = sorted(SearchEntry.objects.filter(words__contains="sophie").values_list("number", flat=True))
    if tokens == [f".w:{SPACE}"]:
        numbers = sorted(SearchEntry.objects.values_list("number", flat=True))

    for limit in range(1, len(numbers) + 2):
        assert index.oldest(tokens, limit=limit) == numbers[:limit]
        assert index.newest(tokens, limit=limit) == numbers[::-1][:limit]
        assert index.newest(tokens, limit=limit, below=numbers[-1]) == numbers[-2::-1][:limit]
        assert index.oldest(tokens, limit=limit, above=numbers[0]) == numbers[1:][:limit]


@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite answers within the process that asks")
def test_a_search_starts_no_process_and_compiles_nothing():
    with connection.cursor() as cursor:
        asked = [cursor.execute(f"SHOW {name}").fetchone()[0] for name in ("max_parallel_workers_per_gather", "jit")]

    assert asked == ["0", "off"]
