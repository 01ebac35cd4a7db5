"""No answer, however it is made, costs more than its length: twice as long takes no more than about twice the time."""

import json
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress

import pytest

from contacts.leonar import answers, classify, parse
from contacts.leonar.answers import Answer, RateLimit
from contacts.leonar.redaction import redactor
from tests.growth import assert_linear
from tests.leonar.conftest import KEY

pytestmark = pytest.mark.slow

# The largest body that is read.
MEBIBYTE = 2**20
CONTACT_ID = "3f6c1f0e-7d0a-4a53-9a5c-2a1f0d4b8e11"


redact = redactor(KEY)


def refusal(body: str) -> None:
    classify.classify_answer(Answer(400, "", "", RateLimit(), 0.1), body)


def quoted(text: str) -> Callable[[int], str]:
    """An error whose message is `text` over and over."""
    return lambda size: json.dumps({"error": {"message": text * (size // len(text))}})


def created_with(extra: str) -> Callable[[int], str]:
    """A created contact that carries `extra` over and over."""
    return lambda size: f'{{"data": {{"id": "{CONTACT_ID}", "x": [{extra * (size // len(extra))}1]}}}}'


def never_closed(text: str) -> Callable[[int], str]:
    return lambda size: '{"data": ' + text * (size // len(text))


@pytest.mark.parametrize(
    ("act", "make"),
    [
        (refusal, quoted("www.example ")),
        (refusal, quoted(".example")),
        (refusal, quoted("email.")),
        (refusal, quoted("email: ")),
        (refusal, quoted("\\")),
        (refusal, quoted("\ud83d")),
        (redact, quoted("leo_")),
        (redact, quoted("l")),
        (redact, quoted(KEY[:-1])),
        (redact, quoted("\\")),
        (redact, quoted("\\u006c")),
        (redact, quoted("%6c")),
        (redact, never_closed(r"\u006c")),
        (redact, never_closed(b64encode(KEY.encode()).decode()[:-8])),
        (parse.contact, created_with("[],")),
        (parse.contact, created_with("{},")),
        (parse.contact, created_with("[[[[[[[[]]]]]]]],")),
        (parse.contact, created_with("[" * 60 + "]" * 60 + ",")),
        (parse.contact, created_with("[" * 400 + "]" * 400 + ",")),
        (parse.contact, created_with('"\\u0000",')),
        (parse.contact, created_with('["\\ud83d"],')),
        (parse.contact, created_with("9" * 4000 + ",")),
        (parse.contact, created_with("1." + "9" * 4000 + "e-300,")),
        (parse.contact, created_with("9")),
        (parse.contact, never_closed("[")),
        (parse.contact, never_closed('{"a":')),
        (parse.contact, never_closed('"')),
        (parse.contact, never_closed('"\\')),
        (parse.contact, never_closed('[["\\"')),
    ],
)  # fmt: skip
def test_a_body_is_read_in_time_that_grows_with_its_length(act, make):
    def read(body: str) -> None:
        with suppress(ValueError):
            act(body)

    assert_linear(read, make, size=MEBIBYTE)


@pytest.mark.parametrize("text", ["1", "9 ", "Mon, ", "0:", " ", "+0000 ", "("])
def test_a_head_is_read_in_time_that_grows_with_its_length(text):
    def read(value: str) -> None:
        headers = dict.fromkeys(("X-RateLimit-Limit", "X-RateLimit-Reset", "Date"), value)
        answers.read_rate_limit(headers, now=0)
        answers.read_skew(headers, now=0)
        answers.content_type(value)

    assert_linear(read, lambda size: text * (size // len(text)), size=65_536)


def test_a_message_is_read_in_time_that_grows_with_its_dots():
    assert_linear(refusal, lambda labels: quoted("www" + ".example" * labels + " is not allowed ")(500_000), size=4_000)
