"""The tree of errors: closed list, drawn in its docstring."""

import re

import pytest

from contacts.leonar import errors
from contacts.leonar.answers import Answer, RateLimit


def descendants(kind: type) -> list[type]:
    return [found for child in kind.__subclasses__() for found in (child, *descendants(child))]


KINDS = descendants(errors.LeonarError)
LEAVES = [kind for kind in KINDS if kind.reason]


def test_every_error_that_is_raised_has_a_reason_of_its_own():
    assert sorted(kind.reason for kind in LEAVES) == [
        "abandoned",
        "address_wrong",
        "answer_unreadable",
        "connection_lost",
        "invalid",
        "key_refused",
        "no_answer",
        "rate_limited",
        "refused",
        "server_error",
        "unreachable",
        "untrusted",
    ]


def test_the_tree_in_the_docstring_is_the_true_one():
    drawn = re.findall(r"^[│├└─ ]*── (\w+)", errors.__doc__, re.MULTILINE)

    assert sorted(drawn) == sorted(kind.__name__ for kind in KINDS)


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_only_reason_and_detail_are_shown(kind):
    answer = Answer(400, "text/html", "Ana Kowalska", RateLimit(), 0.1)

    failure = kind(detail="HTTP 400", answer=answer)

    assert str(failure) == f"{kind.reason}: HTTP 400"
    assert repr(failure) == f"<{kind.__name__} {kind.reason}: HTTP 400>"
    assert failure.answer is answer
    assert failure.args == ()
