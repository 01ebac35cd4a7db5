"""The sets of submissions that have a name, and what a row says of itself."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.models import Submission, Workspace
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State


@pytest.fixture
def enter(recruiter):
    """Puts a submission into the outbox and then into the state asked for."""

    def enter(*, by=recruiter, **columns) -> Submission:
        stored = queued(by, {"first_name": "Sophie"})
        Submission.objects.filter(pk=stored.pk).update(**columns)
        return Submission.objects.get(pk=stored.pk)

    return enter


class TestNeedsPerson:
    @pytest.mark.parametrize("is_due", [True, False])
    @pytest.mark.parametrize("state", State)
    def test_python_and_the_database_agree_in_every_state(self, enter, state, is_due):
        columns = {"state": state, "due_at": timezone.now() if is_due else None}
        columns |= {"contact_id": uuid4()} if state == State.CREATED else {}
        try:
            with transaction.atomic():
                submission = enter(**columns)
        except IntegrityError:
            return  # a combination that the database refuses

        assert submission.needs_person == Submission.objects.needing_person().filter(pk=submission.pk).exists()

    def test_it_is_a_rejected_one_and_one_whose_checks_are_over(self, enter):
        rejected = enter(state=State.REJECTED, due_at=None)
        checked = enter(state=State.UNCONFIRMED, due_at=None)
        enter(state=State.UNCONFIRMED)
        enter()

        assert set(Submission.objects.needing_person()) == {rejected, checked}

    def test_recruiters_are_shown_their_own_and_admins_all(self, enter, other_recruiter, admin):
        enter(state=State.REJECTED, due_at=None)

        assert Submission.objects.visible_to(other_recruiter).needing_person().count() == 0
        assert Submission.objects.visible_to(admin).needing_person().count() == 1


class TestWorkspaces:
    @pytest.fixture
    def elsewhere(self, enter, settings) -> Submission:
        Workspace.objects.create(name="another account")
        return enter(workspace="another account", due_at=timezone.now())

    def test_another_accounts_submissions_are_nobodys_to_see(self, elsewhere, recruiter, admin):
        assert not Submission.objects.visible_to(recruiter).exists()
        assert not Submission.objects.visible_to(admin).exists()

    def test_those_that_are_read_already_are_visible_to_whoever_the_set_is(
        self, elsewhere, enter, recruiter, other_recruiter, admin
    ):
        for each in (elsewhere, enter()):
            for viewer in (recruiter, other_recruiter, admin):
                in_set = Submission.objects.visible_to(viewer).filter(pk=each.pk).exists()
                assert bool(Submission.visible_among([each], viewer)) == in_set

    def test_they_are_not_due_here(self, elsewhere):
        assert not Submission.objects.due(timezone.now()).exists()

    def test_how_many_wait_there_can_be_told(self, elsewhere):
        assert Submission.objects.elsewhere().get() == elsewhere


class TestOneContactOneSubmission:
    def test_two_links_by_search_to_one_contact_are_refused(self, enter):
        linked = {"state": State.CREATED, "due_at": None, "contact_id": uuid4(), "settled_by": "check"}
        enter(**linked)

        with pytest.raises(IntegrityError), transaction.atomic():
            enter(**linked)


class TestRead:
    def test_it_has_what_the_row_has(self, enter):
        read = enter(payload={"first_name": "Zoë", "last_name": "Müller"})

        row = Submission.objects.values().get()

        assert {name: getattr(read, name) for name in row} == row
        assert (read._state.adding, read._state.db) == (False, "default")
        assert read.get_deferred_fields() == set()

    def test_what_was_left_out_is_read_once_it_is_asked_for(self, enter, django_assert_num_queries):
        entered = enter()
        read = Submission.objects.only("state").get(pk=entered.pk)

        assert "payload" in read.get_deferred_fields()
        with django_assert_num_queries(1):
            assert read.payload == read.payload == entered.payload

    def test_what_is_saved_again_is_the_same_row(self, enter):
        read = Submission.objects.only("company").get(pk=enter().pk)

        read.company = "Atelier"
        read.save()

        assert [row.company for row in Submission.objects.all()] == ["Atelier"]
