"""The failure table, row by row: what a status and what an exception say about a request."""

import http.client
import json
import socket
import ssl

import pytest
from urllib3 import exceptions as urllib3_errors

from contacts.leonar import errors
from contacts.leonar.answers import Answer, RateLimit
from contacts.leonar.classify import CODES, classify_answer, classify_exception, classify_success


def answered(status: int, body: str = "", *, reset_in: float | None = None) -> errors.LeonarError | None:
    return classify_answer(Answer(status, "", "", RateLimit(reset_in=reset_in), 0.1), body)


def error_body(message: str, code: str = "validation_error") -> str:
    return json.dumps({"error": {"code": code, "message": message}})


KINDS_BY_STATUS = {
    errors.Invalid: {400},
    errors.KeyRefused: {401, 402},
    errors.AddressWrong: {403, 404, 405, 410, *range(300, 400)},
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
        ("emails[1].email: no", "emails[1].email", "no"),
        ("Error: no", None, "Error: no"),
        ("2: no", None, "2: no"),
        ("email address: no", None, "email address: no"),
        ("email\t: no", None, "email\t: no"),
        ("email", None, "email"),
        ("nickname: too long", "nickname", "too long"),
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


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html>",
        "\ufffd",
        "[]",
        "null",
        '{"error": "x"}',
        '{"error": {"message": 3, "code": []}}',
        "[" * 99999,
    ],
)
def test_an_error_without_a_readable_body_is_judged_by_its_status(body):
    failure = answered(400, body)

    assert (failure.field, failure.message, failure.detail) == (None, "", "HTTP 400")


def test_a_very_long_message_is_cut():
    assert len(answered(400, error_body("x" * 5000)).message) == 500


@pytest.mark.parametrize("status", [*range(300, 408), 410, 413, 422, 429])
def test_a_refusal_carries_the_code_only_if_it_is_documented(status):
    known = answered(status, error_body("x", code="not_found"))
    unknown = answered(status, error_body("x", code="ana.kowalska@example.com"))

    assert (known.code, known.detail) == ("not_found", f"HTTP {status} not_found")
    assert (unknown.code, unknown.detail) == ("", f"HTTP {status}")


@pytest.mark.parametrize("code", sorted(CODES | {"", "forbidden"}))
def test_a_403_is_about_the_key_only_where_leonar_says_so(code):
    failure = answered(403, error_body("x", code=code))

    assert isinstance(failure, errors.KeyRefused) == (code in {"insufficient_scope", "invalid_api_key"})
    assert isinstance(failure, errors.AddressWrong) == (code not in {"insufficient_scope", "invalid_api_key"})


def test_a_server_error_names_a_documented_code_only():
    assert answered(500, error_body("x", code="internal_error")).detail == "HTTP 500 internal_error"
    assert answered(500, error_body("x", code="ana")).detail == "HTTP 500"


@pytest.mark.parametrize(
    ("status", "content_type", "body", "kind"),
    [
        (201, "application/json", '{"data": {', errors.CreatedUnseen),
        (201, "text/html", "<html>", errors.CreatedUnseen),
        (201, "", "", errors.CreatedUnseen),
        (200, "application/json", "{'data': ok}", errors.CreatedUnseen),
        (200, "application/problem+JSON; charset=utf-8", "nonsense", errors.CreatedUnseen),
        (202, "text/html", '  {"data": {', errors.CreatedUnseen),
        (202, "", "\n[1, 2]", errors.CreatedUnseen),
        (200, "text/html", "<html>", errors.ServerError),
        (200, "", "OK", errors.ServerError),
        (200, "application/json", "", errors.ServerError),
        (202, "application/json", "  \r\n", errors.ServerError),
        (204, "", "", errors.ServerError),
        (299, "text/plain", "data", errors.ServerError),
    ],
)
@pytest.mark.parametrize("is_complete", [True, False])
def test_a_success_without_an_id_was_created_if_it_is_leonars_own(status, content_type, body, kind, is_complete):
    answer = Answer(status, content_type, body, RateLimit(), 0.1)

    failure = classify_success(answer, is_complete=is_complete)

    assert type(failure) is kind
    assert failure.answer is answer


def test_the_detail_of_a_success_without_an_id_says_what_was_wrong():
    created, page = Answer(201, "", "", RateLimit(), 0.1), Answer(200, "", "", RateLimit(), 0.1)

    assert classify_success(created, is_complete=True).detail == "HTTP 201 unreadable"
    assert classify_success(created, is_complete=False).detail == "HTTP 201 cut off"
    assert classify_success(page, is_complete=True).detail == "HTTP 200 without JSON"


def test_the_wait_after_a_429_is_the_time_to_the_reset():
    assert answered(429, reset_in=42.5).retry_after == 42.5
    assert answered(429).retry_after is None


REFUSED = ConnectionRefusedError(111, "refused")
NO_ROUTE = OSError(113, "no route")
UNKNOWN_HOST = socket.gaierror(-2, "Name or service not known")
TIMED_OUT = TimeoutError("timed out")
RESET = ConnectionResetError(104, "reset")
PIPE = BrokenPipeError(32, "pipe")
NOT_TRUSTED = ssl.SSLCertVerificationError(1, "certificate verify failed")
OLD_TLS = ssl.SSLError(1, "wrong version number")
END_OF_TLS = ssl.SSLEOFError(8, "EOF")
CLOSED = http.client.RemoteDisconnected("closed")
NOT_HTTP = http.client.BadStatusLine("SSH-2.0")
TWO_LENGTHS = urllib3_errors.InvalidHeader("x")

ANY = [REFUSED, NO_ROUTE, UNKNOWN_HOST, TIMED_OUT, RESET, PIPE, NOT_TRUSTED, OLD_TLS, END_OF_TLS, CLOSED, NOT_HTTP,
       TWO_LENGTHS]  # fmt: skip


@pytest.mark.parametrize("raised", ANY, ids=repr)
def test_before_the_first_byte_nothing_was_sent_and_only_a_certificate_needs_an_admin(raised):
    failure = classify_exception(raised, began=False)

    assert type(failure) is (errors.Untrusted if raised is NOT_TRUSTED else errors.Unreachable)


@pytest.mark.parametrize("raised", ANY, ids=repr)
def test_after_the_first_byte_the_outcome_is_open(raised):
    failure = classify_exception(raised, began=True)

    assert type(failure) is (errors.NoAnswer if raised is TIMED_OUT else errors.ConnectionLost)


def test_the_detail_names_classes_and_codes_and_quotes_nothing():
    quoting = ConnectionResetError(104, "sophie.martin@example.com")

    assert classify_exception(quoting, began=True).detail == "ConnectionResetError 104"
    assert classify_exception(CLOSED, began=True).detail == "RemoteDisconnected"
