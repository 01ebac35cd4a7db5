"""Five deliverers over one queue claim every row once."""

import os

import pytest

from tests.portal import PortalProcess, wait_for
from tests.sandbox_process import SandboxProcess

DELIVERERS = 5
# The whole proof takes 2000, which a machine at rest does in a minute.
ROWS = int(os.environ.get("ROWS_FOR_DELIVERERS", "100"))
# One alone would be busy for so long that the others have started meanwhile, however slow the machine is.
SECONDS_FOR_ONE = 40


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_row_is_claimed_and_sent_once(database_url, tmp_path):
    with (
        SandboxProcess(tmp_path / "sandbox", rate_limit=1_000_000) as sandbox,
        PortalProcess(tmp_path / "portal", sandbox_url=sandbox.api_url, database_url=database_url, workers=0) as portal,
    ):
        sandbox.misbehave(mode="delay", seconds=SECONDS_FOR_ONE / ROWS, only="POST /contacts")
        portal.call("tests.rows.queue", ROWS)

        for _ in range(DELIVERERS):
            portal.start_deliverer()
        wait_for(lambda: len(sandbox.contacts()) >= ROWS, seconds=200, what="the last contact")
        portal.stop()

        ledger = sandbox.ledger()
        states = portal.call("tests.rows.states")
        attempts = portal.call("tests.rows.attempts")

    names = {f"Martin-{number + 1:05}" for number in range(ROWS)}
    assert len(ledger) == ROWS
    assert {line["body"]["last_name"] for line in ledger} == names
    assert states == {"created": ROWS}
    assert len(attempts) == ROWS
    assert {attempt["last_name"] for attempt in attempts} == names
    assert len({attempt["worker"] for attempt in attempts}) > 1
