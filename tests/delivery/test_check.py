"""How checks are made: on schedule, and one call at a time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from contacts.delivery import check, outbox
from contacts.delivery.doubt import Doubt, doubt_about
from contacts.delivery.record import record
from contacts.history import decisions
from contacts.leonar import errors
from contacts.leonar.client import Reply
from contacts.models import Attempt, Gate, Reason, Submission
from tests.delivery.unknown_outcomes import (
    SOPHIE,
    check_now,
    checks,
    claim_now,
    create_elsewhere,
    lose_the_answer,
    redate,
    reply,
    submit_unseen,
)
from tests.gate import NOON, answer
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State
Verdict = Attempt.Verdict
STRANGER = [{"id": "0b1f7a56-8f53-4f0e-9a51-3c1a0f6b8c11", "created_at": "2020-01-01T00:00:00Z"}]
CONTACT = {"id": "5d0c8a41-9a07-4b0e-8f5e-0f8b3c9d2a77"}


class TestOneCheck:
    def test_nothing_is_checked_before_its_time(self, recruiter, sandbox):
        submit_unseen(sandbox, recruiter, created=True)

        assert not check.check(worker="test")

    def test_checks_come_on_the_documented_schedule(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)
        ended = submission.attempts.get().finished_at
        planned = [round((submission.due_at - ended).total_seconds())]

        for _ in range(4):
            check_now()
            submission.refresh_from_db()
            planned.append(round((submission.due_at - ended).total_seconds()))

        assert planned == [5, 30, 120, 600, 3600]

    def test_one_line_of_the_log_says_what_it_came_to(self, recruiter, sandbox, caplog):
        submission = submit_unseen(sandbox, recruiter, created=True)

        with caplog.at_level("INFO", logger=check.__name__):
            check_now()

        [line] = [record.getMessage() for record in caplog.records if record.name == check.__name__]
        assert line.startswith(f"submission={submission.pk} check=1 verdict=found reason=- status=200 seconds=")

    def test_where_an_answer_tells_no_time_the_last_that_did_is_believed(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=True)
        submission.attempts.update(skew=-1000)
        redate(sandbox, timedelta(seconds=-1000))

        check._answered(claim_now(), reply(sandbox.contacts(), skew=None))

        submission.refresh_from_db()
        assert submission.settled_by == Submission.SettledBy.CHECK

    def test_after_an_outage_they_keep_their_distance(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)
        hours_ago = timezone.now() - timedelta(hours=3)
        Attempt.objects.update(started_at=hours_ago, finished_at=hours_ago)

        for distance in (25, 90, 480, 3000):
            began = timezone.now()
            check_now()
            submission.refresh_from_db()
            # However long this machine takes for it.
            assert began <= submission.due_at - timedelta(seconds=distance) <= timezone.now()

    def test_sent_again_before_any_check_was_answered_it_is_found_all_the_same(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=True)
        Submission.objects.update(due_at=None)
        decisions.send_again(submission, by=recruiter, revision=submission.revision)

        check_now()

        submission.refresh_from_db()
        assert (submission.state, len(sandbox.contacts())) == (Submission.State.CREATED, 1)

    def test_what_is_sent_again_is_checked_from_the_beginning(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)
        check_now(times=5)
        submission.refresh_from_db()
        decisions.send_again(submission, by=recruiter, revision=submission.revision)
        check_now()
        lose_the_answer(sandbox, created=False)
        Gate.objects.update(reason="", failures=0)
        outbox.deliver(submission.pk, worker="test")

        check_now()

        submission.refresh_from_db()
        ended = submission.attempts.filter(kind=Attempt.Kind.SEND).first().finished_at
        assert round((submission.due_at - ended).total_seconds()) == 30

    def test_what_no_attempt_is_on_record_of_is_checked_from_when_it_was_entered(self, recruiter, sandbox):
        hour_ago = timezone.now() - timedelta(minutes=59)
        submission = queued(recruiter, state=State.UNCONFIRMED, created_at=hour_ago)
        sandbox.misbehave(mode="status", status=503, calls=1, only="POST /contacts/search")

        check_now()

        submission.refresh_from_db()
        assert submission.due_at is not None

    def test_a_search_that_lags_is_outwaited(self, recruiter, sandbox):
        sandbox.misbehave(mode="search_lag", seconds=600)
        submission = submit_unseen(sandbox, recruiter, created=True)
        check_now(times=2)
        submission.refresh_from_db()
        while_lagging = submission.state

        sandbox.misbehave(mode="search_lag", seconds=0)
        check_now()

        submission.refresh_from_db()
        assert while_lagging == State.UNCONFIRMED
        assert submission.state == State.CREATED

    def test_leonars_clock_is_learned_from_its_answers(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=True)
        redate(sandbox, -timedelta(minutes=6))

        check._answered(claim_now(), reply(sandbox.contacts(), skew=-360))

        submission.refresh_from_db()
        assert submission.state == State.CREATED
        assert checks(submission)[0].skew == -360


class TestWhatIsSearchedFor:
    def searches(self, **payload) -> list[str]:
        now = timezone.now()
        return Doubt([payload], now, now, None).searches

    def test_is_the_name_and_the_linkedin_address(self):
        linkedin = "https://www.linkedin.com/in/sophie-martin"

        assert self.searches(first_name="Sophie", last_name="Martin", linkedin_profile=linkedin) == [
            "Sophie Martin",
            linkedin,
        ]
        assert self.searches(first_name="Cher") == ["Cher"]

    def test_is_the_name_with_other_punctuation_too(self):
        assert self.searches(first_name="Anne-Marie", last_name="O'Neill") == [
            "Anne-Marie O'Neill",
            "Anne Marie O Neill",
            "AnneMarie ONeill",
        ]

    @time_machine.travel(NOON, tick=False)
    def test_begins_the_day_before_and_yesterday_where_our_clock_was_far_ahead(self):
        day, days = timedelta(days=1), timedelta(days=9)

        begins = [Doubt([SOPHIE], at, at, timedelta(0)).created_after for at in (NOON - days, NOON + days)]

        assert begins == [(NOON - days - day).date(), (NOON - day).date()]

    def test_is_everything_that_was_sent_with_an_unknown_outcome(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)
        first = submission.attempts.get()
        Attempt.objects.create(
            submission=submission,
            number=2,
            started_at=first.started_at,
            lease_until=first.lease_until,
            payload={"first_name": "Sofia", "last_name": "Martin"},
            verdict=Verdict.UNKNOWN,
        )

        assert doubt_about(submission).searches == ["Sofia Martin", "Sophie Martin"]


class TestOneCallAtATime:
    def test_each_page_and_each_text_is_a_step_of_its_own(self, recruiter, sandbox):
        linkedin = {"linkedin_profile": "https://www.linkedin.com/in/sophie-martin"}
        for number in range(100):
            create_elsewhere(sandbox, {"first_name": "Sophie", "last_name": "Martin", "title": str(number)})
        redate(sandbox, -timedelta(minutes=10))
        submission = submit_unseen(sandbox, recruiter, SOPHIE | linkedin, created=True)
        redate(sandbox, -timedelta(minutes=1))
        Submission.objects.update(due_at=timezone.now())
        Attempt.objects.update(started_at=timezone.now() - timedelta(seconds=70))

        steps = []
        while check.check(worker="test"):
            submission.refresh_from_db()
            steps.append((submission.state, len(checks(submission))))

        assert steps == [(State.UNCONFIRMED, 1), (State.UNCONFIRMED, 1), (State.CREATED, 1)]

    def test_others_take_turns_with_a_check_of_several_calls(self, recruiter, sandbox):
        linkedin = {"linkedin_profile": "https://www.linkedin.com/in/sophie-martin"}
        first = submit_unseen(sandbox, recruiter, SOPHIE | linkedin, created=False)
        second = submit_unseen(sandbox, recruiter, {"first_name": "Karim"}, created=False)
        now = timezone.now()
        Submission.objects.filter(pk=first.pk).update(due_at=now - timedelta(seconds=2))
        Submission.objects.filter(pk=second.pk).update(due_at=now - timedelta(seconds=1))

        order = []
        while check.check(worker="test"):
            order.append([len(checks(one)) for one in (first, second)])

        assert order == [[1, 0], [1, 1], [1, 1]]

    def test_a_search_without_end_is_left_to_a_person(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)

        for _ in range(check.PAGES_MOST):
            check._answered(claim_now(), reply(STRANGER, has_more=True))

        submission.refresh_from_db()
        assert (submission.state, submission.due_at) == (State.UNCONFIRMED, None)
        assert checks(submission)[0].verdict == Verdict.ALIKE

    def test_a_full_page_is_followed_up_even_where_nothing_is_said_of_more(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)
        page = [{"id": None, "created_at": "2020-01-01T00:00:00Z"}] * check.PAGE

        check._answered(claim_now(), reply(page))

        assert checks(submission)[0].position == 1


class TestOverrun:
    def test_a_check_whose_process_was_killed_goes_on_where_it_was(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=True)
        claim_now()

        check_now()

        assert [one.verdict for one in checks(submission)] == [Verdict.FOUND]

    def test_a_check_that_another_process_goes_on_with_is_its_own(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=True)
        first = claim_now()
        lease = first.attempt.lease_until

        Submission.objects.update(due_at=timezone.now())
        check.claim(worker="another")

        under_way = checks(submission)[0]
        assert (under_way.worker, under_way.lease_until > lease) == ("another", True)

    def test_a_check_that_overruns_its_claim_hides_nothing_from_who_has_to_choose(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=True)
        create_elsewhere(sandbox, SOPHIE)
        slow = claim_now()
        quick = claim_now()

        check._answered(quick, reply(sandbox.contacts()))
        check._answered(slow, reply([]))

        submission.refresh_from_db()
        assert submission.due_at is None
        assert len(decisions.candidates(submission)) == 2
        assert all(one.finished_at for one in checks(submission))

    def test_a_check_that_was_overtaken_says_nothing(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=True)
        slow = claim_now()
        claim_now()

        check._answered(slow, reply(sandbox.contacts()))
        check._unanswered(slow, errors.NoAnswer())

        submission.refresh_from_db()
        assert submission.state == State.UNCONFIRMED
        assert checks(submission)[0].finished_at is None

    @pytest.mark.parametrize("is_answered", [True, False])
    def test_a_check_that_another_process_has_ended_stays_as_it_was_ended(self, recruiter, sandbox, is_answered):
        submission = submit_unseen(sandbox, recruiter, created=True)
        slow = claim_now()
        check_now()

        if is_answered:
            check._answered(slow, reply([]))
        else:
            check._unanswered(slow, errors.NoAnswer())

        [ended] = checks(submission)
        assert (ended.verdict, ended.detail) == (Verdict.FOUND, "")

    def test_a_check_that_another_process_has_counted_with_the_one_before_is_gone(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)
        check._unanswered(claim_now(), errors.NoAnswer())
        slow = claim_now()
        check._unanswered(claim_now(), errors.NoAnswer())
        submission.refresh_from_db()
        decisions.discard(submission, by=recruiter, revision=submission.revision, note="entered twice")

        check._answered(slow, reply([]))

        assert [one.tries for one in checks(submission)] == [2]

    def test_a_check_between_two_calls_is_over_once_a_person_settles_it(self, recruiter, sandbox):
        submission = submit_unseen(sandbox, recruiter, created=False)
        check._answered(claim_now(), reply(STRANGER, has_more=True))
        submission.refresh_from_db()

        decisions.discard(submission, by=recruiter, revision=submission.revision, note="entered twice")

        assert [(one.verdict, one.reason) for one in checks(submission)] == [(Verdict.FAILED, Reason.NONE)]

    @pytest.mark.parametrize(
        "late",
        [
            Reply(CONTACT, answer()),
            errors.Invalid("email", "no", detail="HTTP 400"),
            errors.Abandoned("lease"),
            errors.NoAnswer("late"),
        ],
        ids=["created", "refused", "not sent", "in doubt anew"],
    )
    def test_a_check_between_two_calls_is_over_once_a_late_outcome_says_otherwise(self, recruiter, sandbox, late):
        submission = submit_unseen(sandbox, recruiter, created=False)
        check._answered(claim_now(), reply(STRANGER, has_more=True))

        record(submission.attempts.get(kind=Attempt.Kind.SEND), late)

        assert [(one.verdict, one.reason) for one in checks(submission)] == [(Verdict.FAILED, Reason.NONE)]

    @pytest.mark.parametrize("is_answered", [True, False])
    def test_a_person_who_settles_it_meanwhile_is_not_overruled(self, recruiter, sandbox, is_answered):
        submission = submit_unseen(sandbox, recruiter, created=True)
        claimed = claim_now()
        decisions.discard(submission, by=recruiter, revision=submission.revision, note="entered twice")

        if is_answered:
            check._answered(claimed, reply(sandbox.contacts()))
        else:
            check._unanswered(claimed, errors.NoAnswer())

        submission.refresh_from_db()
        assert submission.state == State.DISCARDED
        assert checks(submission)[0].finished_at
