"""An admin who settles whatever waits for a person, knowing what Leonar really holds, while processes are killed."""

import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

import requests

from tests.delivery.crash.entries import entry_of
from tests.delivery.crash.killer import Killer
from tests.portal import Person, PortalProcess
from tests.sandbox_process import SandboxProcess

DECISIONS_BETWEEN_KILLS = 5


class Decider:
    """Goes through what waits: picks the right contact, sends again what is not there, or discards it.

    `sent_again` names what a person had sent again; `acts` counts by kind, overtaken ones apart.
    """

    def __init__(self, portal: PortalProcess, sandbox: SandboxProcess, *, killer: Killer, rng: random.Random) -> None:
        self.acts: Counter[str] = Counter()
        self.sent_again: set[str] = set()
        self._portal = portal
        self._sandbox = sandbox
        self._killer = killer
        self._rng = rng

    def settle(self) -> int:
        """One round over all that waits. Returns how many decisions were taken."""
        waiting = self._portal.call("tests.delivery.crash.records.waiting")
        held = {entry_of(contact): contact["id"] for contact in self._sandbox.contacts()}
        admin = self._portal.sign_in("admin") if waiting else None
        for number, row in enumerate(waiting):
            assert admin is not None
            if number % DECISIONS_BETWEEN_KILLS == 0:
                self._killer.kill_one()
            self._decide(admin, row, held.get(row["name"]))
        return len(waiting)

    def _decide(self, admin: Person, row: Mapping[str, Any], contact_id: str | None) -> None:
        if contact_id in row["shown"]:
            return self._act(admin, row, "pick", contact_id=contact_id)
        if contact_id is None and self._rng.random() < 0.5:
            return self._act(admin, row, "discard", note="not in Leonar")
        if contact_id is None:
            self.sent_again.add(row["name"])
            return self._act(admin, row, "send-again")
        return self._act(admin, row, "check-again")

    def _act(self, admin: Person, row: Mapping[str, Any], act: str, **fields: str) -> None:
        body = {"revision": row["revision"]} | fields
        try:
            answer = admin.post(f"/submissions/{row['id']}/{act}/", body)
        except requests.RequestException:
            # A worker was killed with it in hand; what came of it is seen in the next round.
            self.acts["broken off"] += 1
            return
        self.acts[act if answer.status_code == 302 else f"{act} {answer.status_code}"] += 1
