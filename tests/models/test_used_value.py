"""How many submissions use a word: counted with them, and counted out when they go."""

from importlib import import_module

import pytest
from django.apps import apps

from contacts.entry.entry import Entry
from contacts.history import decisions
from contacts.models import Submission, UsedValue, Workspace
from contacts.privacy import retention
from tests.entry_form import received, typed_form
from tests.submissions import queued, sent

pytestmark = pytest.mark.django_db

SOPHIE = {"first_name": "Sophie", "title": "Engineer", "skills": ["Rust", "Go"], "tags": ["Lyon"]}
KARIM = {"first_name": "Karim", "title": "Keeper of bees", "skills": ["Rust"]}


def uses() -> dict[tuple[str, str], int]:
    return {(row.field, row.value): row.uses for row in UsedValue.objects.here()}


def test_words_are_counted_with_their_submissions(recruiter):
    queued(recruiter, SOPHIE)
    queued(recruiter, KARIM)

    assert uses() == {
        ("title", "Engineer"): 1,
        ("title", "Keeper of bees"): 1,
        ("skills", "Rust"): 2,
        ("skills", "Go"): 1,
        ("tags", "Lyon"): 1,
    }


def test_the_form_counts_too(recruiter, sandbox):
    form = Entry(received(typed_form(skills="Rust, Go")))
    assert form.is_valid()
    sent(recruiter, form.payload)

    assert uses() == {("skills", "Rust"): 1, ("skills", "Go"): 1}


def test_a_correction_counts_out_what_it_replaces(recruiter):
    rejected = queued(recruiter, SOPHIE, state=Submission.State.REJECTED, due_at=None)

    decisions.correct(rejected, by=recruiter, revision=rejected.revision, payload=KARIM, typed={})

    assert uses() == {("title", "Keeper of bees"): 1, ("skills", "Rust"): 1}


def test_what_only_an_erased_person_used_is_gone_and_what_others_use_stays(recruiter, settings):
    settings.RETENTION_DAYS = 90
    old = queued(recruiter, KARIM, state=Submission.State.DISCARDED, due_at=None)
    Submission.objects.filter(pk=old.pk).update(changed_at="2020-01-01T00:00Z")
    queued(recruiter, SOPHIE)

    retention.sweep()

    assert ("title", "Keeper of bees") not in uses()
    assert uses()["skills", "Rust"] == 1


def test_each_workspace_counts_its_own(recruiter):
    Workspace.objects.create(name="elsewhere")

    UsedValue.objects.count_in("elsewhere", [SOPHIE])

    assert uses() == {}
    assert UsedValue.objects.filter(workspace="elsewhere").count() == 4


def test_long_texts_and_other_shapes_are_no_words(recruiter):
    UsedValue.objects.count_in(
        queued(recruiter).workspace_id, [{"title": "x" * 101, "skills": [3, ""], "tags": "Lyon"}]
    )

    assert uses() == {("tags", "Lyon"): 1}


def test_more_words_than_one_statement_takes_are_all_counted(recruiter):
    queued(recruiter, {"first_name": "Sophie", "skills": [f"skill {number}" for number in range(450)]})

    assert len(uses()) == 450


def test_an_upgrade_counts_what_was_entered_before(recruiter):
    queued(recruiter, SOPHIE)
    queued(recruiter, KARIM)
    before = uses()
    UsedValue.objects.all().delete()

    import_module("contacts.migrations.0007_count_used_values").count(apps, None)

    assert uses() == before
