"""Every state tells its story: what is known, what comes next and when, what the person may do."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from contacts.delivery.gate import Standing
from contacts.models import Attempt, Reason, Submission
from contacts.wording import stories
from tests.wording.conftest import NOW

OPEN = Standing("", None)
State = Submission.State
Verdict = Attempt.Verdict


def submission(state: str, **given: Any) -> Submission:
    return Submission(state=state, created_at=NOW, changed_at=NOW, **given)


def queued(**given: Any) -> Submission:
    return submission(State.QUEUED, **{"due_at": NOW + timedelta(seconds=2)} | given)


def unconfirmed(**given: Any) -> Submission:
    return submission(State.UNCONFIRMED, **{"reason": Reason.NO_ANSWER} | given)


def words(told: stories.Story) -> str:
    return " ".join([told.title, *told.lines])


def tell(found: Submission, standing: Standing = OPEN, check: Attempt | None = None) -> stories.Story:
    return stories.tell(found, standing, NOW, last_check=check)


def checked(verdict: Attempt.Verdict, reason: Reason = Reason.NONE) -> Attempt:
    return Attempt(kind=Attempt.Kind.CHECK, verdict=verdict, reason=reason, finished_at=NOW - timedelta(minutes=5))


def test_every_state_with_every_reason_check_and_gate_tells_a_whole_sentence():
    due = [None, NOW - timedelta(hours=1), NOW, NOW + timedelta(minutes=5)]
    gates = [
        OPEN,
        *(Standing(reason, until) for reason in Reason.values if reason for until in (None, NOW + timedelta(hours=1))),
    ]

    checks = [*map(checked, Verdict), checked(Verdict.FAILED, Reason.KEY_REFUSED)]
    stands = [
        submission(state, reason=reason, due_at=due_at)
        for state, reason, due_at in product(State.values, Reason.values, due)
    ]
    # A check is told of where a person decides, and the gate there is of no matter.
    told_of = [(found, standing, None) for found, standing in product(stands, gates)]
    told_of += [(found, OPEN, check) for found, check in product(stands, checks)]

    for found, standing, check in told_of:
        told = tell(found, standing, check)

        said = words(told)
        assert told.title.endswith("."), told
        assert all(line.endswith(".") and "%(" not in line for line in told.lines), told
        assert not {"please", "oops"} & set(said.lower().split())
        assert "!" not in said
        assert not any(worn in said for worn in ("by itself", "once more", "mend"))


def test_every_state_but_created_says_what_comes_next():
    told = [tell(submission(state, due_at=NOW)) for state in State.values if state != State.CREATED]

    assert all(story.lines for story in told)


def test_unreachable_is_saved_and_sent_automatically_at_the_next_try():
    told = tell(queued(reason=Reason.UNREACHABLE), Standing(Reason.UNREACHABLE, NOW + timedelta(minutes=5)))

    assert told.title == "Saved. Leonar can't be reached right now."
    assert told.lines == ["It will be sent automatically; next try at 14:05."]


def test_the_hourly_limit_is_waited_for_until_a_time():
    told = tell(queued(reason=Reason.RATE_LIMITED), Standing(Reason.RATE_LIMITED, NOW + timedelta(minutes=42)))

    assert told.title == "Saved. Waiting for Leonar's hourly limit until 14:42."
    assert "automatically" in words(told)


@pytest.mark.parametrize(
    ("detail", "why"),
    [("HTTP 401 invalid_api_key", "missing or wrong"), ("HTTP 402", "paid for"), ("HTTP 403", "contacts:write")],
)
def test_a_refused_key_says_why_and_that_an_admin_acts(detail, why):
    told = tell(queued(reason=Reason.KEY_REFUSED), Standing(Reason.KEY_REFUSED, None, detail))

    assert told.title == "Saved. Leonar refused the portal's key."
    assert why in words(told)
    assert "admin" in words(told)
    assert "no need to type it again" in words(told)


def test_that_an_admin_is_told_is_said_only_where_one_is(settings):
    found, standing = queued(reason=Reason.KEY_REFUSED), Standing(Reason.KEY_REFUSED, None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    settings.DIGEST_RECIPIENTS = []
    assert "is told" not in words(tell(found, standing))

    settings.DIGEST_RECIPIENTS = ["ana@portal.example"]
    assert "An admin is told" in words(tell(found, standing))

    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "is told" not in words(tell(found, standing))


def test_a_wrong_address_waits_for_an_admin():
    told = tell(queued(), Standing(Reason.ADDRESS_WRONG, None))

    assert told.title == "Saved. Leonar's address looks wrong."
    assert "admin" in words(told)


def test_an_untrusted_connection_is_tried_again_and_an_admin_has_to_fix_it():
    told = tell(queued(), Standing(Reason.UNTRUSTED, NOW + timedelta(minutes=15)))

    assert told.title == "Saved. The connection to Leonar is not trusted."
    assert told.lines[0] == "It will be sent automatically; next try at 14:15."
    assert "An admin has to fix it" in words(told)


def test_work_that_nobody_takes_up_does_not_promise_a_moment_for_ever():
    told = tell(queued(due_at=NOW - timedelta(minutes=10)))

    assert "deliverer seems not to be running" in words(told)
    assert "in a moment" not in words(told)


@pytest.mark.parametrize(
    ("reason", "title"),
    [
        (Reason.NO_ANSWER, "Sent, but no answer came."),
        (Reason.CONNECTION_LOST, "Sent, but the connection broke before an answer came."),
        (Reason.SERVER_ERROR, "Sent, but Leonar answered with an error of its own."),
        (Reason.INTERRUPTED, "Sent, but the portal was interrupted before an answer came."),
        (Reason.ANSWER_UNREADABLE, "Created in Leonar; its answer could not be read."),
    ],
)
def test_an_unknown_outcome_is_checked_and_needs_no_typing_again(reason, title):
    told = tell(unconfirmed(reason=reason, due_at=NOW + timedelta(minutes=10)))

    assert told.title == title
    assert "no need to type it again" in words(told)
    assert told.lines[-1] == "Next check at 14:10."


def test_a_check_waits_for_the_gate():
    until = NOW + timedelta(minutes=30)

    limited = Standing(Reason.RATE_LIMITED, until)
    told = tell(unconfirmed(due_at=NOW), replace(limited, reading=limited))

    assert told.lines[-1] == "Waiting for Leonar's hourly limit until 14:30. Next check at 14:30."


ACTS = "Check again, say which contact it is, have it sent again, or discard it."


@pytest.mark.parametrize("check", [None, *map(checked, Verdict), checked(Verdict.FAILED, Reason.KEY_REFUSED)])
@pytest.mark.parametrize("reason", [Reason.NO_ANSWER, Reason.ANSWER_UNREADABLE, Reason.RESTORED])
def test_whoever_waits_for_a_person_offers_the_same_acts(check, reason):
    assert tell(unconfirmed(reason=reason), check=check).lines[-1] == ACTS


def test_nothing_found_is_said_with_when_it_was_last_checked():
    told = tell(unconfirmed(), check=checked(Verdict.NOT_FOUND))

    assert told.title == "It was not found in Leonar."
    assert "last checked 5 min ago and found nothing like it" in words(told)


@pytest.mark.parametrize("verdict", [Verdict.ALIKE, Verdict.FAILED, Verdict.FOUND])
def test_not_found_is_said_of_nothing_else(verdict):
    assert "not found" not in words(tell(unconfirmed(), check=checked(verdict)))


def test_what_leonar_said_it_created_is_said_before_it_is_sent_again():
    told = tell(unconfirmed(reason=Reason.ANSWER_UNREADABLE), check=checked(Verdict.NOT_FOUND))

    assert "Leonar said that it was created" in words(told)


def test_a_key_that_may_not_search_is_said():
    assert "contacts:read" in words(tell(unconfirmed(), check=checked(Verdict.FAILED, Reason.KEY_REFUSED)))


def test_before_it_is_sent_again_it_says_that_it_is_checked_first():
    assert "checks once more" not in words(tell(unconfirmed(due_at=NOW)))
    assert "checks again before it sends it again" in words(tell(unconfirmed(due_at=NOW, seen_check=5)))


def test_created_by_checking_says_so():
    told = tell(submission(State.CREATED, settled_by=Submission.SettledBy.CHECK))

    assert told.title == "Created in Leonar, found by checking."


def test_leonars_message_is_told_where_no_field_of_the_form_carries_it():
    unnamed = submission(State.REJECTED, reason=Reason.REFUSED, error_message="Payload too large")
    named = submission(State.REJECTED, reason=Reason.INVALID, error_field="email", error_message="Invalid")

    assert "Leonar says: “Payload too large”" in words(tell(unnamed))
    assert "Leonar says" not in words(tell(named))


def test_discarding_an_unknown_outcome_does_not_pretend_that_nothing_exists():
    assert "never settled" in words(tell(submission(State.DISCARDED, reason=Reason.NO_ANSWER)))
    assert "not created in Leonar" in words(tell(submission(State.DISCARDED)))


@pytest.mark.parametrize(
    ("found", "standing", "at"),
    [
        (queued(due_at=NOW), OPEN, NOW),
        (queued(due_at=NOW), Standing(Reason.UNREACHABLE, NOW + timedelta(minutes=1)), NOW + timedelta(minutes=1)),
        (queued(due_at=NOW), Standing(Reason.KEY_REFUSED, None), None),
        (submission(State.SENDING, due_at=NOW), Standing(Reason.KEY_REFUSED, None), NOW),
        (
            unconfirmed(due_at=NOW + timedelta(hours=1)),
            Standing(Reason.UNREACHABLE, NOW + timedelta(minutes=1)),
            NOW + timedelta(hours=1),
        ),
        (unconfirmed(due_at=None), OPEN, None),
        (submission(State.CREATED), OPEN, None),
    ],
)
def test_when_the_portal_acts_next(found, standing, at):
    assert stories.acts_next_at(found, standing, NOW) == at


def test_a_page_refreshes_itself_only_while_the_portal_will_act():
    assert stories.changes_by_itself(queued())
    assert stories.changes_by_itself(unconfirmed(due_at=NOW))
    assert not stories.changes_by_itself(unconfirmed(due_at=None))
    assert not stories.changes_by_itself(submission(State.CREATED))
