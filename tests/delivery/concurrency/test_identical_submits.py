"""The same form pressed in eight tabs at once is one submission and one call."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest

from tests.portal import Person, PortalProcess
from tests.sandbox_process import SandboxProcess

AT_ONCE = 8
# The whole proof takes 200, which a machine at rest does in half a minute.
ROUNDS = int(os.environ.get("ROUNDS_OF_IDENTICAL_SUBMITS", "12"))


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_identical_submits_at_once_are_one_row_and_one_call(database_url, tmp_path):
    with (
        SandboxProcess(tmp_path / "sandbox", rate_limit=1_000_000) as sandbox,
        PortalProcess(tmp_path / "portal", sandbox_url=sandbox.api_url, database_url=database_url) as portal,
        ThreadPoolExecutor(AT_ONCE) as threads,
    ):
        sophie = portal.sign_in()
        tabs = [sophie.another_tab() for _ in range(AT_ONCE)]
        barrier = Barrier(AT_ONCE)

        def press(tab: Person, form: dict[str, object]) -> tuple[int, str]:
            barrier.wait(60)
            answer = tab.submit(**form)
            return answer.status_code, answer.headers.get("Location", "")

        rounds = []
        for number in range(ROUNDS):
            form = {"last_name": f"Martin-{number:05}", "form_token": str(uuid4())}
            rounds.append(list(threads.map(press, tabs, [form] * AT_ONCE)))

        ledger = sandbox.ledger()
        states = portal.call("tests.rows.states")

    assert [len(set(answers)) for answers in rounds] == [1] * ROUNDS
    assert {status for answers in rounds for status, _ in answers} == {302}
    assert len({answers[0] for answers in rounds}) == ROUNDS
    assert [line["body"]["last_name"] for line in ledger] == [f"Martin-{number:05}" for number in range(ROUNDS)]
    assert states == {"created": ROUNDS}
