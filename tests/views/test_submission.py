"""A submission's page, its state for scripts, and what may be done from it."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from contacts.delivery import gate, worker
from contacts.history import decisions
from contacts.models import Submission
from tests.delivery.unknown_outcomes import check_now
from tests.sign_in import sign_in
from tests.submissions import sent

pytestmark = pytest.mark.django_db

State = Submission.State
CONTACT_ID = "0b1f7a56-8f53-4f0e-9a51-3c1a0f6b8c11"
TYPED = {"first_name": ["Sophie"], "last_name": ["Martin"], "emails-0-email": ["sophie@acme.example"]}


@pytest.fixture
def submission(recruiter, sandbox):
    """One submission of the recruiter's, sent through the sandbox as it is told to behave."""

    def submission(**rule) -> Submission:
        if rule:
            sandbox.misbehave(**rule, only="POST /contacts")
        return sent(recruiter, typed=TYPED)

    return submission


def nothing_found(submission: Submission) -> Submission:
    check_now(times=5)
    submission.refresh_from_db()
    return submission


class TestThePage:
    def test_a_created_contact_is_shown_with_its_id(self, signed_in, submission):
        created = submission()

        page = signed_in.get(created.get_absolute_url())

        assert 'data-state="created"' in page.text
        assert str(created.contact_id) in page.text
        assert "Sophie Martin" in page.text

    def test_somebody_elses_is_not_found(self, client, other_recruiter, submission):
        sign_in(client, other_recruiter)
        created = submission()

        for name in ("submission", "status"):
            assert client.get(reverse(name, args=[created.pk])).status_code == 404
        for name in ("correct", "send_again", "check_again", "pick", "discard"):
            assert client.post(reverse(name, args=[created.pk]), {"revision": created.revision}).status_code == 404

    def test_an_admin_sees_everybodys_with_each_attempt(self, admin_signed_in, submission):
        created = submission()

        page = admin_signed_in.get(created.get_absolute_url())

        assert "201" in page.text
        assert list(page.context["attempts"]) == list(created.attempts.all())

    def test_a_recruiter_does_not_see_the_attempts(self, signed_in, submission):
        assert list(signed_in.get(submission().get_absolute_url()).context["attempts"]) == []

    @pytest.mark.parametrize(
        ("rule", "state"),
        [
            ({}, "created"),
            ({"mode": "status", "status": 400, "message": "email: no"}, "rejected"),
            ({"mode": "status", "status": 422}, "rejected"),
            ({"mode": "status", "status": 401}, "queued"),
            ({"mode": "rate_limited"}, "queued"),
            ({"mode": "status", "status": 500}, "unconfirmed"),
            ({"mode": "malformed"}, "unconfirmed"),
        ],
    )
    def test_every_outcome_has_its_page(self, signed_in, submission, rule, state):
        page = signed_in.get(submission(**rule).get_absolute_url())

        assert page.status_code == 200
        assert f'data-state="{state}"' in page.text

    def test_an_unfinished_one_refreshes_itself_without_scripts_and_a_finished_one_does_not(
        self, signed_in, submission
    ):
        waiting, created = submission(mode="status", status=500), submission()

        assert 'http-equiv="refresh"' in signed_in.get(waiting.get_absolute_url()).text
        assert 'http-equiv="refresh"' not in signed_in.get(created.get_absolute_url()).text

    def test_it_refreshes_soon_while_it_is_being_sent(self, signed_in, submission):
        sending = submission()
        lease = timezone.now() + timedelta(seconds=30)
        Submission.objects.update(state=State.SENDING, due_at=lease, contact_id=None)

        assert signed_in.get(sending.get_absolute_url()).context["refresh"] == 3

    def test_it_refreshes_seldom_while_nothing_can_happen(self, signed_in, submission):
        soon = signed_in.get(submission(mode="status", status=500).get_absolute_url())
        later = signed_in.get(submission(mode="rate_limited", reset_in=600).get_absolute_url())

        assert 3 <= soon.context["refresh"] <= 5
        assert later.context["refresh"] == 60

    def test_markup_in_leonars_message_is_text(self, signed_in, submission):
        rejected = submission(mode="status", status=400, message="email: <script>alert(1)</script>")

        page = signed_in.get(rejected.get_absolute_url())

        assert "<script>alert(1)" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text

    def test_pages_are_not_kept_by_caches(self, signed_in, submission):
        assert "no-store" in signed_in.get(submission().get_absolute_url())["Cache-Control"]


