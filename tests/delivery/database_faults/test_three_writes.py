"""Every fault of either database at each of the three writes around one attempt, through the entry form."""

from uuid import uuid4

import pytest

from tests.databases import PostgresServer
from tests.portal import PortalProcess
from tests.sandbox_process import SandboxProcess

TIMES = {"LEONAR_CONNECT_TIMEOUT": "1", "LEONAR_READ_TIMEOUT": "1", "LEONAR_DEADLINE": "1"}
SQLITE = [("sqlite", fault) for fault in ("locked", "full", "read-only", "disk error")]
POSTGRES = [("postgres", fault) for fault in ("locked", "terminated", "stopped", "full", "read-only")]
# The next connection is a good one, and health checks see to it that it is used.
PASSES_BY_ITSELF = ("postgres", "terminated")
LASTING = [case for case in (*SQLITE, *POSTGRES) if case != PASSES_BY_ITSELF]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def leonar(tmp_path_factory):
    with SandboxProcess(tmp_path_factory.mktemp("sandbox")) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def server():
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="module")
def portals(leonar, server, tmp_path_factory):
    """A portal on each database; no process of theirs runs, only what the tests call."""
    urls = {"sqlite": None, "postgres": server.new_database()}
    portals = {
        name: PortalProcess(
            tmp_path_factory.mktemp(name), sandbox_url=leonar.api_url, database_url=url, workers=0, environment=TIMES
        )
        for name, url in urls.items()
    }
    with portals["sqlite"], portals["postgres"]:
        yield portals


class Case:
    """One press of "Create contact" on one portal, and what follows."""

    def __init__(self, portal: PortalProcess, leonar: SandboxProcess, server: PostgresServer, fault: str) -> None:
        self.token = str(uuid4())
        self._leonar = leonar
        self._portal = portal
        self._server = server
        self._fault = fault
        leonar.reset()

    @property
    def sent(self) -> int:
        """How many requests Leonar has read."""
        return len(self._leonar.ledger())

    def press(self, *, write: int, lasts: float | None = None):
        """The answer to the form, posted while the database fails at that write."""
        answer = self._portal.call("tests.delivery.database_faults.press.press", self.token, self._fault, write, lasts)
        self._start_again()
        return answer

    def press_and_deliver(self):
        """The answer to the form, posted while nothing may be sent; then a deliverer's claim of it fails."""
        answer = self._portal.call("tests.delivery.database_faults.press.press_and_deliver", self.token, self._fault)
        self._start_again()
        return answer

    def go_on(self, *, press_again: bool = False):
        """What is on record then, is answered again, and is on record in the end."""
        return self._portal.call("tests.delivery.database_faults.press.go_on", self.token, press_again).values()

    def _start_again(self) -> None:
        if self._fault == "stopped":
            self._server.stop()
            self._server.start()


@pytest.fixture
def case(request, portals, leonar, server):
    database, fault = request.param
    return Case(portals[database], leonar, server, fault)


def named(case) -> str:
    return " ".join(case)


@pytest.mark.parametrize("case", [*SQLITE, *POSTGRES], indirect=True, ids=named)
def test_what_could_not_be_saved_comes_back_filled_in_and_nothing_is_sent(case):
    answer = case.press(write=1)
    sent_then = case.sent
    then, again, in_the_end = case.go_on(press_again=True)

    assert answer["status"] == 503
    assert answer["values"] == sorted(["Martin", case.token])
    assert answer["is_whole"]
    assert (then, sent_then) == ([], 0)
    assert again["status"] == 302
    assert [row["state"] for row in in_the_end] == ["created"]
    assert case.sent == 1


@pytest.mark.parametrize("case", [*SQLITE, *POSTGRES], indirect=True, ids=named)
def test_without_write_2_nothing_is_sent_until_it_succeeds(case):
    answer = case.press_and_deliver()
    sent_then = case.sent
    then, _, in_the_end = case.go_on()

    assert answer["status"] == 302
    assert sent_then == 0
    assert [(row["state"], row["sends"]) for row in then] == [("queued", 0)]
    assert [(row["state"], row["settled_by"]) for row in in_the_end] == [("created", "answer")]
    assert case.sent == 1


@pytest.mark.parametrize("case", LASTING, indirect=True, ids=named)
def test_an_outcome_that_could_not_be_kept_is_looked_up_and_never_sent_again(case):
    answer = case.press(write=3)
    then, again, in_the_end = case.go_on(press_again=True)

    assert answer["status"] == 302
    assert [row["state"] for row in then] == ["sending"]
    assert again["location"] == answer["location"]
    assert [(row["state"], row["settled_by"]) for row in in_the_end] == [("created", "check")]
    assert case.sent == 1


@pytest.mark.parametrize(
    "case",
    [("sqlite", "locked"), ("sqlite", "disk error"), ("postgres", "full"), PASSES_BY_ITSELF],
    indirect=True,
    ids=named,
)
def test_an_outcome_is_kept_as_soon_as_the_database_is_back(case):
    answer = case.press(write=3, lasts=0.5)
    then, _, _ = case.go_on()

    assert answer["status"] == 302
    assert [(row["state"], row["settled_by"]) for row in then] == [("created", "answer")]
    assert case.sent == 1
