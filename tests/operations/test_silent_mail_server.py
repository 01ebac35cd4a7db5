"""A mail server that accepts and says nothing stops neither delivery nor its end. Real processes, a real socket."""

import signal

import pytest

from tests.operations.silent_mail import SilentMailServer
from tests.portal import PortalProcess, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture
def mail_server():
    with SilentMailServer() as server:
        yield server


@pytest.fixture
def portal(tmp_path, sandbox, mail_server):
    """A portal without a web server, whose digest goes to a mail server that keeps silent for a minute."""
    mail = {
        "DIGEST_RECIPIENTS": "ana@portal.example",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
        "EMAIL_TIMEOUT": "60",
    }
    with PortalProcess(tmp_path / "portal", sandbox_url=sandbox.api_url, workers=0, environment=mail) as portal:
        yield portal


def test_contacts_go_out_and_sigterm_is_obeyed_while_mail_hangs(portal, mail_server):
    portal.call("tests.operations.trouble.leave_one_waiting_for_long")
    portal.start_deliverer()
    wait_for(lambda: mail_server.callers, what="the digest's call")

    portal.call("tests.rows.queue", 3)
    wait_for(lambda: portal.call("tests.rows.states").get("created") == 3, what="three created contacts")
    # It is waited for less long than the mail would hang.
    status = portal.stop_deliverer(signal.SIGTERM)

    assert status == 0


def test_the_mail_gives_up_after_its_time_limit(portal, mail_server):
    portal.environment["EMAIL_TIMEOUT"] = "1"
    portal.call("tests.operations.trouble.leave_one_waiting_for_long")

    portal.start_deliverer()

    wait_for(lambda: "digest not sent: SMTPServerDisconnected" in portal.log("deliverer"), what="the end of the try")
