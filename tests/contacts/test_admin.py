"""Django admin: who gets in, and that records can only be read."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import User
from contacts.models import Attempt, Event, Gate, Submission
from tests.submissions import sent

pytestmark = pytest.mark.django_db

RECORDS = ["submission", "attempt", "event", "gate"]


def lists() -> list[str]:
    return [reverse(f"admin:contacts_{name}_changelist") for name in RECORDS] + [
        reverse("admin:accounts_user_changelist")
    ]


@pytest.fixture
def submission(recruiter, sandbox) -> Submission:
    payload = {"first_name": "Karim", "last_name": "Haddad", "email": "karim@acme.example"}
    submission = sent(recruiter, payload)
    Event.objects.create(submission=submission, kind=Event.Kind.DISCARDED, actor=recruiter, at=submission.created_at)
    return submission


class TestWhoGetsIn:
    @pytest.mark.parametrize("number", range(5))
    def test_an_admin_sees_every_list(self, admin_signed_in, number):
        assert admin_signed_in.get(lists()[number]).status_code == 200

    @pytest.mark.parametrize("number", range(5))
    def test_a_recruiter_sees_none(self, signed_in, number):
        assert signed_in.get(lists()[number]).status_code == 302

    @pytest.mark.parametrize("number", range(5))
    def test_a_recruiter_who_is_staff_by_mistake_sees_none(self, signed_in, recruiter, number):
        User.objects.filter(pk=recruiter.pk).update(is_staff=True)

        assert signed_in.get(lists()[number]).status_code == 403

    def test_an_admin_finds_accounts_and_records_on_the_first_page(self, admin_signed_in):
        page = admin_signed_in.get(reverse("admin:index")).text

        assert all(address in page for address in lists())
        assert "Permissions" not in page


class TestRecords:
    def test_a_submission_is_shown_with_its_attempts_and_events(self, admin_signed_in, submission):
        page = admin_signed_in.get(reverse("admin:contacts_submission_change", args=[submission.pk])).text

        assert "Karim Haddad" in page
        assert "201" in page
        assert "discarded it" in page

    def test_it_is_found_by_a_part_of_the_address(self, admin_signed_in, submission):
        page = admin_signed_in.get(reverse("admin:contacts_submission_changelist"), {"q": "karim@acme"}).text

        assert "Karim Haddad" in page

    @pytest.mark.parametrize("name", RECORDS)
    def test_nothing_is_added(self, admin_signed_in, name):
        assert admin_signed_in.get(reverse(f"admin:contacts_{name}_add")).status_code == 403

    @pytest.mark.parametrize("act", ["change", "delete"])
    @pytest.mark.parametrize("name", RECORDS)
    def test_nothing_is_changed_or_deleted(self, admin_signed_in, submission, name, act):
        row = {
            "submission": submission,
            "attempt": submission.attempts.get(),
            "event": submission.events.get(),
            "gate": Gate.objects.get(),
        }[name]

        answer = admin_signed_in.post(reverse(f"admin:contacts_{name}_{act}", args=[row.pk]), {"post": "yes"})

        assert answer.status_code == 403
        assert type(row).objects.filter(pk=row.pk).exists()

    @pytest.mark.parametrize("name", RECORDS)
    def test_a_longer_list_takes_no_more_queries(
        self, admin_signed_in, submission, recruiter, name, django_assert_max_num_queries
    ):
        for number in range(10):
            more = sent(recruiter, {"first_name": f"Ana {number}"})
            Event.objects.create(submission=more, kind=Event.Kind.CORRECTED, actor=recruiter, at=more.created_at)

        with django_assert_max_num_queries(12):
            admin_signed_in.get(reverse(f"admin:contacts_{name}_changelist"))


@pytest.mark.parametrize("model", [Submission, Attempt, Event])
def test_a_long_list_is_narrowed_only_by_what_an_index_begins_with(model):
    whole = [index for index in model._meta.indexes if not index.condition]
    columns = [[name.removeprefix("-") for name in index.fields] or _names(index.expressions) for index in whole]

    # Within the workspace, which each list is bound to.
    begun_with = {next(name for name in names if name != "workspace") for names in columns}

    assert set(admin.site.get_model_admin(model).list_filter) <= begun_with


def _names(expressions) -> list[str]:
    return [getattr(each, "expression", each).name for each in expressions]


@pytest.mark.parametrize(
    "address", ["/admin/contacts/submission/%00/change/", "/admin/contacts/event/?kind__exact=%00", "/admin/?%00=1"]
)
def test_nul_is_no_part_of_an_address(admin_signed_in, address):
    assert admin_signed_in.get(address).status_code == 400
