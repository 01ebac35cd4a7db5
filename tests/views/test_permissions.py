"""Every page asks for a permission, and says whom to ask for it."""

import pytest
from django.urls import reverse

from accounts import roles
from accounts.account import give_role
from accounts.models import User
from contacts.delivery import gate
from contacts.models import Submission
from tests.addresses import portal_addresses
from tests.conftest import make_account
from tests.entry_form import typed_form
from tests.sign_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

OPEN = {"/healthz", "/readyz"}


@pytest.fixture
def without_role(client):
    """A browser in which somebody is signed in whose account has no role."""
    return sign_in(client, User.objects.create_user("noor"))


@pytest.mark.parametrize("address", [address for address in portal_addresses() if address not in OPEN])
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_an_account_without_a_role_gets_nowhere(without_role, address, method):
    assert getattr(without_role, method)(address).status_code == 403


def test_an_account_without_a_role_enters_nothing(without_role, sandbox):
    without_role.post(reverse("entry"), typed_form())

    assert not Submission.objects.exists()
    assert sandbox.ledger() == []


def test_an_account_without_a_role_is_told_whom_to_ask(without_role, admin):
    admin.first_name, admin.last_name = "Ana", "Lopes"
    admin.save()
    make_account("gone", roles.ADMIN)
    User.objects.filter(username="gone").update(is_active=False)

    page = without_role.get(reverse("entry"))

    assert "Your account has no role yet" in page.text
    assert "Ana Lopes" in page.text
    assert "gone" not in page.text
    assert 'id="entry"' not in page.text


def test_a_recruiter_is_told_that_it_takes_an_admin(signed_in, admin):
    page = signed_in.post(reverse("reopen_gate"))

    assert page.status_code == 403
    assert "This needs an admin" in page.text
    assert "ana" in page.text


def test_what_is_asked_for_is_the_permission_and_not_the_role(signed_in, recruiter):
    give_role(recruiter, None)
    recruiter.user_permissions.set(roles._permissions(("contacts.enter_contacts", "contacts.reopen_gate")))

    assert signed_in.get(reverse("entry")).status_code == 200
    assert signed_in.post(reverse("reopen_gate")).status_code == 302
    assert signed_in.post(reverse("act_on_many")).status_code == 403
    assert gate.standing().is_open
