"""A key and a contact that are like no other, and everywhere they must not turn up: looked for in real processes."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

import pytest
import requests

from contacts.privacy.columns import PERSONAL
from tests.portal import Person, PortalProcess, wait_for
from tests.sandbox_process import SandboxProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

KEY = "leo_kanarienvogel_7f3a9c"
SECRET = "kanarienvogel-geheimnis-0123456789-abcdefghijklmnopqrstuvwxyz"
MAIL = "kanarienvogel.mueller@voliere.example"
WORDS = "a pass phrase for tests"


class Cage(NamedTuple):
    """A portal with a real key, after people have used it."""

    portal: PortalProcess
    ana: Person
    pages: list[requests.Response]


@pytest.fixture(scope="module")
def cage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cage]:
    folder = tmp_path_factory.mktemp("cage")
    environment = {"LEONAR_API_KEY": KEY, "SECRET_KEY": SECRET, "LOG_FORMAT": "json"}
    with (
        SandboxProcess(folder / "sandbox", rate_limit=10_000) as sandbox,
        PortalProcess(
            folder / "portal",
            sandbox_url=sandbox.api_url,
            deliverers=1,
            workers=1,
            environment=environment,
            as_typed=True,
        ) as portal,
    ):
        for name, role in (("sophie", "recruiter"), ("ana", "admin")):
            portal.run("manage.py", "portal_user", name, "--role", role, stdin=f"{WORDS} {name}")
        sophie = Person(portal.url, "sophie", f"{WORDS} sophie")
        ana = Person(portal.url, "ana", f"{WORDS} ana")
        for person in (sophie, ana):
            # A server ends a connection that idles, and one whose body it would not read.
            person.session.headers["Connection"] = "close"
        pages = use(portal, sandbox, sophie, ana)
        yield Cage(portal, ana, pages)


def use(portal: PortalProcess, sandbox: SandboxProcess, sophie: Person, ana: Person) -> list[requests.Response]:
    """Everything that writes a line of log or an event; returns the error pages that were shown."""
    contact = {"last_name": "Kanarienvogel", "emails-0-email": MAIL}
    # Leonar may quote whatever it was sent.
    sandbox.misbehave(mode="status", status=400, message=f"no {KEY} for {MAIL}", calls=1, only="POST /contacts")
    for _ in range(2):
        answer = sophie.submit(**contact)
        wait_for(lambda answer=answer: sophie.status(answer)["state"] != "sending")
    sophie.post("/drafts/keep/", contact)
    ana.post("/submissions/", {"q": MAIL})
    for path in ("/submissions/export.csv", "/submissions/export.xlsx", f"/submissions/?q={MAIL}"):
        ana.get(path)
    ana.post("/privacy/person/", {"known_by": MAIL})
    ana.post("/privacy/person/data/", {"known_by": MAIL})
    stranger = requests.Session()
    stranger.trust_env = False
    body = {"username": MAIL, "password": MAIL}
    return [
        sophie.get(f"/nowhere/{MAIL}"),
        sophie.get("/events/"),
        sophie.post("/gate/reopen/", {"x": MAIL}),
        ana.post("/contacts/new/", {"title": "x" * (1024 * 1024), "email": MAIL}),
        ana.get("/contacts/new/", headers={"Host": "evil.example"}),
        ana.session.put(f"{portal.url}/contacts/new/", data=MAIL, timeout=30),
        stranger.post(f"{portal.url}/accounts/login/", data=body, timeout=30),
        # What can't be read is told of by the server itself, which quotes the whole address.
        stranger.get(f"{portal.url}/?q={MAIL}", headers={"Content-Type": "text/plain; charset=hex"}, timeout=30),
    ]


def test_no_log_holds_them(cage):
    logs = {role: cage.portal.log(role) for role in ("web", "deliverer")}

    assert "signed_in" in logs["web"]
    for held in (KEY, KEY[4:], SECRET, MAIL, "kanarienvogel.mueller", "Kanarienvogel"):
        assert {role: [line for line in log.splitlines() if held in line] for role, log in logs.items()} == {
            "web": [],
            "deliverer": [],
        }


def test_each_line_of_the_web_process_is_an_object(cage):
    lines = [line for line in cage.portal.log("web").splitlines() if line.startswith("{")]

    assert all({"at", "level", "message"} <= set(json.loads(line)) for line in lines)
    assert {"signed_in", "exported", "denied"} <= {json.loads(line).get("what") for line in lines}


def test_no_error_page_holds_them(cage):
    statuses = [page.status_code for page in cage.pages]

    assert statuses == [404, 403, 403, 400, 400, 405, 403, 400]
    for page in cage.pages:
        assert not [held for held in (KEY, SECRET, MAIL, "Traceback") if held in page.text]


def test_no_event_holds_them(cage):
    file = cage.ana.get("/events/export.csv").text

    assert "signed_in" in file
    assert "person_exported" in file
    assert not [held for held in (KEY, SECRET, MAIL, "anarienvogel") if held in file]


def test_no_command_line_holds_them(cage):
    lines = [" ".join(each.cmdline()) for group in cage.portal.processes().values() for each in group]

    assert len(lines) == 3
    assert not [line for line in lines if KEY in line or SECRET in line or MAIL in line]


def test_the_processes_start_no_others(cage):
    workers = [*cage.portal.processes()["web"], *cage.portal.processes()["deliverer"]]

    assert [child.cmdline() for worker in workers for child in worker.children(recursive=True)] == []


def test_the_key_is_nowhere_in_the_database_and_the_address_where_contacts_are_kept(cage):
    with closing(sqlite3.connect(cage.portal.folder / "portal.sqlite3", timeout=30)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        held = {table: str(database.execute(f'SELECT * FROM "{table}"').fetchall()) for table in tables}

    assert not [table for table, text in held.items() if KEY in text or SECRET in text]
    personal = {label.lower().replace(".", "_") for label in PERSONAL}
    # The full-text index of the search entries lies in tables of its own.
    wrong = {table for table, text in held.items() if MAIL in text and "contacts_search" not in table}
    assert wrong
    assert wrong - personal == set()


def test_the_key_is_in_no_file_of_the_portals_own(cage):
    files = [path for path in cage.portal.folder.rglob("*") if path.is_file()]

    assert files
    assert not [path.name for path in files if KEY.encode() in path.read_bytes()]
