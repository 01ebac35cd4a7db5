"""What an attempt knows about itself outranks what an exception looks like."""

import pytest
from urllib3.connection import HTTPConnection
from urllib3.exceptions import NewConnectionError

from contacts.leonar import errors
from contacts.leonar.client import always
from contacts.leonar.transport import Attempt

REFUSED = NewConnectionError(HTTPConnection("leonar.example"), "refused")


@pytest.mark.parametrize(("began", "kind"), [(False, errors.Unreachable), (True, errors.ConnectionLost)])
def test_once_writing_has_begun_no_exception_makes_a_request_unsent(began, kind):
    attempt = Attempt(deadline=1, may_send=always)
    attempt.began = began

    assert type(attempt.judge(REFUSED)) is kind
