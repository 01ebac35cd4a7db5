"""`manage.py deliver` as a process: stops gracefully, is quick, is quiet, and says nothing personal."""

import re

import pytest

from tests.portal import PortalProcess, wait_for
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.slow

KEY = "leo_very_private_key"
LINE = re.compile(r"submission=[0-9a-f-]{36} (attempt|check)=\d+ verdict=\w+")


@pytest.fixture
def sandbox(tmp_path):
    with SandboxProcess(tmp_path / "sandbox") as sandbox:
        yield sandbox


@pytest.fixture
def portal(tmp_path, sandbox):
    with PortalProcess(
        tmp_path / "portal", sandbox_url=sandbox.api_url, workers=0, environment={"LEONAR_API_KEY": KEY}
    ) as portal:
        yield portal


def test_told_to_stop_it_finishes_the_row_in_hand_and_takes_no_other(portal, sandbox):
    sandbox.misbehave(mode="delay", seconds=1, calls=9, only="POST /contacts")
    portal.call("tests.rows.queue", 2)
    portal.start_deliverer()
    wait_for(sandbox.ledger, what="the first request")

    status = portal.stop_deliverer()

    assert status == 0
    assert [row["state"] for row in portal.call("tests.rows.submissions")] == ["created", "queued"]
    assert len(sandbox.ledger()) == 1


@pytest.mark.timeout(300)
def test_the_log_has_a_line_an_act_and_neither_names_nor_the_key(portal, sandbox):
    sandbox.misbehave(mode="drop_after_creating", only="POST /contacts")
    sandbox.misbehave(mode="status", status=400, message="first_name: Sophie is taken", only="POST /contacts")
    portal.call("tests.rows.queue", 3)

    portal.start_deliverer()
    wait_for(lambda: not portal.call("tests.rows.waiting"), seconds=150, what="the end of it")
    portal.stop_deliverer()

    connected_to, *lines = portal.log("deliverer").strip().splitlines()
    assert f"127.0.0.1:{sandbox.port}" in connected_to
    assert "SQLite" in connected_to
    # Where the machine is so slow that work is overdue, the log says that too.
    acts = [line for line in lines if "submission=" in line]
    verdicts = [found[0].rpartition("=")[2] for found in map(LINE.search, acts) if found]
    assert sorted(verdicts) == ["created", "found", "refused", "unknown"]
    assert len(acts) == 4
    assert all("delivery: " in line for line in lines if line not in acts)
    for secret in (KEY, "Sophie", "Martin", "acme.example"):
        assert secret.lower() not in portal.log("deliverer").lower()


def test_new_work_is_picked_up_by_a_deliverer_that_had_nothing_to_do(portal):
    portal.start_deliverer()

    # `make bench` says how soon, and what waiting costs.
    waited = portal.call("tests.rows.pick_up_seconds", 5)

    assert len(waited) == 5
