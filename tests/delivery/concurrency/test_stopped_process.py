"""A deliverer that is stopped for longer than its lease, while another goes on: nothing is sent late, nothing twice."""

import signal
import sqlite3
from contextlib import closing

import psutil
import pytest

from tests.delivery.concurrency.door import Door
from tests.portal import PortalProcess, wait_for
from tests.sandbox_process import SandboxProcess

SHORT, LONG = 1.5, 4
# As long as it may be looked for the moment at which the deliverer waits for it.
ANSWER_AFTER = 3.2


def has_connection(pid: int, port: int, status: str) -> bool:
    """Whether the process has a connection to `port` in that state."""
    return any(one.raddr and one.raddr.port == port and one.status == status for one in connections(pid))


def state_after_the_lease(portal: PortalProcess) -> str | None:
    """What the only submission has become, once a deliverer has taken it over from the one that sends it."""
    state = portal.call("tests.rows.submissions")[0]["state"]
    return None if state == "sending" else state


def connections(pid: int):
    return psutil.Process(pid).net_connections("tcp4")


def stop_while(deliverer, portal: PortalProcess, port: int, status: str) -> None:
    """SIGSTOP at a moment when the deliverer sends, its connection to `port` is in that state, and it locks nothing.

    Its other loops call Leonar too when it starts, and write: whoever is stopped with SQLite's lock lets nobody write.
    """

    def is_stopped() -> bool:
        if not has_connection(deliverer.pid, port, status):
            return False
        deliverer.send_signal(signal.SIGSTOP)
        is_sending = portal.call("tests.rows.states") == {"sending": 1}
        if is_sending and has_connection(deliverer.pid, port, status) and nobody_writes(portal.database_url):
            return True
        deliverer.send_signal(signal.SIGCONT)
        return False

    wait_for(is_stopped, seconds=60, what=f"a connection in {status}")


def nobody_writes(database_url: str) -> bool:
    """Whether SQLite would let somebody write at once. PostgreSQL's locks are of rows, and end by themselves."""
    if not database_url.startswith("sqlite:///"):
        return True
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), timeout=0)) as database:
        try:
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
    return True


@pytest.fixture
def sandbox(tmp_path):
    with SandboxProcess(tmp_path / "sandbox") as sandbox:
        yield sandbox


def portal_of(tmp_path, database_url, leonar_url, *, deadline: float):
    names = ("LEONAR_CONNECT_TIMEOUT", "LEONAR_READ_TIMEOUT", "LEONAR_DEADLINE")
    times = {name: str(deadline) for name in names}
    return PortalProcess(
        tmp_path / "portal", sandbox_url=leonar_url, database_url=database_url, workers=0, environment=times
    )


@pytest.mark.slow
def test_stopped_while_connecting_it_sends_nothing_when_it_goes_on(database_url, tmp_path, sandbox):
    with Door(sandbox.port) as door, portal_of(tmp_path, database_url, door.url, deadline=SHORT) as portal:
        portal.call("tests.rows.queue", 1)
        stopped = portal.start_deliverer()
        stop_while(stopped, portal, door.port, psutil.CONN_SYN_SENT)
        attempt = len(portal.call("tests.rows.attempts"))

        door.open()
        wait_for(lambda: has_connection(stopped.pid, door.port, psutil.CONN_ESTABLISHED), what="a connection")
        own_port = next(one.laddr.port for one in connections(stopped.pid) if one.raddr and one.raddr.port == door.port)
        portal.start_deliverer()
        state_meanwhile = wait_for(lambda: state_after_the_lease(portal), seconds=60, what="the other deliverer")
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
    with portal_of(tmp_path, database_url, sandbox.api_url, deadline=LONG) as portal:
        sandbox.misbehave(mode="delay", seconds=ANSWER_AFTER, only="POST /contacts")
        portal.call("tests.rows.queue", 1)
        stopped = portal.start_deliverer()
        wait_for(lambda: sandbox.ledger(), seconds=60, what="the request")
        stop_while(stopped, portal, sandbox.port, psutil.CONN_ESTABLISHED)

        portal.start_deliverer()
        wait_for(lambda: state_after_the_lease(portal), seconds=60, what="the other deliverer")
        stopped.send_signal(signal.SIGCONT)
        wait_for(lambda: not portal.call("tests.rows.waiting"), seconds=60, what="the end of it")

        submission = portal.call("tests.rows.submissions")[0]
        ledger = sandbox.ledger()

    assert submission["state"] == "created"
    assert len(ledger) == 1
