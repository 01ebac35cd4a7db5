"""What chance may leave out of a short run, entered before it: a check that finds a namesake alone, a lost outcome."""

from typing import Any

import requests

from tests.delivery.crash.entries import MARK
from tests.portal import PortalProcess
from tests.sandbox_process import SandboxProcess

# The contact that somebody makes in Leonar itself, without the portal.
BY_HAND = "by hand"
NAMESAKE = "namesake"
INTERRUPTED = "interrupted"
# Entered by nobody else.
NADIA = {"first_name": "Nadia", "last_name": "Benali"}


def enter(portal: PortalProcess, sandbox: SandboxProcess) -> set[str]:
    """Enters both while Leonar is well otherwise. Returns their marks; the portal has acknowledged them."""
    _namesake(portal, sandbox)
    portal.call("tests.delivery.crash.interruption.interrupt", INTERRUPTED)
    return {NAMESAKE, INTERRUPTED}


def _namesake(portal: PortalProcess, sandbox: SandboxProcess) -> None:
    """Nothing is created of what is entered, and nobody else of that name is in Leonar but one made by hand."""
    made = requests.post(
        f"{sandbox.api_url}/contacts",
        json=NADIA | {"email": "nadia@elsewhere.example"} | _mark(BY_HAND),
        headers={"Authorization": "Bearer leo_by_hand"},
        timeout=30,
    )
    made.raise_for_status()
    sandbox.misbehave(mode="drop_after_reading", calls=1, only="POST /contacts")
    fields = NADIA | {"emails-0-email": "nadia@acme.example", "custom_data-0-key": MARK}
    answer = portal.sign_in().submit(**fields, **{"custom_data-0-value": NAMESAKE})
    assert answer.status_code == 302, answer.status_code


def _mark(mark: str) -> dict[str, Any]:
    return {"custom_data": {MARK: mark}}
