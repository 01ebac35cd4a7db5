"""How a state is shown everywhere: a meaning (its colour), an icon, a word. The words are those of the model."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

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

# What the history can be narrowed to. Whatever needs a person goes by one name, whichever state it is in.
FILTERS = {
    "": gettext_lazy("Any state"),
    NEEDS: State.REJECTED.label,
    **dict(State.choices),
    State.REJECTED.value: gettext_lazy("Needs you: refused by Leonar"),
}


@dataclass(frozen=True, slots=True)
class StateLabel:
    """A state as it is shown everywhere: a meaning (its colour), an icon, a word."""

    meaning: str
    icon: str
    word: str


def state_label(submission: Submission) -> StateLabel:
    """How the history and every list show the state. Reads `state` and `due_at` only."""
    state = State.REJECTED if submission.needs_person else State(submission.state)
    meaning = MEANINGS[state]
    return StateLabel(meaning, meaning, str(state.label))
