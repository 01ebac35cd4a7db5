"""The figures: counted day by day, added up, the same after erasure."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from contacts.history import figures
from contacts.history.log import note_twin_asked
from contacts.models import Attempt, DayFigures, Submission
from contacts.privacy import erasure
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State


def entered(
    by, *, days_ago=0, state=State.CREATED, seconds=2.0, verdicts=(Attempt.Verdict.CREATED,), facts=None
) -> Submission:
    at = timezone.now() - timedelta(days=days_ago)
    columns = {"facts": facts}
    if state == State.CREATED:
        settled = at + timedelta(seconds=seconds)
        columns |= {"contact_id": uuid4(), "settled_at": settled, "settled_by": Submission.SettledBy.ANSWER}
    stored = queued(by, created_at=at, changed_at=at, state=state, due_at=None, **columns)
    for number, verdict in enumerate(verdicts, 1):
        reason = "" if verdict == Attempt.Verdict.CREATED else "invalid"
        Attempt.objects.create(
            submission=stored, number=number, started_at=at, lease_until=at, payload={}, verdict=verdict, reason=reason
        )
    return stored


def whole(viewer, days=400) -> figures.Figures:
    since = timezone.localdate() - timedelta(days=days)
    return figures.total(each for _day, _who, each in figures.of_days(viewer, since=since))


def test_outcomes_first_tries_and_reasons_are_counted(admin, recruiter):
    entered(recruiter)
    entered(recruiter, verdicts=(Attempt.Verdict.REFUSED, Attempt.Verdict.CREATED))
    entered(recruiter, state=State.REJECTED, verdicts=(Attempt.Verdict.REFUSED,))

    figures.roll_up()

    found = whole(admin)
    assert found.states == {"created": 2, "rejected": 1}
    assert found.first_try == 1
    assert found.reasons == {"invalid": 2}


def test_a_form_that_was_pressed_twice_is_no_first_try(admin, recruiter):
    entered(recruiter, facts={"presses": 1})
    entered(recruiter, facts={"presses": 2})

    figures.roll_up()

    assert (whole(admin).created, whole(admin).first_try) == (2, 1)


def test_recruiters_see_their_own(recruiter, other_recruiter, admin):
    entered(recruiter)
    entered(other_recruiter)

    figures.roll_up()

    assert whole(recruiter).entered == 1
    assert whole(admin).entered == 2


def test_the_median_is_right_to_a_tenth(admin, recruiter):
    for seconds in (1, 2, 10, 100, 1000):
        entered(recruiter, seconds=seconds)

    figures.roll_up()

    assert whole(admin).seconds(0.5) == pytest.approx(10, rel=0.1)
    assert whole(admin).seconds(0.95) == pytest.approx(1000, rel=0.1)


def test_nothing_counts_twice_however_often_it_is_counted(admin, recruiter):
    entered(recruiter, days_ago=3)
    entered(recruiter)

    for _ in range(3):
        figures.roll_up()

    assert whole(admin).entered == 2


def test_a_day_that_was_open_is_counted_again(admin, recruiter):
    stored = entered(recruiter, days_ago=10, state=State.REJECTED, verdicts=())
    entered(recruiter)
    figures.roll_up()
    Submission.objects.filter(pk=stored.pk).update(state=State.DISCARDED)

    figures.roll_up()

    assert whole(admin).states == {"discarded": 1, "created": 1}


def test_a_long_past_is_counted_in_rounds(admin, recruiter, monkeypatch):
    monkeypatch.setattr(figures, "DAYS_A_ROUND", 3)
    for days_ago in range(7):
        entered(recruiter, days_ago=days_ago * 5)

    rounds = 1
    while figures.roll_up():
        rounds += 1
        assert rounds < 10

    assert whole(admin).entered == 7


def test_a_form_that_was_asked_about_a_twin_and_never_sent_was_heeded(admin, recruiter, other_recruiter):
    sent = entered(recruiter)
    given_up = uuid4()
    for form in (sent.token, given_up, given_up):
        note_twin_asked(by=recruiter, form=form)
    # Somebody else's form is not theirs.
    note_twin_asked(by=other_recruiter, form=sent.token)

    figures.roll_up()

    assert whole(recruiter).twins_heeded == 1
    assert whole(other_recruiter).twins_heeded == 1
    assert whole(admin).twins_heeded == 2


def test_erasure_leaves_the_figures(admin, recruiter):
    stored = entered(recruiter)
    figures.roll_up()
    before = whole(admin)
    erasure.empty([stored], now=timezone.now())
    DayFigures.objects.all().delete()

    figures.roll_up()

    assert whole(admin) == before
