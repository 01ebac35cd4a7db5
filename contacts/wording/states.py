"""How a state is shown everywhere: a meaning (its colour), an icon, a word. The words are those of the model."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from contacts.history import counts, search
from contacts.models import Submission

State = Submission.State

# Meanings: each is a colour of the design system and, with an icon and a word, the way a state is shown.
CREATED, WAITING, CHECKING, NEEDS, DISCARDED = "created", "waiting", "checking", "needs", "discarded"

MEANINGS = {
    State.QUEUED: WAITING,
    State.SENDING: WAITING,
    State.CREATED: CREATED,
    State.REJECTED: NEEDS,
    State.UNCONFIRMED: CHECKING,
    State.DISCARDED: DISCARDED,
}

# What the history can be narrowed to, by the names that its rows have. Whatever needs a person goes by one name,
# whichever state it is in.
FILTERS = {
    "": gettext_lazy("Any state"),
    search.NEEDS: State.REJECTED.label,
    search.WAITING: State.QUEUED.label,
    search.CHECKING: State.UNCONFIRMED.label,
    State.CREATED.value: State.CREATED.label,
    State.DISCARDED.value: State.DISCARDED.label,
    State.REJECTED.value: gettext_lazy("Needs you: refused by Leonar"),
    State.UNCONFIRMED.value: gettext_lazy("Sent, outcome not yet known"),
    State.SENDING.value: State.SENDING.label,
    State.QUEUED.value: gettext_lazy("Waiting, not being sent"),
}
# Parts of a group that people know by one name.
UNOFFERED = frozenset({State.UNCONFIRMED.value, State.SENDING.value, State.QUEUED.value})


@dataclass(frozen=True, slots=True)
class StateLabel:
    """A state as it is shown everywhere: a meaning (its colour), an icon, a word."""

    meaning: str
    icon: str
    word: str


def how_many(count: int | None) -> str:
    """A count as people read it: nothing where there is none, "200+" where nobody has counted further."""
    if not count:
        return ""
    return f"{counts.COUNTED_MOST}+" if count > counts.COUNTED_MOST else str(count)


def state_label(submission: Submission) -> StateLabel:
    """How the history and every list show the state. Reads `state` and `due_at` only."""
    state = State.REJECTED if submission.needs_person else State(submission.state)
    meaning = MEANINGS[state]
    return StateLabel(meaning, meaning, str(state.label))
