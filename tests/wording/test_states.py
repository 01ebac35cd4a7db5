"""One state has one name, wherever it is shown."""

from datetime import timedelta

import pytest

from contacts.models import Submission
from contacts.wording import states
from tests.wording.conftest import NOW

State = Submission.State


def submission(state: str, *, is_due: bool = False) -> Submission:
    return Submission(state=state, due_at=NOW + timedelta(minutes=1) if is_due else None)


@pytest.mark.parametrize(
    ("found", "meaning", "word"),
    [
        (submission(State.QUEUED, is_due=True), "waiting", "Waiting to be sent"),
        (submission(State.SENDING, is_due=True), "waiting", "Being sent"),
        (submission(State.CREATED), "created", "Created in Leonar"),
        (submission(State.REJECTED), "needs", "Needs you"),
        (submission(State.UNCONFIRMED, is_due=True), "checking", "Checking with Leonar"),
        (submission(State.UNCONFIRMED), "needs", "Needs you"),
        (submission(State.DISCARDED), "discarded", "Discarded"),
    ],
)
def test_a_state_is_shown_in_the_recruiters_words(found, meaning, word):
    label = states.state_label(found)

    assert (label.meaning, label.icon, label.word) == (meaning, meaning, word)


def test_filters_go_by_the_names_that_the_list_shows():
    shown = {states.state_label(submission(state, is_due=True)).word for state in State}

    offered = {str(word) for value, word in states.FILTERS.items() if value}

    assert shown <= offered


def test_filters_have_different_names():
    assert len({str(word) for word in states.FILTERS.values()}) == len(states.FILTERS)
