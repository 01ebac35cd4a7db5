"""A deliverer that is stopped for longer than its lease, while another goes on: nothing is sent late, nothing twice."""

import signal
import time

import psutil
import pytest

from tests.delivery.concurrency.door import Door
from tests.portal import PortalProcess, wait_for
from tests.sandbox_process import SandboxProcess

DEADLINE = 1.5
LEASE = 2 * DEADLINE
TIMES = {
    "LEONAR_CONNECT_TIMEOUT": str(DEADLINE),
    "LEONAR_READ_TIMEOUT": str(DEADLINE),
    "LEONAR_DEADLINE": str(DEADLINE),
}


def has_connection(pid: int, port: int, status: str) -> bool:
    """Whether the process has a connection to `port` in that state."""
    return any(one.raddr and one.raddr.port == port and one.status == status for one in connections(pid))


def connections(pid: int):
    return psutil.Process(pid).net_connections("tcp4")


def stop_while(deliverer, port: int, status: str) -> None:
    """SIGSTOP at the moment when the deliverer's connection to `port` is in that state."""
    wait_for(lambda: has_connection(deliverer.pid, port, status), seconds=60, what=f"a connection in {status}")
    deliverer.send_signal(signal.SIGSTOP)
    assert has_connection(deliverer.pid, port, status)


@pytest.fixture
def sandbox(tmp_path):
    with SandboxProcess(tmp_path / "sandbox") as sandbox:
        yield sandbox


def portal_of(tmp_path, database_url, leonar_url):
    return PortalProcess(
        tmp_path / "portal", sandbox_url=leonar_url, database_url=database_url, workers=0, environment=TIMES
    )


@pytest.mark.slow
def test_stopped_while_connecting_it_sends_nothing_when_it_goes_on(database_url, tmp_path, sandbox):
    with Door(sandbox.port) as door, portal_of(tmp_path, database_url, door.url) as portal:
        portal.call("tests.rows.queue", 1)
        stopped = portal.start_deliverer()
        stop_while(stopped, door.port, psutil.CONN_SYN_SENT)
        attempt = len(portal.call("tests.rows.attempts"))

        door.open()
        wait_for(lambda: has_connection(stopped.pid, door.port, psutil.CONN_ESTABLISHED), what="a connection")
        own_port = next(one.laddr.port for one in connections(stopped.pid) if one.raddr and one.raddr.port == door.port)
        portal.start_deliverer()
        time.sleep(2 * LEASE)
        state_meanwhile = portal.call("tests.rows.submissions")[0]["state"]
        stopped.send_signal(signal.SIGCONT)
        # Finding that nothing was sent, it gives the submission back, and it is sent afresh.
        wait_for(lambda: sandbox.contacts(), what="the contact")
        wait_for(lambda: not portal.call("tests.rows.waiting"), what="the end of it")

        attempts = portal.call("tests.rows.attempts")
        ledger = sandbox.ledger()

    assert state_meanwhile == "unconfirmed"
    assert (attempts[attempt - 1]["verdict"], attempts[attempt - 1]["reason"]) == ("not_sent", "abandoned")
    assert door.said[own_port] == b""
    assert [one["verdict"] for one in attempts[attempt:]] == ["created"]
    assert len(ledger) == 1


@pytest.mark.slow
def test_stopped_while_it_waits_for_the_answer_it_is_not_sent_again(database_url, tmp_path, sandbox):
    with portal_of(tmp_path, database_url, sandbox.api_url) as portal:
        sandbox.misbehave(mode="delay", seconds=0.8, only="POST /contacts")
        portal.call("tests.rows.queue", 1)
        stopped = portal.start_deliverer()
        wait_for(lambda: sandbox.ledger(), seconds=60, what="the request")
        stop_while(stopped, sandbox.port, psutil.CONN_ESTABLISHED)

        portal.start_deliverer()
        time.sleep(2 * LEASE)
        stopped.send_signal(signal.SIGCONT)
        wait_for(lambda: not portal.call("tests.rows.waiting"), seconds=60, what="the end of it")

        submission = portal.call("tests.rows.submissions")[0]
        ledger = sandbox.ledger()

    assert submission["state"] == "created"
    assert len(ledger) == 1
