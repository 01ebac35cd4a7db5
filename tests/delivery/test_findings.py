"""What checking comes to: the one is linked, something like it is shown to a person, and nothing is said last."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.delivery import outbox
from contacts.delivery.record import record
from contacts.history import decisions
from contacts.leonar import errors
from contacts.models import Attempt, Submission
from tests.delivery.unknown_outcomes import SOPHIE, check_now, create_elsewhere, lose_the_answer, redate, submit_unseen
from tests.gate import answer
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State
NAME_ALONE = {"first_name": "Sophie", "last_name": "Martin"}


def waits_for_person(submission: Submission) -> bool:
    submission.refresh_from_db()
    return (submission.state, submission.due_at) == (State.UNCONFIRMED, None)


class TestTheOne:
    def test_is_linked_and_the_record_says_how(self, recruiter, signed_in, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=True)

        check_now()

        submission.refresh_from_db()
        assert (submission.state, submission.settled_by) == (State.CREATED, "check")
        assert str(submission.contact_id) == sandbox.contacts()[0]["id"]
        assert "found by checking" in signed_in.get(submission.get_absolute_url()).text

    def test_is_found_beside_one_made_by_hand_before(self, recruiter, sandbox):
        create_elsewhere(sandbox, SOPHIE)
        redate(sandbox, -timedelta(minutes=3))
        submission = submit_unseen(sandbox, recruiter, created=True)

        check_now()

        submission.refresh_from_db()
        assert str(submission.contact_id) == sandbox.contacts()[-1]["id"]

    def test_of_the_first_attempt_is_found_after_a_resend(self, recruiter, sandbox):
        sandbox.misbehave(mode="search_lag", seconds=3600)
        submission = submit_unseen(sandbox, recruiter, created=True)
        check_now(times=5)
        submission.refresh_from_db()
        lose_the_answer(sandbox, created=False)
        decisions.send_again(submission, by=recruiter, revision=submission.revision)
        check_now()
        outbox.deliver(submission.pk, worker="test")
        Attempt.objects.filter(kind="send", number=1).update(
            started_at=timezone.now() - timedelta(minutes=10), finished_at=timezone.now() - timedelta(minutes=9)
        )
        sandbox.misbehave(mode="search_lag", seconds=0)
        redate(sandbox, -timedelta(minutes=9, seconds=30))

        check_now()

        submission.refresh_from_db()
        assert submission.attempts.filter(kind="send").count() == 2
        assert str(submission.contact_id) == sandbox.contacts()[0]["id"]


class TestSomethingLikeIt:
    """Never linked automatically, and never called "not found"."""

    @pytest.mark.parametrize("payload", [SOPHIE, NAME_ALONE], ids=["with an address", "a name alone"])
    @pytest.mark.parametrize("minutes", [-6, 6])
    def test_our_clock_was_off_when_it_was_sent(self, recruiter, sandbox, minutes, payload):
        submission = submit_unseen(sandbox, recruiter, payload, created=True)
        redate(sandbox, timedelta(minutes=minutes))

        check_now(times=5)

        assert waits_for_person(submission)
        assert [contact["id"] for contact in decisions.candidates(submission)] == [sandbox.contacts()[0]["id"]]

    @pytest.mark.parametrize(
        ("how", "payload"),
        [
            ("no_zone", SOPHIE),
            ("first_email", SOPHIE | {"emails": [{"email": "sophie@home.example", "type": "personal"}]}),
            ("no_hyphens", {"first_name": "Anne-Marie", "last_name": "Martin", "email": "am@acme.example"}),
        ],
    )
    def test_leonar_keeps_it_otherwise_than_it_was_sent(self, recruiter, signed_in, sandbox, how, payload):
        sandbox.misbehave(mode="altered", how=how)
        submission = submit_unseen(sandbox, recruiter, payload, created=True)

        check_now(times=5)

        page = signed_in.get(submission.get_absolute_url()).text
        assert waits_for_person(submission)
        assert "not found" not in page
        assert sandbox.contacts()[0]["id"] in page

    def test_made_by_hand_three_minutes_before(self, recruiter, sandbox):
        create_elsewhere(sandbox, SOPHIE)
        redate(sandbox, -timedelta(minutes=3))
        submission = submit_unseen(sandbox, recruiter, created=False)

        check_now()

        assert waits_for_person(submission)
        assert len(decisions.candidates(submission)) == 1

    def test_made_nine_days_later(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)
        check_now(times=5)
        create_elsewhere(sandbox, SOPHIE)
        redate(sandbox, timedelta(days=9))
        submission.refresh_from_db()

        decisions.check_again(submission, by=recruiter, revision=submission.revision)
        check_now()

        assert waits_for_person(submission)
        assert len(decisions.candidates(submission)) == 1

    def test_made_days_after_an_attempt_that_was_released_late(self, recruiter, sandbox):
        submission = queued(recruiter, SOPHIE)
        outbox.claim(worker="killed", submission_id=submission.pk)
        days_ago = timezone.now() - timedelta(days=9)
        Attempt.objects.update(started_at=days_ago, lease_until=days_ago + timedelta(seconds=30))
        Submission.objects.update(due_at=days_ago + timedelta(seconds=30))
        outbox.release_expired()
        create_elsewhere(sandbox, SOPHIE)

        check_now()

        assert waits_for_person(submission)

    def test_two_that_could_each_be_it(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=True)
        create_elsewhere(sandbox, SOPHIE)

        check_now()

        assert waits_for_person(submission)
        assert len(decisions.candidates(submission)) == 2

    def test_two_open_outcomes_that_could_be_the_same_contact(self, recruiter, sandbox):
        not_created = submit_unseen(sandbox, recruiter, created=False)
        created = submit_unseen(sandbox, recruiter, created=True)

        check_now()

        assert waits_for_person(not_created)
        assert waits_for_person(created)

    def test_the_same_person_at_another_company_claims_it_too(self, recruiter, sandbox):
        first = submit_unseen(sandbox, recruiter, SOPHIE | {"current_company": "Acme"}, created=False)
        submit_unseen(sandbox, recruiter, SOPHIE | {"current_company": "Acme SA"}, created=True)

        check_now()

        assert waits_for_person(first)

    def test_a_namesake_does_not_claim_it(self, recruiter, sandbox):
        namesake = submit_unseen(sandbox, recruiter, SOPHIE | {"email": "sophie@globex.example"}, created=False)
        submission = submit_unseen(sandbox, recruiter, created=True)
        Submission.objects.filter(pk=namesake.pk).update(due_at=None)

        check_now()

        submission.refresh_from_db()
        assert submission.state == State.CREATED


class TestNothing:
    def test_is_said_after_five_answered_checks(self, recruiter, signed_in, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)

        check_now(times=4)
        submission.refresh_from_db()
        before = submission.due_at
        check_now()

        assert before is not None
        assert waits_for_person(submission)
        assert "not found in Leonar" in signed_in.get(submission.get_absolute_url()).text

    def test_what_another_submission_is_linked_to_is_not_taken(self, recruiter, sandbox):
        submit_unseen(sandbox, recruiter, created=True)
        check_now()
        submission = submit_unseen(sandbox, recruiter, created=False)

        check_now(times=5)

        assert waits_for_person(submission)
        assert decisions.candidates(submission) == []


class TestALateProofThatNothingWasSent:
    @pytest.fixture
    def linked(self, recruiter, sandbox):
        """An attempt that was paused past its lease, and the contact of somebody else that its check took for its."""
        attempt = outbox.claim(worker="paused", submission_id=queued(recruiter, SOPHIE).pk)
        create_elsewhere(sandbox, SOPHIE)
        Submission.objects.update(due_at=timezone.now())
        outbox.release_expired()
        check_now()
        attempt.submission.refresh_from_db()
        assert attempt.submission.state == State.CREATED
        return attempt

    def test_undoes_the_link_that_checking_made(self, linked):
        record(linked, errors.Abandoned("lease over"))

        linked.submission.refresh_from_db()
        assert (linked.submission.state, linked.submission.contact_id) == (State.QUEUED, None)

    def test_leaves_the_link_that_another_attempt_may_have_earned_to_a_new_check(self, linked, sandbox):
        sent = linked.submission.attempts.get(kind="send")
        Attempt.objects.filter(kind="check").delete()
        Attempt.objects.create(
            submission=linked.submission,
            number=2,
            worker="test",
            started_at=sent.started_at,
            lease_until=sent.lease_until,
            finished_at=timezone.now(),
            payload=SOPHIE,
            verdict=Attempt.Verdict.UNKNOWN,
            reason="no_answer",
        )

        record(linked, errors.Abandoned("lease over"))
        linked.submission.refresh_from_db()
        meanwhile = linked.submission.state
        check_now()

        linked.submission.refresh_from_db()
        assert meanwhile == State.UNCONFIRMED
        assert linked.submission.state == State.CREATED

    def test_leaves_what_a_person_picked(self, linked):
        Submission.objects.update(settled_by="person")

        record(linked, errors.Abandoned("lease over"))

        linked.submission.refresh_from_db()
        assert linked.submission.state == State.CREATED

    def test_but_what_leonar_itself_has_refused_is_not_even_what_a_person_picked(self, linked):
        Submission.objects.update(settled_by="person")

        record(linked, errors.Invalid(detail="HTTP 400", answer=answer(400)))

        linked.submission.refresh_from_db()
        assert (linked.submission.state, linked.submission.contact_id) == (State.REJECTED, None)
