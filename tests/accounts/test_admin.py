"""Django admin for accounts: one role each, switched off instead of deleted."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts import roles
from accounts.account import role_of
from accounts.models import User
from contacts.models import Event
from tests.conftest import make_account

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


def change_page(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


class TestAccounts:
    def save(self, browser: Client, user: User, **changes) -> None:
        fields = {"username": user.username, "first_name": "", "last_name": "", "email": "", "is_active": "on"}
        answer = browser.post(change_page(user), fields | changes)
        assert answer.status_code == 302, answer.context["adminform"].errors
        user.refresh_from_db()

    def test_an_admin_makes_an_account_with_a_role(self, admin_signed_in):
        fields = {"username": "karim", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}

        admin_signed_in.post(reverse("admin:accounts_user_add"), fields | {"role": "recruiter"})

        karim = User.objects.get(username="karim")
        assert karim.check_password(PASSWORD)
        assert role_of(karim) == roles.RECRUITER
        assert not karim.is_staff

    def test_the_admin_role_opens_django_admin_and_losing_it_closes_it(self, admin_signed_in, recruiter):
        self.save(admin_signed_in, recruiter, role=roles.ADMIN)
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
        assert 'select name="role"' in page
        assert 'value="recruiter" selected' in page

    def test_a_password_is_set_anew(self, admin_signed_in, recruiter):
        page = reverse("admin:auth_user_password_change", args=[recruiter.pk])
        fields = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}

        admin_signed_in.post(page, fields)

        recruiter.refresh_from_db()
        assert recruiter.check_password(PASSWORD)

    def test_one_s_own_is_changed_where_the_old_one_is_asked_for(self, admin_signed_in, admin):
        fields = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
        own = {"old_password": "ana of the portal", "new_password1": PASSWORD, "new_password2": PASSWORD}

        answers = [
            admin_signed_in.post(reverse("admin:auth_user_password_change", args=[admin.pk]), fields),
            # Another spelling of the same id.
            admin_signed_in.post(reverse("admin:auth_user_password_change", args=[f"0{admin.pk}"]), fields),
            # Django admin has a page of its own for that, which lets the old one be guessed.
            admin_signed_in.post(reverse("admin:password_change"), own),
        ]

        admin.refresh_from_db()
        assert [answer.url for answer in answers] == [reverse("password_change")] * 3
        assert admin.check_password("ana of the portal")

    @pytest.mark.parametrize("view", ["admin:auth_user_password_change", "admin:accounts_user_change"])
    def test_a_superuser_is_out_of_an_admins_reach(self, admin_signed_in, view):
        owner = User.objects.create_superuser("owner", password="unchanged")
        fields = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true", "username": "taken"}

        answer = admin_signed_in.post(reverse(view, args=[owner.pk]), fields)

        owner.refresh_from_db()
        assert answer.status_code == 403
        assert owner.username == "owner"
        assert owner.check_password("unchanged")

    def test_accounts_are_not_deleted(self, admin_signed_in, recruiter):
        page = reverse("admin:accounts_user_delete", args=[recruiter.pk])

        assert admin_signed_in.post(page, {"post": "yes"}).status_code == 403

    def test_a_locked_sign_in_is_unlocked(self, admin_signed_in, recruiter):
        stranger = Client()
        wrong = {"username": recruiter.username, "password": "wrong"}
        right = {"username": recruiter.username, "password": f"{recruiter.username} of the portal"}
        for _ in range(5):
            stranger.post(reverse("login"), wrong)
        assert stranger.post(reverse("login"), right).status_code == 429

        chosen = {"action": "unlock_sign_in", "_selected_action": recruiter.pk}
        admin_signed_in.post(reverse("admin:accounts_user_changelist"), chosen)

        assert stranger.post(reverse("login"), right).status_code == 302

    def test_a_longer_list_takes_no_more_queries(self, admin_signed_in, django_assert_max_num_queries):
        for number in range(10):
            make_account(f"recruiter-{number}", roles.RECRUITER)

        with django_assert_max_num_queries(12):
            admin_signed_in.get(reverse("admin:accounts_user_changelist"))


class TestLook:
    def test_the_pages_lead_back_to_the_portal(self, admin_signed_in):
        page = admin_signed_in.get(reverse("admin:index")).text

        assert f'href="{reverse("history")}"' in page
        assert "css/tokens.css" in page
        assert "View site" not in page

    def test_the_sandbox_is_marked_there_too_and_a_real_portal_is_not(self, admin_signed_in, settings):
        marked = admin_signed_in.get(reverse("admin:index")).text
        settings.SANDBOX = False

        assert "sandbox-mark" in marked
        assert "sandbox-mark" not in admin_signed_in.get(reverse("admin:index")).text

    def test_times_read_as_elsewhere_in_the_portal(self, admin_signed_in, recruiter):
        recruiter.last_login = datetime(2026, 3, 12, 13, 0, 7, tzinfo=UTC)
        recruiter.save()

        page = admin_signed_in.get(reverse("admin:accounts_user_changelist")).text

        assert "12 March 2026, 14:00:07" in page

    def test_signing_out_there_is_signing_out_of_the_portal(self, admin_signed_in):
        assert f'action="{reverse("logout")}"' in admin_signed_in.get(reverse("admin:index")).text


class TestRecord:
    def test_a_changed_role_is_on_record_with_who_changed_it(self, admin_signed_in, admin, recruiter):
        TestAccounts().save(admin_signed_in, recruiter, role=roles.ADMIN)

        event = Event.objects.get(kind=Event.Kind.ROLE_CHANGED, account=recruiter, actor=admin)
        assert event.details == {"from": "recruiter", "to": "admin"}
