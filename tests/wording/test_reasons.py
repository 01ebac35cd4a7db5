"""Each reason of the closed list has its sentence, and each kind of error its reason."""

import re

import pytest

from contacts.leonar import errors
from contacts.models import Reason
from contacts.wording import reasons


def leaves(kind: type[errors.LeonarError]) -> set[str]:
    own = {kind.reason} if kind.reason else set()
    return own.union(*(leaves(below) for below in kind.__subclasses__()))


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason])
def test_every_reason_has_a_plain_sentence(reason):
    said = reasons.sentence(reason)

    assert re.fullmatch(r"[A-Z][^!]+\.", said)
    assert not re.search(r"please|oops|sorry|by itself|mend", said, re.IGNORECASE)


def test_the_clients_reasons_are_all_among_them():
    assert leaves(errors.LeonarError) <= {reason.value for reason in reasons.SENTENCES}


def test_what_was_sent_without_a_known_reason_reads_as_unanswered():
    assert reasons.what_is_known("") == reasons.sentence(Reason.NO_ANSWER)
