"""Settling several at once."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from contacts.delivery import worker
from contacts.models import Submission
from tests.delivery.unknown_outcomes import check_now, create_elsewhere, redate, submit_unseen

pytestmark = pytest.mark.django_db

State = Submission.State


class TestActingOnMany:
    def act(self, client, submissions, **fields):
        ids = [f"{submission.pk}:{submission.revision}" for submission in submissions]
        return client.post(reverse("act_on_many"), {"ids": ids} | fields, follow=True)

    def test_admins_settle_several_at_once(self, admin_signed_in, enter):
        several = [enter(state=State.REJECTED, due_at=None) for _ in range(3)]

        self.act(admin_signed_in, several, act="discard", note="a test import")

        assert set(Submission.objects.values_list("state", flat=True)) == {State.DISCARDED}

    def test_those_that_changed_meanwhile_are_left_and_said(self, admin_signed_in, enter):
        several = [enter(state=State.REJECTED, due_at=None) for _ in range(2)]
        Submission.objects.filter(pk=several[0].pk).update(revision=7)

        answer = self.act(admin_signed_in, several, act="discard", note="a test import")

        several[0].refresh_from_db()
        assert several[0].state == State.REJECTED
        assert "1 was left as it is" in answer.text

    def test_recruiters_can_not(self, signed_in, enter):
        rejected = enter(state=State.REJECTED, due_at=None)

        answer = self.act(signed_in, [rejected], act="discard", note="mine")

        assert answer.status_code == 403

    @pytest.mark.parametrize("ids", [[], ["junk"], ["junk:0"], [f"{uuid4()}:x"]])
    def test_with_nothing_ticked_that_is_what_it_asks_for(self, admin_signed_in, ids):
        answer = admin_signed_in.post(reverse("act_on_many"), {"ids": ids, "act": "discard", "note": "x"})

        assert answer.status_code == 422
        assert "Tick at least one entry" in answer.text

    def test_one_that_is_not_there_is_left(self, admin_signed_in):
        ids = [f"{uuid4()}:0"]

        answer = admin_signed_in.post(reverse("act_on_many"), {"ids": ids, "act": "discard", "note": "x"})

        assert answer.status_code == 409

    def test_filters_and_place_are_kept(self, admin_signed_in, enter):
        rejected = enter(state=State.REJECTED, due_at=None)
        address = f"{reverse('act_on_many')}?q=sophie&state=rejected&cursor=W10"

        answer = admin_signed_in.post(
            address, {"ids": [f"{rejected.pk}:{rejected.revision}"], "act": "discard", "note": "x"}
        )

        assert answer.status_code == 302
        assert answer.url == f"{reverse('history')}?q=sophie&state=rejected&cursor=W10"

    def test_a_missing_reason_is_what_it_asks_for_with_ticks_and_filters_kept(self, admin_signed_in, enter):
        ticked, other = (enter(name, state=State.REJECTED, due_at=None) for name in ("Sophie", "Karim"))
        body = {"ids": [f"{ticked.pk}:{ticked.revision}"], "act": "discard", "note": "  "}

        answer = admin_signed_in.post(f"{reverse('act_on_many')}?state=rejected", body)

        assert answer.status_code == 422
        assert "Say why they are discarded" in answer.text
        assert "Choose what to do" not in answer.text
        assert f'value="{ticked.pk}:{ticked.revision}" checked' in answer.text
        assert f'value="{other.pk}:{other.revision}">' in answer.text
        assert answer.context["filters"]["state"].value() == "rejected"

    def test_a_reason_that_is_too_long_is_counted_and_stays_in_view(self, admin_signed_in, enter):
        rejected = enter(state=State.REJECTED, due_at=None)
        reason = "x" * 2001

        answer = self.act(admin_signed_in, [rejected], act="discard", note=reason)

        rejected.refresh_from_db()
        assert rejected.state == State.REJECTED
        assert "The reason must be 2000 characters or fewer. This one has 2001." in answer.text
        assert "Say why" not in answer.text
        assert reason in answer.text

    def test_no_reason_is_needed_where_none_is_kept(self, admin_signed_in, enter):
        waiting = enter(state=State.UNCONFIRMED, due_at=None)

        answer = self.act(admin_signed_in, [waiting], act="check_again")

        assert "Done for 1" in answer.text

    def test_those_that_were_left_stay_ticked_as_they_are_now(self, admin_signed_in, enter):
        changed = enter(state=State.REJECTED, due_at=None)
        body = {"ids": [f"{changed.pk}:{changed.revision}"], "act": "discard", "note": "x"}
        Submission.objects.filter(pk=changed.pk).update(revision=7)

        answer = admin_signed_in.post(reverse("act_on_many"), body)

        assert answer.status_code == 409
        assert f'value="{changed.pk}:7" checked' in answer.text

    def test_sending_again_in_bulk_checks_each_first(self, admin_signed_in, recruiter, sandbox):
        there, absent = (
            submit_unseen(sandbox, recruiter, {"first_name": name, "email": f"{name}@acme.example"}, created=False)
            for name in ("sophie", "karim")
        )
        check_now(times=5)
        create_elsewhere(sandbox, there.payload)
        redate(sandbox, timedelta(days=1))
        waiting = list(Submission.objects.all())

        answer = self.act(admin_signed_in, waiting, act="send_again")
        worker.run(stop=threading.Event(), once=True)

        there.refresh_from_db()
        absent.refresh_from_db()
        assert "Done for 2" in answer.text
        assert there.may_be_decided
        assert absent.state == State.CREATED
        assert [line["body"]["first_name"] for line in sandbox.ledger()] == ["sophie", "karim", "sophie", "karim"]