class TestStatus:
    def test_it_tells_the_state_for_scripts(self, signed_in, submission):
        created = submission()

        answer = signed_in.get(reverse("status", args=[created.pk]))

        assert answer.json() == {"state": "created", "contact_id": str(created.contact_id), "due_at": None}
        assert answer["X-Revision"] == str(created.revision)

    def test_due_is_when_the_gate_opens_while_it_is_closed(self, signed_in, submission):
        waiting = submission(mode="rate_limited", reset_in=600)

        status = signed_in.get(reverse("status", args=[waiting.pk])).json()

        assert status["state"] == "queued"
        assert status["due_at"] == gate.standing().until.isoformat()

    def test_due_is_null_while_only_an_admin_can_open_the_gate(self, signed_in, submission):
        waiting = submission(mode="status", status=401)

        assert signed_in.get(reverse("status", args=[waiting.pk])).json()["due_at"] is None


class TestActing:
    def post(self, client, name: str, submission: Submission, **fields):
        data = {"revision": submission.revision} | fields
        return client.post(reverse(name, args=[submission.pk]), data, follow=True)

    def test_a_correction_goes_out_at_once(self, signed_in, submission, sandbox):
        rejected = submission(mode="status", status=400, message="email: no")

        answer = self.post(
            signed_in, "correct", rejected, **{"first_name": "Sophie", "emails-0-email": "sophie@right.example"}
        )

        rejected.refresh_from_db()
        assert rejected.state == State.CREATED
        assert 'data-state="created"' in answer.text
        assert [contact["email"] for contact in sandbox.contacts()] == ["sophie@right.example"]

    def test_a_correction_with_a_mistake_keeps_everything(self, signed_in, submission):
        rejected = submission(mode="status", status=400, message="email: no")

        answer = self.post(signed_in, "correct", rejected, first_name="", title="Engineer")

        assert answer.status_code == 422
        assert 'value="Engineer"' in answer.text

    def test_a_correction_is_asked_about_once_as_well(self, signed_in, submission):
        rejected = submission(mode="status", status=400, message="email: no")
        fields = {"first_name": "Sophie", "phones-0-phone": "06 12 34"}

        page = self.post(signed_in, "correct", rejected, **fields)
        rejected.refresh_from_db()
        before = rejected.state
        self.post(signed_in, "correct", rejected, asked=page.context["entry"].asked, **fields)

        rejected.refresh_from_db()
        assert page.status_code == 422
        assert "does not look like a complete phone number" in page.text
        assert before == State.REJECTED
        assert rejected.state == State.CREATED

    def test_a_correction_that_could_not_be_saved_comes_back_filled_in(self, signed_in, submission, monkeypatch):
        rejected = submission(mode="status", status=400, message="email: no")
        fields = {"first_name": "Sophie", "title": "Engineer", "revision": rejected.revision}
        correct = reverse("correct", args=[rejected.pk])
        signed_in.raise_request_exception = False

        with monkeypatch.context() as patch:
            patch.setattr(decisions, "correct", lambda *_, **__: (_ for _ in ()).throw(OperationalError("away")))
            page = signed_in.post(correct, fields)
        again = signed_in.post(correct, fields)

        assert page.status_code == 503
        assert 'value="Engineer"' in page.text
        assert f'action="{correct}"' in page.text
        assert f'name="revision" value="{rejected.revision}"' in page.text
        assert again.status_code == 302

    def test_a_correction_that_was_overtaken_stays_in_view(self, signed_in, submission):
        rejected = submission(mode="status", status=400, message="email: no")
        Submission.objects.update(revision=99)

        answer = self.post(signed_in, "correct", rejected, first_name="Sophie", title="Engineer")

        assert answer.status_code == 409
        assert 'value="Engineer"' in answer.text
        assert "changed while you were looking" in answer.text

    def test_the_page_of_an_overtaken_correction_is_never_loaded_anew_by_itself(self, signed_in, submission):
        rejected = submission(mode="status", status=400, message="email: no")
        now = timezone.now()
        Submission.objects.update(revision=99, state=State.SENDING, reason="", due_at=now + timedelta(minutes=1))

        answer = self.post(signed_in, "correct", rejected, first_name="Sophie", title="Engineer")
        page = signed_in.get(rejected.get_absolute_url())

        assert 'value="Engineer"' in answer.text
        assert 'http-equiv="refresh"' in page.text
        assert 'http-equiv="refresh"' not in answer.text
        assert "<self-refresh" not in answer.text

    def test_an_act_after_the_sign_in_expired_leads_back_to_the_page(self, client, submission):
        rejected = submission(mode="status", status=400, message="email: no")

        answer = client.post(reverse("discard", args=[rejected.pk]), {"note": "x"})

        assert answer.url.endswith(f"?next={rejected.get_absolute_url()}")

    def test_sending_again_checks_first(self, signed_in, submission, sandbox):
        absent = nothing_found(submission(mode="drop_after_reading"))

        answer = self.post(signed_in, "send_again", absent)
        in_between = len(sandbox.ledger())
        worker.run(stop=threading.Event(), once=True)

        absent.refresh_from_db()
        assert "Checking first" in answer.text
        assert in_between == 1
        assert absent.state == State.CREATED
        assert len(sandbox.contacts()) == 1

    def test_sending_again_twice_sends_once(self, signed_in, submission, sandbox):
        absent = nothing_found(submission(mode="drop_after_reading"))

        self.post(signed_in, "send_again", absent)
        second = self.post(signed_in, "send_again", absent)
        worker.run(stop=threading.Event(), once=True)

        assert len(sandbox.contacts()) == 1
        assert "changed while you were looking" in second.text

    def test_checking_again_says_so(self, signed_in, submission):
        absent = nothing_found(submission(mode="drop_after_reading"))

        assert "Checking again." in self.post(signed_in, "check_again", absent).text

    def test_what_was_looked_for_is_in_view(self, signed_in, submission):
        absent = nothing_found(submission(mode="drop_after_reading"))

        page = signed_in.get(absent.get_absolute_url())

        assert page.context["looked_for"]["email"] == "sophie@acme.example"
        assert "What was looked for" in page.text

    @pytest.mark.parametrize(
        "posted",
        [
            {"contact_id": CONTACT_ID},
            {"typed_id": f" {CONTACT_ID} "},
            {"typed_id": f"https://app.leonar.example/contacts/{CONTACT_ID.upper()}?tab=1"},
            {"contact_id": "0b1f7a56-0000-4f0e-9a51-3c1a0f6b8c11", "typed_id": CONTACT_ID},
        ],
        ids=["picked", "typed", "pasted as an address", "typed beside a pick"],
    )
    def test_the_contact_it_is_can_be_picked_or_typed(self, signed_in, submission, posted):
        absent = nothing_found(submission(mode="drop_after_reading"))

        self.post(signed_in, "pick", absent, **posted)

        absent.refresh_from_db()
        assert (absent.state, str(absent.contact_id)) == (State.CREATED, CONTACT_ID)

    @pytest.mark.parametrize("typed", ["", "Sophie Martin", "0b1f7a56", "x" * 5000])
    def test_what_names_no_contact_is_asked_for_again(self, signed_in, submission, typed):
        absent = nothing_found(submission(mode="drop_after_reading"))

        answer = self.post(signed_in, "pick", absent, typed_id=typed)

        absent.refresh_from_db()
        assert absent.may_be_decided
        assert "enter the id of one in Leonar" in answer.text
        assert f'value="{typed}"' in answer.text

    def test_what_may_name_another_contact_is_asked_for_again(self, signed_in, submission):
        absent = nothing_found(submission(mode="drop_after_reading"))
        in_workspace = f"https://app.leonar.example/3f6c1f0e-7d0a-4a53-9a5c-2a1f0d4b8e11/contacts/{CONTACT_ID}"

        behind_much = f"{CONTACT_ID} {'x' * 2000} {in_workspace}"

        for typed in (in_workspace, f"{CONTACT_ID}1", f"a{CONTACT_ID}", f"{CONTACT_ID}-1", behind_much, "the first"):
            answer = self.post(signed_in, "pick", absent, typed_id=typed, contact_id=CONTACT_ID)

            absent.refresh_from_db()
            assert absent.may_be_decided
            assert f'value="{typed}"' in answer.text
            assert 'aria-describedby="message-1 typed-id-hint" aria-invalid="true" autofocus' in answer.text

    def test_a_reason_that_is_too_long_is_counted_and_stays_in_view(self, signed_in, submission):
        rejected = submission(mode="status", status=400, message="email: no")
        reason = "entered twice " * 200

        answer = self.post(signed_in, "discard", rejected, note=reason)

        rejected.refresh_from_db()
        assert rejected.state == State.REJECTED
        assert "The reason must be 2000 characters or fewer. This one has 2799." in answer.text
        assert f'value="{reason.strip()}' in answer.text
        assert 'aria-describedby="message-1 discard-note-hint" aria-invalid="true" autofocus' in answer.text
        assert "<title>Error: " in answer.text

    def test_a_reason_that_nobody_can_read_is_none(self, signed_in, submission):
        rejected = submission(mode="status", status=400, message="email: no")

        answer = self.post(signed_in, "discard", rejected, note="\u200b")

        assert "Say why it is discarded" in answer.text

    def test_discarding_needs_a_reason(self, signed_in, submission):
        rejected = submission(mode="status", status=400, message="email: no")

        self.post(signed_in, "discard", rejected, note="  ")
        rejected.refresh_from_db()
        without = rejected.state
        answer = self.post(signed_in, "discard", rejected, note="entered twice")

        rejected.refresh_from_db()
        assert without == State.REJECTED
        assert rejected.state == State.DISCARDED
        assert "entered twice" in answer.text

    @pytest.mark.parametrize("revision", ["", "x", "-1", "99999999999999999999"])
    def test_a_forged_revision_does_nothing(self, signed_in, submission, revision):
        rejected = submission(mode="status", status=400, message="email: no")

        signed_in.post(reverse("discard", args=[rejected.pk]), {"revision": revision, "note": "x"})

        rejected.refresh_from_db()
        assert rejected.state == State.REJECTED


class TestTheGate:
    def test_an_admin_reopens_it_from_any_page(self, admin_signed_in, submission):
        submission(mode="status", status=401)

        page = admin_signed_in.get(reverse("history"))
        admin_signed_in.post(reverse("reopen_gate"))

        assert reverse("reopen_gate") in page.text
        assert gate.standing().is_open

    def test_a_recruiter_sees_who_acts_but_can_t_reopen_it(self, signed_in, submission):
        submission(mode="status", status=401)

        page = signed_in.get(reverse("entry"))

        assert "admin" in page.text
        assert reverse("reopen_gate") not in page.text
        assert signed_in.post(reverse("reopen_gate")).status_code == 403
        assert not gate.standing().is_open
