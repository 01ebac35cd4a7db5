"""A person who was entered before is recognised, by whom and when, and no more is told than may be."""

import random
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.delivery import outcomes
from contacts.lookups import duplicates
from contacts.models import ContactKey, Submission, Workspace, current_workspace
from contacts.operations import invention

pytestmark = pytest.mark.django_db

KARIM = {
    "first_name": "Karim",
    "last_name": "El-Haddad",
    "emails": [{"email": "Karim@Acme.example", "type": "work"}, {"email": "k@home.example"}],
    "phone": "+33612345678",
    "linkedin_profile": "https://www.linkedin.com/in/karim-h",
    "current_company": "Acme",
}


@pytest.fixture
def enter(recruiter):
    """Stores a submission of this workspace."""

    def enter(payload: dict, *, by=recruiter, workspace: str = "", **columns) -> Submission:
        now = timezone.now()
        blank = Submission(
            workspace_id=workspace or current_workspace().pk,
            created_by=by,
            created_at=now,
            changed_at=now,
            due_at=now,
            token=uuid4(),
        )
        submission = outcomes.entered(blank, payload=payload, typed={})
        submission.save(force_insert=True)
        outcomes.write_keys(submission)
        Submission.objects.filter(pk=submission.pk).update(**columns)
        return submission

    return enter


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ({"email": "karim@ACME.example"}, "email"),
        ({"emails": [{"email": "other@acme.example"}, {"email": "K@home.example"}]}, "email"),
        ({"phone": "06 12 34 56 78"}, "phone"),
        ({"phones": [{"phone": "0033 6 12.34.56.78", "type": "work"}]}, "phone"),
        ({"linkedin_profile": "fr.linkedin.com/in/Karim-H/?trk=x"}, "linkedin"),
        ({"last_name": "Karim", "first_name": "el haddad", "current_company": "ACME"}, "name_company"),
    ],
)
def test_each_key_recognises_the_person_in_whatever_form(enter, recruiter, typed, kind):
    entered = enter(KARIM)

    (found,) = duplicates.find({"first_name": "Somebody"} | typed, viewer=recruiter)

    assert found.matched == (kind,)
    assert found.submission_id == entered.pk
    assert found.entered_by == recruiter.get_username()


def test_a_namesake_elsewhere_is_no_duplicate(enter, recruiter):
    enter(KARIM)
    namesake = {
        "first_name": "Karim",
        "last_name": "El-Haddad",
        "current_company": "Globex",
        "email": "k@globex.example",
    }

    assert duplicates.find(namesake, viewer=recruiter) == []


def test_the_same_name_with_an_address_in_common_is_a_twin_and_comes_first(enter, recruiter):
    twin = enter(KARIM)
    enter({"first_name": "Ana", "phone": "+33612345678"})

    found = duplicates.find(KARIM, viewer=recruiter)

    assert [(each.submission_id == twin.pk, each.is_twin) for each in found] == [(True, True), (False, False)]


def test_it_tells_what_this_entry_would_add(enter, recruiter):
    enter({"first_name": "Karim", "last_name": "El-Haddad", "email": "karim@acme.example"})

    (found,) = duplicates.find(KARIM, viewer=recruiter)

    assert {each.field for each in found.adds} == {"emails", "phones", "linkedin_profile", "current_company"}


def test_of_a_colleagues_entry_only_the_fact_is_told(enter, recruiter, other_recruiter):
    enter(KARIM, by=other_recruiter)

    (found,) = duplicates.find(KARIM, viewer=recruiter)

    assert (found.submission_id, found.adds) == (None, ())
    assert found.entered_by == other_recruiter.get_username()


def test_what_was_discarded_and_what_is_being_corrected_do_not_count(enter, recruiter):
    enter(KARIM, state="discarded", due_at=None)
    own = enter(KARIM)

    assert duplicates.find(KARIM, viewer=recruiter, leaving_out=own.pk) == []


def test_another_workspace_is_not_looked_at(enter, recruiter):
    Workspace.objects.create(name="another account")
    enter(KARIM, workspace="another account")

    assert duplicates.find(KARIM, viewer=recruiter) == []


@pytest.mark.parametrize("company", ["Freelance", "N/A", "Indépendante", "self-employed", "Por cuenta propia"])
def test_a_company_that_is_none_makes_no_namesakes_one_person(enter, recruiter, company):
    enter({"first_name": "Karim", "last_name": "Haddad", "current_company": company})

    assert (
        duplicates.find({"first_name": "Karim", "last_name": "Haddad", "current_company": company}, viewer=recruiter)
        == []
    )


