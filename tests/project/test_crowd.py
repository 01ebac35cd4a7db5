"""Thirty who search, export and try passwords at once keep nobody from entering a contact, on a real server."""

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
import requests

from tests.portal import Person, PortalProcess
from tests.sandbox_process import SandboxProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SEARCHING, EXPORTING, GUESSING = 12, 8, 10
ENTERED = 4


@pytest.fixture
def portal(tmp_path) -> Iterator[PortalProcess]:
    """One process of eight threads: what one keeps free, any number does."""
    with (
        SandboxProcess(tmp_path / "sandbox", rate_limit=100_000) as sandbox,
        PortalProcess(tmp_path / "portal", sandbox_url=sandbox.api_url, workers=1) as portal,
    ):
        yield portal


class Crowd:
    """People who do one thing again and again until it is enough, and what they were answered."""

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, int]] = Counter()
        self._enough = threading.Event()
        self._threads: list[threading.Thread] = []

    def add(self, name: str, act: Callable[[], requests.Response]) -> None:
        """One more of them."""
        self._threads.append(threading.Thread(target=self._go_on, args=(name, act), daemon=True))

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self, name: str, act: Callable[[], requests.Response]) -> None:
        while not self._enough.is_set():
            self.answers[name, act().status_code] += 1


def guess(url: str, number: int) -> requests.Response:
    stranger = requests.Session()
    stranger.trust_env = False
    stranger.headers["Connection"] = "close"
    stranger.get(f"{url}/accounts/login/", timeout=120)
    body = {"username": f"nobody {number}", "password": "wrong", "csrfmiddlewaretoken": stranger.cookies["csrftoken"]}
    return stranger.post(f"{url}/accounts/login/", data=body, timeout=120)


def test_nobody_is_kept_from_entering(portal):
    portal.run("manage.py", "generate_submissions", "500")
    sophie, admin, numbers, crowd = portal.sign_in(), portal.sign_in("admin"), itertools.count(), Crowd()
    for _ in range(SEARCHING):
        crowd.add("searched", searcher(sophie.another_tab()))
    for _ in range(EXPORTING):
        crowd.add("exported", exporter(admin.another_tab()))
    for _ in range(GUESSING):
        crowd.add("guessed", lambda: guess(portal.url, next(numbers)))

    with crowd:
        entered = [sophie.submit(first_name="Karim", last_name=f"Benali-{number}") for number in range(ENTERED)]

    assert [answer.status_code for answer in entered] == [302] * ENTERED
    # They were many enough to be told to wait, and each kind got its turn.
    assert {status for _name, status in crowd.answers} <= {200, 429}
    assert any(status == 429 for _name, status in crowd.answers)
    assert {name for name, status in crowd.answers if status == 200} >= {"searched", "exported"}


def searcher(person: Person) -> Callable[[], requests.Response]:
    return lambda: person.get("/submissions/?q=mar&sort=oldest")


def exporter(person: Person) -> Callable[[], requests.Response]:
    return lambda: person.get("/submissions/export.csv")
