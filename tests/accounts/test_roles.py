"""Roles are groups whose permissions the migration gave; pages ask for the permission."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts import roles
from accounts.account import give_role, role_of
from accounts.models import User
from contacts.models import Event
from tests.conftest import make_account

pytestmark = pytest.mark.django_db


def permissions_of(role: str) -> set[str]:
    held = Group.objects.get(name=role).permissions.select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in held}


def held_of(account: User) -> tuple[dict[str, object], list[object], list[object]]:
    """Everything that is stored of an account, but for what tells one from another."""
    [columns] = User.objects.filter(pk=account.pk).values()
    own = {"id", "username", "password", "date_joined"}
    events = [
        {name: event[name] for name in event.keys() - {"id", "at", "account_id"}}
        for event in Event.objects.filter(account=account).values()
    ]
    return {name: columns[name] for name in columns.keys() - own}, list(account.groups.all()), events


@pytest.mark.parametrize("role", roles.ROLES)
def test_the_tests_begin_with_accounts_as_the_portal_makes_them(role):
    made = User.objects.create_user("sophie", password="sophie of the portal")
    give_role(made, role)
    short_cut = make_account("karim", role)

    assert held_of(short_cut) == held_of(made)
    assert short_cut.check_password("karim of the portal")


@pytest.mark.parametrize("role", roles.ROLES)
def test_the_migration_gives_each_role_exactly_its_permissions(role):
    assert permissions_of(role) == set(roles.PERMISSIONS[role])


def test_a_recruiter_may_enter_and_no_more(recruiter):
    assert recruiter.get_all_permissions() == {"contacts.enter_contacts"}


def test_what_somebody_may_is_one_query(recruiter, django_assert_num_queries):
    asked = type(recruiter).objects.get()

    with django_assert_num_queries(1):
        assert asked.has_perm("contacts.enter_contacts")
        assert not asked.has_perm("contacts.review_all_submissions")


def test_a_permission_of_ones_own_counts_like_a_groups(recruiter):
    recruiter.user_permissions.add(Permission.objects.get(codename="reopen_gate"))

    held = type(recruiter).objects.get().get_all_permissions()

    assert held == {"contacts.enter_contacts", "contacts.reopen_gate"}


def test_a_superuser_may_everything(recruiter):
    recruiter.is_superuser = True

    assert "contacts.reopen_gate" in recruiter.get_all_permissions()


def test_an_account_without_a_role_may_nothing(recruiter):
    give_role(recruiter, None)

    assert role_of(recruiter) is None
    assert type(recruiter).objects.get().get_all_permissions() == set()


def test_what_a_group_loses_its_members_lose(recruiter):
    Group.objects.get(name=roles.RECRUITER).permissions.clear()

    assert not type(recruiter).objects.get().has_perm("contacts.enter_contacts")


def test_a_change_is_on_record_once_with_who_made_it(recruiter, admin):
    give_role(recruiter, roles.ADMIN, by=admin)
    give_role(recruiter, roles.ADMIN, by=admin)

    event = Event.objects.get(kind=Event.Kind.ROLE_CHANGED, actor=admin)
    assert event.account == recruiter
    assert event.details == {"from": "recruiter", "to": "admin"}
