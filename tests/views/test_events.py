"""The page that says who did what, and its file."""

import pytest
from django.urls import reverse

from accounts import roles
from accounts.account import give_role
from contacts.models import Event
from tests.submissions import queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(recruiter, admin_signed_in):
    """Sophie's, at which Ana has looked."""
    entry = queued(recruiter)
    admin_signed_in.get(entry.get_absolute_url())
    return entry


def test_an_admin_reads_who_looked_at_what(admin_signed_in, entry):
    page = admin_signed_in.get(reverse("events"), {"group": "looked"})

    assert page.text.count("data-event") == 1
    assert "ana" in page.text
    assert entry.name in page.text


def test_it_is_for_admins_alone(signed_in):
    assert signed_in.get(reverse("events")).status_code == 403
    assert signed_in.get(reverse("events_csv")).status_code == 403


def test_what_others_looked_at_does_not_fill_the_record(signed_in, entry):
    assert "looked at" not in signed_in.get(entry.get_absolute_url()).text


@pytest.mark.parametrize("query", [{"group": "junk"}, {"who": "x"}, {"since": "9999-12-31"}, {"below": "x"}], ids=str)
def test_a_filter_that_can_t_be_read_is_left_out(admin_signed_in, entry, query):
    assert "data-event" in admin_signed_in.get(reverse("events"), query).text


def test_the_file_has_the_same_and_is_on_record(admin_signed_in, entry):
    answer = admin_signed_in.get(reverse("events_csv"), {"group": "looked"})

    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert str(entry.pk) in lines[1]
    assert Event.objects.get(kind=Event.Kind.EXPORT_BEGUN).details["of"] == "events"


def test_a_file_of_something_else_than_was_asked_for_is_refused(admin_signed_in, entry):
    assert admin_signed_in.get(reverse("events_csv"), {"since": "yesterday"}).status_code == 400


def test_a_change_of_role_says_what_it_was_before(admin_signed_in, admin, recruiter):
    give_role(recruiter, roles.ADMIN, by=admin)
    give_role(recruiter, None, by=admin)

    page = admin_signed_in.get(reverse("events"), {"group": "accounts", "who": admin.pk})

    assert "role: recruiter, now admin" in page.text
    assert "role: admin, now none" in page.text


def test_the_menu_leads_there(admin_signed_in, signed_in):
    assert reverse("events") in admin_signed_in.get(reverse("history")).text
    assert reverse("events") not in signed_in.get(reverse("history")).text