def test_what_this_very_form_was_sent_as_does_not_count(enter, recruiter, other_recruiter):
    own = enter(KARIM)

    assert duplicates.find(KARIM, viewer=recruiter, token=own.token) == []
    assert len(duplicates.find(KARIM, viewer=other_recruiter, token=own.token)) == 1


def test_however_many_there_are_it_takes_as_many_queries(enter, recruiter, django_assert_max_num_queries):
    for _ in range(20):
        enter(KARIM)

    # One for all and one for each of five keys, one for names; two ask what the viewer may, three for the submissions.
    with django_assert_max_num_queries(12):
        assert len(duplicates.find(KARIM, viewer=recruiter)) == duplicates.SHOWN_MOST


def test_however_many_there_are_only_those_shown_are_read(enter, recruiter):
    for _ in range(20):
        enter(KARIM)

    with CaptureQueriesContext(connection) as asked:
        duplicates.find(KARIM, viewer=recruiter)

    (reading,) = [query["sql"] for query in asked if '"contacts_submission"."payload"' in query["sql"]]
    ids = reading.rpartition(" IN (")[2].partition(")")[0]
    assert len(ids.split(",")) == duplicates.SHOWN_MOST


def test_a_namesake_in_the_same_company_is_another_where_both_have_a_profile_of_their_own(enter, recruiter):
    enter({"first_name": "Ana", "last_name": "Rossi", "current_company": "Acme", "linkedin_profile": "in/ana-1"})
    enter({"first_name": "Ana", "last_name": "Rossi", "current_company": "Acme"})
    other = {"first_name": "Ana", "last_name": "Rossi", "current_company": "Acme", "linkedin_profile": "in/ana-2"}

    assert len(duplicates.find(other, viewer=recruiter)) == 1


def test_a_stranger_takes_one_query(enter, recruiter, django_assert_num_queries):
    enter(KARIM)

    with django_assert_num_queries(1):
        duplicates.find(
            {"first_name": "Ana", "email": "a@x.example", "phone": "0612345679", "linkedin_profile": "in/a"},
            viewer=recruiter,
        )


def test_keys_are_found_by_their_index_however_many_there_are(enter, recruiter):
    """The plan of each query for keys, with a switchboard's number that everybody has."""
    first = enter(KARIM)
    ContactKey.objects.bulk_create(
        ContactKey(submission=first, workspace_id=first.workspace_id, kind="email", value=f"p{number}@acme.example")
        for number in range(5_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    with CaptureQueriesContext(connection) as asked:
        duplicates.find(KARIM, viewer=recruiter)

    of_keys = [query["sql"] for query in asked if '"contacts_contactkey"."value" =' in query["sql"]]
    assert len(of_keys) == 5
    for sql in of_keys:
        assert "contact_key_value" in plan(sql)


def plan(sql: str) -> str:
    """How the database goes about a query."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_at_most_two_in_a_hundred_namesakes_are_taken_for_one_another(enter, recruiter, monkeypatch):
    monkeypatch.setattr(duplicates, "SHOWN_MOST", 100)
    dice = random.Random(8)
    for number in range(20):
        enter(sophie_martin(dice, number))

    others = [sophie_martin(dice, number) for number in range(100, 300)]
    alarms = sum(len(duplicates.find(other, viewer=recruiter)) for other in others)

    assert alarms <= 0.02 * 20 * len(others)


def sophie_martin(dice: random.Random, number: int) -> dict:
    """One of many people of one name, no two with an address in common, in the companies of a town or in none."""
    towns = [f"{name} {branch}" for name in invention.COMPANIES.split() for branch in invention.BRANCHES.split()]
    company = dice.choice([*towns, *["", "Freelance", "indépendante", "en recherche"] * 10])
    person = {
        "first_name": "Sophie",
        "last_name": "Martin",
        "email": f"sophie.martin{number}@mail.example",
        "phone": f"+336399{80000 + number:05}" if dice.random() < 0.5 else "",
        "linkedin_profile": f"https://www.linkedin.com/in/sophie-{number}" if dice.random() < 0.5 else "",
        "current_company": company,
    }
    return {name: value for name, value in person.items() if value}
