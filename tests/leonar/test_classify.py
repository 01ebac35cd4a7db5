"""The failure table, row by row: what a status and what an exception say about a request."""

import http.client
import json
import socket
import ssl

import pytest
import requests
from urllib3 import exceptions as urllib3_errors
from urllib3.connection import HTTPConnection

from contacts.leonar import errors, limits
from contacts.leonar.answers import Answer, RateLimit
from contacts.leonar.classify import classify_answer, classify_exception

CONNECTION = HTTPConnection("leonar.example")


def answered(status: int, body: bytes = b"", *, reset_in: float | None = None) -> errors.LeonarError | None:
    return classify_answer(Answer(status, "", "", RateLimit(reset_in=reset_in), 0.1), body)


def error_body(message: str, code: str = "validation_error") -> bytes:
    return json.dumps({"error": {"code": code, "message": message}}).encode()


KINDS_BY_STATUS = {
    errors.Invalid: {400},
    errors.KeyRefused: {401, 402, 403},
    errors.AddressWrong: {404, 405, 410, *range(300, 400)},
    errors.RateLimited: {429},
    errors.ServerError: {408, 409, 425, *range(500, 1000)},
    errors.ConnectionLost: set(range(100, 200)),
    type(None): set(range(200, 300)),
}


def test_every_status_means_what_the_table_says():
    seen = {status: type(answered(status)) for status in range(100, 1000)}

    listed = {status: kind for kind, statuses in KINDS_BY_STATUS.items() for status in statuses}
    assert seen == dict.fromkeys(range(400, 500), errors.NotAccepted) | listed


@pytest.mark.parametrize(
    ("message", "field", "said"),
    [
        ("email: Invalid email format", "email", "Invalid email format"),
        ("emails.1.email: Invalid email format", "emails.1.email", "Invalid email format"),
        ("phones.4: too\nmany", "phones.4", "too\nmany"),
        ("custom_data.eye-colour: unknown: field", "custom_data.eye-colour", "unknown: field"),
        ("first_name:required", "first_name", "required"),
        ("nickname: not a field", None, "nickname: not a field"),
        ("Body is not JSON", None, "Body is not JSON"),
        ("", None, ""),
        (": x", None, ": x"),
        ("<b>email</b>: x", None, "<b>email</b>: x"),
    ],
)
@pytest.mark.parametrize("status", [400, 422])
def test_the_field_that_leonar_names_first_is_split_off(status, message, field, said):
    failure = answered(status, error_body(message))

    assert (failure.field, failure.message) == (field, said)


@pytest.mark.parametrize("field", limits.BODY_FIELDS)
def test_every_documented_field_is_recognised(field):
    assert answered(400, error_body(f"{field}: no")).field == field


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"error": "x"}',
        b'{"error": {"message": 3, "code": []}}',
        b"[" * 99999,
    ],
)
def test_an_error_without_a_readable_body_is_judged_by_its_status(body):
    failure = answered(400, body)

    assert (failure.field, failure.message, failure.detail) == (None, "", "HTTP 400")


def test_a_very_long_message_is_cut():
    assert len(answered(400, error_body("x" * 5000)).message) == 500


def test_only_documented_codes_reach_the_log():
    known = answered(403, error_body("x", code="insufficient_scope"))
    unknown = answered(403, error_body("x", code="ana.kowalska@example.com"))

    assert (known.detail, unknown.detail) == ("HTTP 403 insufficient_scope", "HTTP 403")


def test_the_wait_after_a_429_is_the_time_to_the_reset():
    assert answered(429, reset_in=42.5).retry_after == 42.5
    assert answered(429).retry_after is None


def wrapped(cause: Exception) -> Exception:
    """As `requests` and urllib3 hand a failure out: a ConnectionError around a MaxRetryError around the cause."""
    return requests.ConnectionError(urllib3_errors.MaxRetryError(None, "/contacts", cause))


def insecure(cause: Exception) -> Exception:
    """The same for TLS, which `requests` tells apart."""
    return requests.exceptions.SSLError(urllib3_errors.MaxRetryError(None, "/", urllib3_errors.SSLError(cause)))


def aborted(cause: Exception) -> Exception:
    return requests.ConnectionError(urllib3_errors.ProtocolError("Connection aborted.", cause))


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (wrapped(urllib3_errors.NewConnectionError(CONNECTION, "refused")), errors.Unreachable),
        (wrapped(urllib3_errors.NameResolutionError("x", CONNECTION, socket.gaierror(-2, "x"))), errors.Unreachable),
        (wrapped(urllib3_errors.ConnectTimeoutError("x")), errors.Unreachable),
        (insecure(ssl.SSLCertVerificationError(1, "certificate verify failed")), errors.Untrusted),
        (insecure(ssl.SSLError(1, "wrong version number")), errors.ConnectionLost),
        (insecure(ssl.SSLEOFError(8, "EOF")), errors.ConnectionLost),
        (requests.ReadTimeout(urllib3_errors.ReadTimeoutError(None, None, "x")), errors.NoAnswer),
        (aborted(TimeoutError("timed out")), errors.NoAnswer),
        (aborted(ConnectionResetError(104, "reset")), errors.ConnectionLost),
        (aborted(BrokenPipeError(32, "pipe")), errors.ConnectionLost),
        (aborted(http.client.RemoteDisconnected("closed")), errors.ConnectionLost),
        (aborted(http.client.BadStatusLine("SSH-2.0")), errors.ConnectionLost),
        (aborted(OSError(113, "no route")), errors.ConnectionLost),
        (requests.exceptions.ChunkedEncodingError(urllib3_errors.ProtocolError("x")), errors.ConnectionLost),
        (requests.exceptions.ContentDecodingError(urllib3_errors.DecodeError("x")), errors.ConnectionLost),
        (urllib3_errors.InvalidHeader("x"), errors.ConnectionLost),
        (OSError("anything"), errors.ConnectionLost),
        # The outermost class alone proves nothing.
        (requests.ConnectionError(), errors.ConnectionLost),
        (requests.ConnectTimeout(), errors.ConnectionLost),
        (requests.exceptions.SSLError(), errors.ConnectionLost),
        (ConnectionRefusedError(111, "refused"), errors.ConnectionLost),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_an_exception_means_what_its_chain_of_causes_says(raised, kind):
    assert type(classify_exception(raised)) is kind


def test_an_explicit_cause_counts_and_what_was_being_handled_does_not():
    refused = urllib3_errors.NewConnectionError(CONNECTION, "refused")
    caused, handled = OSError("x"), OSError("x")
    caused.__cause__ = refused
    handled.__context__ = refused

    assert type(classify_exception(caused)) is errors.Unreachable
    assert type(classify_exception(handled)) is errors.ConnectionLost


def test_a_chain_that_bites_its_tail_comes_to_an_end():
    first, second = OSError("x"), OSError("y")
    first.__cause__, second.__cause__ = second, first

    assert type(classify_exception(first)) is errors.ConnectionLost


def test_the_detail_names_classes_and_codes_and_quotes_nothing():
    failure = classify_exception(aborted(ConnectionResetError(104, "sophie.martin@example.com")))

    assert failure.detail == "ConnectionError < ProtocolError < ConnectionResetError 104"
