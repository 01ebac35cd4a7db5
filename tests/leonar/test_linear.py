"""No answer, however it is made, costs more than its length: twice as long takes no more than about twice the time."""

import json
import time
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress

import pytest

from contacts.leonar import answers, classify, parse
from contacts.leonar.answers import Answer, RateLimit
from contacts.leonar.redaction import redactor
from tests.leonar.conftest import KEY

# The largest body that is read.
MEBIBYTE = 2**20
# Far above what a mebibyte takes, far below what a quadratic reading would.
SECONDS_MOST = 1.0
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


def cpu_seconds(act: Callable[[str], object], body: str) -> float:
    began = time.process_time()
    with suppress(ValueError):
        act(body)
    return time.process_time() - began


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
    quarter, whole = (min(cpu_seconds(act, make(size)) for _ in range(3)) for size in (MEBIBYTE // 4, MEBIBYTE))

    assert whole < SECONDS_MOST
    # Four times as long: linear is 4, quadratic 16. What is too quick to measure is linear enough.
    assert whole < 0.02 or whole < 10 * quarter


@pytest.mark.parametrize("text", ["1", "9 ", "Mon, ", "0:", " ", "+0000 ", "("])
def test_a_head_is_read_in_time_that_grows_with_its_length(text):
    names = ("X-RateLimit-Limit", "X-RateLimit-Reset", "Date", "Content-Type")
    headers = dict.fromkeys(names, text * (65536 // len(text)))
    began = time.process_time()

    answers.read_rate_limit(headers, now=began)
    answers.read_skew(headers, now=began)
    answers.content_type(headers["Content-Type"])

    assert time.process_time() - began < 0.1


def test_a_message_full_of_dots_is_read_at_once():
    began = time.process_time()

    refusal(quoted("www" + ".example" * 60 + " is not allowed ")(500))

    assert time.process_time() - began < 0.1
