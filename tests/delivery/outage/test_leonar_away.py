"""Leonar is away and comes back: everything is saved meanwhile, and goes out oldest first and without a herd."""

import time

import pytest

from tests.portal import PortalProcess, submission_id, wait_for
from tests.sandbox_process import SandboxProcess

DELIVERERS = 3
# On PostgreSQL all look for the oldest together, and each takes another row: so far they may overtake each other.
AT_ONCE = DELIVERERS
FORMS = 12
# The gate probes at least this often, and the machine may be busy.
BACK_WITHIN = 60


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_what_was_entered_while_leonar_was_away_goes_out_oldest_first_behind_one_probe(database_url, tmp_path):
    with (
        SandboxProcess(tmp_path / "sandbox") as sandbox,
        PortalProcess(
            tmp_path / "portal", sandbox_url=sandbox.api_url, database_url=database_url, deliverers=DELIVERERS
        ) as portal,
    ):
        sophie = portal.sign_in()
        sandbox.stop()

        answers = [sophie.submit(last_name=f"Martin-{number:05}") for number in range(FORMS)]
        states_while_away = {sophie.status(submission_id(answer))["state"] for answer in answers}
        sandbox.start()
        back_at = time.time()
        # So slow that others would push past the probe if they could.
        sandbox.misbehave(mode="delay", seconds=0.5, only="POST /contacts")
        sandbox.misbehave(mode="delay", seconds=0.05, calls=FORMS, only="POST /contacts")
        wait_for(lambda: len(sandbox.contacts()) == FORMS, seconds=BACK_WITHIN + 60, what="the last contact")
        portal.stop()

        ledger = sandbox.ledger()
        sent = [one for one in portal.call("tests.rows.deliveries") if one["verdict"] == "created"]
        states = portal.call("tests.rows.states")

    assert {answer.status_code for answer in answers} == {302}
    assert states_while_away == {"queued"}
    assert states == {"created": FORMS}
    assert len(ledger) == FORMS
    assert sent[0]["ended"] - back_at < BACK_WITHIN
    assert all(abs(place - int(one["last_name"][-5:])) < AT_ONCE for place, one in enumerate(sent))
    probe, *others = sent
    assert all(one["began"] >= probe["ended"] for one in others)
    assert most_at_once(sent) <= AT_ONCE


def most_at_once(sent) -> int:
    """How many of the calls were under way together at most."""
    moments = sorted([(one["began"], 1) for one in sent] + [(one["ended"], -1) for one in sent])
    under_way = most = 0
    for _, change in moments:
        under_way += change
        most = max(most, under_way)
    return most


def test_calls_at_once_are_counted():
    in_turn = [{"began": number, "ended": number + 1} for number in range(3)]

    assert most_at_once(in_turn) == 1
    assert most_at_once([*in_turn, {"began": 0.5, "ended": 1.5}]) == 2
