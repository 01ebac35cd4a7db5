"""How many wait, at a glance."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from contacts.entry import drafts
from contacts.history import counts
from contacts.models import Submission, Workspace
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State
SOON = timezone.now() + timedelta(hours=1)


@pytest.fixture
def of_every_kind(recruiter, other_recruiter):
    """Each state, due and not, of two recruiters and of another workspace."""
    Workspace.objects.create(name="another account")
    kinds = [
        {"state": State.QUEUED, "due_at": SOON},
        {"state": State.SENDING, "due_at": SOON},
        {"state": State.UNCONFIRMED, "due_at": SOON},
        {"state": State.UNCONFIRMED, "due_at": None},
        {"state": State.REJECTED, "due_at": None},
        {"state": State.DISCARDED, "due_at": None},
    ]
    for kind in [*kinds, *({**kind, "workspace": "another account"} for kind in kinds)]:
        for by in (recruiter, other_recruiter):
            stored = queued(by, {"first_name": "Sophie"})
            Submission.objects.filter(pk=stored.pk).update(**kind)


@pytest.mark.parametrize(("viewer", "each"), [("recruiter", 1), ("admin", 2)])
def test_a_glance_counts_what_its_viewer_may_see(of_every_kind, request, viewer, each):
    found = counts.glance(request.getfixturevalue(viewer))

    assert (found.needing_person, found.waiting, found.checking) == (2 * each, 2 * each, each)


def test_it_counts_what_the_sets_of_these_names_hold(of_every_kind, recruiter, admin):
    for viewer in (recruiter, admin):
        visible = Submission.objects.visible_to(viewer)

        found = counts.glance(viewer)

        assert found.needing_person == visible.needing_person().count()
        assert found.waiting + found.checking == visible.filter(due_at__isnull=False).count()


def test_it_counts_nobody_elses_drafts(recruiter, other_recruiter, admin):
    for owner in (recruiter, other_recruiter, other_recruiter):
        token = uuid4()
        proof = drafts.proof(owner_id=owner.pk, token=token)
        drafts.keep(proof=proof, token=token, typed={"first_name": ["Ana"]}, submission_id=None, was_pressed=False)

    assert [counts.glance(viewer).drafts for viewer in (recruiter, other_recruiter, admin)] == [1, 2, 0]
