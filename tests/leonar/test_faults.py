"""Every scripted failure, through the real client over real sockets."""

import time

import pytest

from contacts.leonar import errors
from contacts.leonar.client import LeonarClient, Reply
from tests.delivery.faults.acts import CONTACT_ID
from tests.delivery.faults.scripts import NO_RESET, SCRIPTS, Script
from tests.delivery.faults.server import FaultServer

KEY = "leo_not_a_real_key_0123456789"
SOPHIE = {"first_name": "Sophie", "last_name": "Martin", "email": "sophie.martin@example.com"}
# Larger than all buffers on the way together.
LARGE = SOPHIE | {"custom_data": {"note": "x" * 8_000_000}}

KNOWN_REASONS = {
    errors.NotSent: {"unreachable", "untrusted", "abandoned"},
    errors.Refused: {"invalid", "refused", "key_refused", "address_wrong", "rate_limited"},
    errors.OutcomeUnknown: {"no_answer", "connection_lost", "server_error", "answer_unreadable"},
}


@pytest.fixture(scope="module")
def server():
    with FaultServer() as server:
        yield server


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_a_failure_is_judged_as_the_table_says(server, script):
    client = client_for(server, script)

    began = time.monotonic()
    outcome = create(client, LARGE if script.is_large else SOPHIE)
    elapsed = time.monotonic() - began

    assert reason(outcome) == script.expected_reason
    assert isinstance(outcome, kind(script.expected_reason))
    # The second and more is for a busy machine.
    assert elapsed <= client.deadline + 5
    assert_wait(outcome, script)
    assert_oracle(server, script, outcome)
    assert_discreet(outcome)


def test_the_table_holds_more_than_fifty_failures_with_different_names():
    failures = [script for script in SCRIPTS if script.expected_reason]

    assert len(failures) >= 50
    assert len({script.name for script in SCRIPTS}) == len(SCRIPTS)
    assert {script.expected_reason for script in failures} == set().union(*KNOWN_REASONS.values()) - {"abandoned"}


def client_for(server: FaultServer, script: Script) -> LeonarClient:
    """Short of time only where time must run out; elsewhere a busy machine must not change the verdict."""
    connect, read, deadline = (0.5, 0.5, 1.0) if script.stalls else (5, 5, 10)
    return LeonarClient(
        base_url=server.play(script),
        api_key=KEY,
        connect_timeout=connect,
        read_timeout=read,
        deadline=deadline,
        ca_bundle=server.ca_bundle,
    )


def create(client: LeonarClient, payload: dict) -> Reply | errors.LeonarError:
    try:
        return client.create_contact(payload)
    except errors.LeonarError as error:
        return error


def reason(outcome: Reply | errors.LeonarError) -> str:
    return "" if isinstance(outcome, Reply) else outcome.reason


def kind(expected: str) -> type:
    return next((kind for kind, reasons in KNOWN_REASONS.items() if expected in reasons), Reply)


def assert_wait(outcome: Reply | errors.LeonarError, script: Script) -> None:
    if script.reset_in is None:
        return
    shortest, longest = script.reset_in
    if script.reset_in == NO_RESET:
        assert outcome.retry_after is None
    else:
        assert shortest <= outcome.retry_after <= longest


def assert_oracle(server: FaultServer, script: Script, outcome: Reply | errors.LeonarError) -> None:
    """What the server saw decides whether a client that sends again would create a second contact."""
    assert (server.waits_for_whole_request() if script.is_seen else server.saw_whole_request) == script.is_seen
    assert server.connections <= 1
    if server.saw_whole_request:
        assert not isinstance(outcome, errors.NotSent)
    if not script.expected_reason:
        assert outcome.data["id"] == CONTACT_ID


def assert_discreet(outcome: Reply | errors.LeonarError) -> None:
    shown = f"{outcome!r} {outcome!s} {getattr(outcome, 'args', '')}"
    for secret in (KEY, "Sophie", "sophie.martin@example.com", "Invalid email format"):
        assert secret not in shown
    # A logger that prints a whole traceback finds no original that holds the request.
    assert getattr(outcome, "__context__", None) is None
    assert getattr(outcome, "__cause__", None) is None
