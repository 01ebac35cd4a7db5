"""Django admin: who gets in, what admins may change there, and that records can only be read."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from contacts import roles
from contacts.models import Act, Gate, Submission
from contacts.services import outbox
from tests.conftest import make_account

pytestmark = pytest.mark.django_db

RECORDS = ["submission", "attempt", "act", "gate"]
PASSWORD = "correct horse battery"


def lists() -> list[str]:
    return [reverse(f"admin:contacts_{name}_changelist") for name in RECORDS] + [reverse("admin:auth_user_changelist")]


def change_page(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


@pytest.fixture
def submission(recruiter, sandbox) -> Submission:
    payload = {"first_name": "Karim", "last_name": "Haddad", "email": "karim@acme.example"}
    submission = outbox.accept(by=recruiter, token=uuid4(), payload=payload, typed={}).submission
    outbox.deliver(submission.pk, worker="test")
    Act.objects.create(submission=submission, kind=Act.Kind.DISCARDED, by=recruiter, at=submission.created_at)
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
    def test_a_submission_is_shown_with_its_attempts_and_acts(self, admin_signed_in, submission):
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
            "act": submission.acts.get(),
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
            more = outbox.accept(
                by=recruiter, token=uuid4(), payload={"first_name": f"Ana {number}"}, typed={}
            ).submission
            outbox.deliver(more.pk, worker="test")
            Act.objects.create(submission=more, kind=Act.Kind.CORRECTED, by=recruiter, at=more.created_at)

        with django_assert_max_num_queries(12):
            admin_signed_in.get(reverse(f"admin:contacts_{name}_changelist"))


class TestAccounts:
    def save(self, browser: Client, user: User, **changes) -> None:
        fields = {"username": user.username, "first_name": "", "last_name": "", "email": "", "is_active": "on"}
        answer = browser.post(change_page(user), fields | changes)
        assert answer.status_code == 302, answer.context["adminform"].errors
        user.refresh_from_db()

    def test_an_admin_makes_an_account_with_a_role(self, admin_signed_in):
        recruiters = Group.objects.get(name=roles.RECRUITER)
        fields = {"username": "karim", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}

        admin_signed_in.post(reverse("admin:auth_user_add"), fields | {"groups": recruiters.pk})

        karim = User.objects.get(username="karim")
        assert karim.check_password(PASSWORD)
        assert [group.name for group in karim.groups.all()] == [roles.RECRUITER]
        assert not karim.is_staff

    def test_the_admin_role_opens_django_admin_and_losing_it_closes_it(self, admin_signed_in, recruiter):
        admins = Group.objects.get(name=roles.ADMIN)

        self.save(admin_signed_in, recruiter, groups=admins.pk)
        assert recruiter.is_staff

        self.save(admin_signed_in, recruiter)
        assert not recruiter.is_staff

    def test_an_account_is_switched_off(self, admin_signed_in, recruiter):
        self.save(admin_signed_in, recruiter, is_active="")

        assert not recruiter.is_active

    def test_powers_beyond_the_roles_are_not_given(self, admin_signed_in, recruiter):
        self.save(admin_signed_in, recruiter, is_superuser="on", is_staff="on", user_permissions="1")

        assert not recruiter.is_superuser
        assert not recruiter.is_staff
        assert not recruiter.user_permissions.exists()

    def test_only_the_roles_are_offered(self, admin_signed_in, recruiter):
        Group.objects.create(name="of some other app")

        page = admin_signed_in.get(change_page(recruiter)).text

        assert "of some other app" not in page
        assert 'type="checkbox" name="groups"' in page

    def test_a_password_is_set_anew(self, admin_signed_in, recruiter):
        page = reverse("admin:auth_user_password_change", args=[recruiter.pk])
        fields = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}

        admin_signed_in.post(page, fields)

        recruiter.refresh_from_db()
        assert recruiter.check_password(PASSWORD)

    @pytest.mark.parametrize("view", ["admin:auth_user_password_change", "admin:auth_user_change"])
    def test_a_superuser_is_out_of_an_admins_reach(self, admin_signed_in, view):
        owner = User.objects.create_superuser("owner", password="unchanged")
        fields = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true", "username": "taken"}

        answer = admin_signed_in.post(reverse(view, args=[owner.pk]), fields)

        owner.refresh_from_db()
        assert answer.status_code == 403
        assert owner.username == "owner"
        assert owner.check_password("unchanged")

    def test_accounts_are_not_deleted(self, admin_signed_in, recruiter):
        page = reverse("admin:auth_user_delete", args=[recruiter.pk])

        assert admin_signed_in.post(page, {"post": "yes"}).status_code == 403

    def test_a_locked_sign_in_is_unlocked(self, admin_signed_in, recruiter):
        stranger = Client()
        wrong = {"username": recruiter.username, "password": "wrong"}
        right = {"username": recruiter.username, "password": f"{recruiter.username} of the portal"}
        for _ in range(5):
            stranger.post(reverse("login"), wrong)
        assert stranger.post(reverse("login"), right).status_code == 429

        chosen = {"action": "unlock_sign_in", "_selected_action": recruiter.pk}
        admin_signed_in.post(reverse("admin:auth_user_changelist"), chosen)

        assert stranger.post(reverse("login"), right).status_code == 302

    def test_a_longer_list_takes_no_more_queries(self, admin_signed_in, django_assert_max_num_queries):
        for number in range(10):
            make_account(f"recruiter-{number}", roles.RECRUITER)

        with django_assert_max_num_queries(12):
            admin_signed_in.get(reverse("admin:auth_user_changelist"))


class TestRoles:
    def test_the_migration_has_made_both(self):
        assert set(Group.objects.values_list("name", flat=True)) >= set(roles.ROLES)
