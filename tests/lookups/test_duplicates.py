"""A person who was entered before is recognised, by whom and when, and no more is told than may be."""

from uuid import uuid4

import pytest
from django.utils import timezone

from contacts.delivery import outcomes
from contacts.lookups import duplicates
from contacts.models import Submission, Workspace, current_workspace

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


def test_however_many_there_are_it_takes_as_many_queries(enter, recruiter, django_assert_max_num_queries):
    for _ in range(20):
        enter(KARIM)

    # Two of them ask what the viewer may.
    with django_assert_max_num_queries(6):
        assert len(duplicates.find(KARIM, viewer=recruiter)) == duplicates.SHOWN_MOST
