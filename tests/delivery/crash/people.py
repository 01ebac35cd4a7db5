"""Recruiters in a hurry: threads that submit forms over HTTP, and press again where the connection breaks."""

import queue
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import uuid4

import requests

from tests.delivery.crash.entries import Entries
from tests.portal import SUBMISSION, Person, PortalProcess

T = TypeVar("T")

# Whose connection breaks presses again; one in this many gives up instead, so that some forms end unanswered.
GIVES_UP = 4
PATIENCE = 90
# Not answered at all, and "not saved yet, press again".
BROKEN = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError, requests.Timeout)


@dataclass
class Tally:
    """What the clients have seen, shared by their threads."""

    attempted: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    pressed_again: int = 0
    not_saved: int = 0
    unexpected: list[str] = field(default_factory=list)


class People:
    """A handful of clients at work until told to stop. Each submission has a mark of its own."""

    def __init__(self, portal: PortalProcess, *, clients: int, rng: random.Random) -> None:
        self.tally = Tally()
        self._portal = portal
        self._signed_in: queue.SimpleQueue[Person] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._entries = Entries(random.Random(rng.random()))
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._work, args=(random.Random(rng.random()),)) for _ in range(clients)
        ]

    def start(self) -> None:
        """Signs them in, one after the other as the portal wants it of one account, and sets them to work."""
        for thread in self._threads:
            self._signed_in.put(self._portal.sign_in())
            thread.start()

    def stop(self) -> None:
        """Each finishes the form in hand."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _work(self, rng: random.Random) -> None:
        person = self._signed_in.get()
        while not self._stop.is_set():
            with self._lock:
                mark, fields = self._entries.next()
                self.tally.attempted.add(mark)
            self._submit(person, mark, fields, rng)

    def _submit(self, person: Person, mark: str, fields: dict[str, object], rng: random.Random) -> None:
        form = fields | {"form_token": str(uuid4())}

        def press() -> requests.Response | None:
            answer = person.submit(**form)
            if answer.status_code == 503:
                with self._lock:
                    self.tally.not_saved += 1
                return None
            return answer

        answer = self._again_and_again(press, gives_up=not rng.randrange(GIVES_UP))
        if answer is None:
            return
        with self._lock:
            if answer.status_code == 302 and SUBMISSION.search(answer.headers["Location"]):
                self.tally.acknowledged.add(mark)
            else:
                self.tally.unexpected.append(f"{answer.status_code} {answer.headers.get('Location', '')}".strip())

    def _again_and_again(self, act: Callable[[], T | None], *, gives_up: bool) -> T | None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                done = act()
            except BROKEN:
                done = None
                if gives_up:
                    return None
            if done is not None:
                return done
            with self._lock:
                self.tally.pressed_again += 1
            time.sleep(0.05)
        return None
