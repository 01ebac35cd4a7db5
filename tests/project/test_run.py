"""`make run`, really: a sentence where it cannot; else from nothing to a created contact, and a clean end.

Four runs show it all, each for several tests, because to start everything takes seconds of CPU.
"""

import os
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests

from tests import empty_database
from tests.portal import HOST, PROJECT_ROOT, Person, submission_id, wait_for
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.slow

PASSWORD = "known beforehand"
# Each process that starts costs a second of CPU; the newcomer's run has all of them.
FEW_PROCESSES = {"GUNICORN_CMD_ARGS": "--workers=1"}


def two_free_ports() -> tuple[int, int]:
    """Two different ones, as both are held until both are known."""
    with socket.socket() as one, socket.socket() as other:
        one.bind((HOST, 0))
        other.bind((HOST, 0))
        return one.getsockname()[1], other.getsockname()[1]


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """What `make run` finds in a folder of the test's own, in which there is nothing yet."""
    return environment_of(tmp_path)


def environment_of(folder: Path) -> dict[str, str]:
    """What `make run` finds: free ports, a folder of its own, and nothing of this machine's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    port, sandbox_port = two_free_ports()
    return kept | {
        "LEONAR_API_KEY": "",
        "LEONAR_API_URL": "",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "SANDBOX_PORT": str(sandbox_port),
        "PYTHONUNBUFFERED": "1",
    }


def with_database(folder: Path) -> None:
    """Puts an empty database where `environment_of` has it: to apply the migrations takes a run the longest."""
    environment = os.environ | environment_of(folder)
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    empty_database.make(
        folder / "portal.sqlite3",
        lambda: subprocess.run(migrate, cwd=PROJECT_ROOT, env=environment, check=True),
    )


class Run:
    """A running `scripts/run.py`, what it has said so far, and its children."""

    def __init__(self, process: subprocess.Popen, log: Path, environment: dict[str, str]) -> None:
        self.process = process
        self.log = log
        self.environment = environment
        self.url = f"http://{HOST}:{environment['PORT']}"

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    @property
    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


@contextmanager
def running(environment: dict[str, str]) -> Iterator[Run]:
    """Starts it, waits for its sign-ins, and leaves nothing behind."""
    log = Path(environment["VAR_DIR"]) / "run.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "scripts/run.py"], cwd=PROJECT_ROOT, env=environment, stdout=out, stderr=out
        )
    run = Run(process, log, environment)
    try:
        wait_for(lambda: "Ctrl-C stops" in run.said or process.poll() is not None, seconds=60, what="make run")
        assert process.poll() is None, run.said
        yield run
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(60)


def own_child(run: Run, name: str) -> psutil.Process:
    """The process that it has started with this word in its command."""
    children = psutil.Process(run.process.pid).children()
    return next(child for child in children if name in child.cmdline())


def refusal(environment: dict[str, str]) -> str:
    """What it says where it can't run."""
    done = subprocess.run(
        [sys.executable, "scripts/run.py"],
        cwd=PROJECT_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


@dataclass
class Seen:
    """What one run has shown, which ended with `status`; `left` are the processes that it left behind."""

    said: str
    status: int
    left: list[psutil.Process]
    facts: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where somebody runs the portal twice."""
    return tmp_path_factory.mktemp("run")


@pytest.fixture(scope="module")
def first(folder) -> Seen:
    """From nothing to a created contact, and Ctrl-C."""
    environment = environment_of(folder)
    with running(environment) as run:
        recruiter = Person(run.url, "recruiter", shown_password(run))
        submission = submission_id(recruiter.submit(first_name="Karim", last_name="Haddad"))
        facts = {
            "password": shown_password(run),
            "submission": submission,
            "state": recruiter.status(submission)["state"],
            "held": requests.get(f"http://{HOST}:{environment['SANDBOX_PORT']}/", timeout=10).text,
        }
        children = run.children

        run.process.send_signal(signal.SIGINT)
        # Less than it waits before it kills what does not stop.
        status = run.process.wait(38)

    return Seen(run.said, status, alive(children), facts)


@pytest.fixture(scope="module")
def second(first, folder) -> Seen:
    """In the same folder again: the sandbox goes away and comes back; in the end the deliverer dies."""
    with running(environment_of(folder) | FEW_PROCESSES) as run:
        recruiter = Person(run.url, "recruiter", shown_password(run))
        facts = {
            "password": shown_password(run),
            "state of the first": recruiter.status(first.facts["submission"])["state"],
        }
        own_child(run, "leonar_sandbox").terminate()
        wait_for(lambda: "The sandbox has stopped" in run.said, what="the sentence")
        waiting = submission_id(recruiter.submit())
        # Until Leonar is known to be away the deliverer tries too.
        wait_for(lambda: recruiter.status(waiting)["state"] == "queued", what="the wait")
        command = run.said.split("until it is back: ")[1].splitlines()[0]
        sandbox = subprocess.Popen(shlex.split(command), cwd=PROJECT_ROOT, stdout=subprocess.DEVNULL)
        try:
            # Leonar is asked at most 45 s apart whether it is back.
            wait_for(lambda: recruiter.status(waiting)["state"] == "created", seconds=90, what="the contact")
        finally:
            sandbox.terminate()
            sandbox.wait(10)
        facts["state with the sandbox"] = recruiter.status(waiting)["state"]
        children = run.children

        own_child(run, "deliver").kill()
        status = run.process.wait(60)

    return Seen(run.said, status, alive(children), facts)


@pytest.fixture(scope="module")
def killed(tmp_path_factory) -> Seen:
    """With a password from a file that the environment names, until kill -9."""
    folder = tmp_path_factory.mktemp("killed")
    with_database(folder)
    kept = folder / "password"
    kept.write_text(PASSWORD, encoding="ascii")
    with running(environment_of(folder) | FEW_PROCESSES | {"PORTAL_DEMO_PASSWORD_FILE": str(kept)}) as run:
        Person(run.url, "admin", PASSWORD)
        page = requests.get(f"{run.url}/accounts/login/", timeout=10).text
        style = page.split('rel="stylesheet" href="')[1].split('"')[0]
        facts = {"style": requests.get(f"{run.url}{style}", timeout=10)}
        children = run.children

        run.process.kill()
        status = run.process.wait(60)
        left = alive(children, seconds=40)

    return Seen(run.said, status, left, facts)


@pytest.fixture(scope="module")
def with_a_key(tmp_path_factory) -> Seen:
    """With a key for Leonar, until the web server dies."""
    folder = tmp_path_factory.mktemp("key")
    with_database(folder)
    with SandboxProcess(folder / "leonar") as leonar:
        real = FEW_PROCESSES | {
            "LEONAR_API_KEY": "leo_0123456789abcdef",
            "SECRET_KEY": "a long secret for tests alone, 0123456789 ABCDEF abcdef",
            "LEONAR_API_URL": leonar.api_url,
        }
        with running(environment_of(folder) | real | {"PORTAL_DEMO_PASSWORD": PASSWORD}) as run:
            children = run.children
            facts = {"commands": [" ".join(child.cmdline()) for child in children], "answer": refused_sign_in(run)}

            own_child(run, "gunicorn").kill()
            status = run.process.wait(60)

    return Seen(run.said, status, alive(children), facts)


def shown_password(run: Run) -> str:
    """The one that is printed beside the sign-ins."""
    return run.said.split("password: ")[1].split()[0]


def alive(children: list[psutil.Process], *, seconds: float = 5) -> list[psutil.Process]:
    """Those that are still there after so long."""
    return psutil.wait_procs(children, timeout=seconds)[1]


def refused_sign_in(run: Run) -> requests.Response:
    """What somebody is answered who tries the demo account."""
    stranger = requests.Session()
    token = stranger.get(f"{run.url}/accounts/login/", timeout=10).cookies["csrftoken"]
    fields = {"username": "admin", "password": PASSWORD, "csrfmiddlewaretoken": token}
    return stranger.post(f"{run.url}/accounts/login/", fields, allow_redirects=False, timeout=10)


@pytest.mark.timeout(300)
class TestRunning:
    def test_a_newcomer_creates_a_contact_and_ctrl_c_ends_everything(self, first):
        assert first.facts["state"] == "created"
        assert "Haddad" in first.facts["held"]
        assert first.status == 0
        assert first.left == []
        assert "Traceback" not in first.said

    def test_the_password_and_the_data_are_there_the_second_time(self, first, second, folder):
        assert second.facts["password"] == first.facts["password"]
        assert second.facts["state of the first"] == "created"
        assert (folder / "demo_password").stat().st_mode & 0o777 == 0o600

    def test_without_the_sandbox_entries_wait_and_it_is_said_how_to_start_it_again(self, second):
        assert second.facts["state with the sandbox"] == "created"

    @pytest.mark.parametrize("ended", ["second", "with_a_key"])
    def test_if_one_process_dies_all_stop_and_it_is_said_which(self, request, ended):
        run = request.getfixturevalue(ended)

        assert run.status == 1
        assert f"The {'web server' if ended == 'with_a_key' else 'deliverer'} has stopped by itself" in run.said
        assert run.left == []

    def test_kill_9_leaves_no_orphans(self, killed):
        assert killed.status == -signal.SIGKILL
        assert killed.left == []

    def test_with_a_key_there_is_no_sandbox_and_no_demo_account(self, with_a_key):
        assert with_a_key.facts["answer"].status_code == 200
        assert len(with_a_key.facts["commands"]) > 1
        assert not any("leonar_sandbox" in command for command in with_a_key.facts["commands"])
        assert "portal_user" in with_a_key.said
        assert "leo_" not in with_a_key.said

    def test_a_given_password_is_taken_and_not_shown(self, killed):
        assert "PORTAL_DEMO_PASSWORD" in killed.said
        assert PASSWORD not in killed.said

    def test_pages_link_to_collected_files_that_are_served(self, killed):
        answer = killed.facts["style"]

        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


class TestRefusing:
    @pytest.mark.parametrize("name", ["PORT", "SANDBOX_PORT"])
    def test_a_taken_port_is_named_with_the_way_out(self, environment, name):
        with socket.socket() as other:
            other.bind((HOST, int(environment[name])))
            other.listen()

            said = refusal(environment)

        assert f"Port {environment[name]}" in said
        assert f"make run {name}=" in said

    def test_one_port_for_both_is_refused(self, environment):
        said = refusal(environment | {"SANDBOX_PORT": environment["PORT"]})

        assert "choose two different ones" in said

    @pytest.mark.parametrize("name", ["PORT", "SANDBOX_PORT"])
    @pytest.mark.parametrize("port", ["http", "0", "65536"])
    def test_what_is_no_port_is_refused(self, environment, name, port):
        assert refusal(environment | {name: port}).startswith(f"{name} must be a number from 1 to 65535")

    def test_a_key_that_looks_wrong_is_refused_and_not_shown(self, environment):
        said = refusal(environment | {"LEONAR_API_KEY": "sk_verysecret"})

        assert said.startswith("LEONAR_API_KEY does not look like a Leonar key")
        assert "verysecret" not in said

    def test_settings_that_cannot_work_are_told_in_full(self, environment):
        said = refusal(environment | {"DEFAULT_PHONE_REGION": "UK"})

        assert "contacts.E001" in said
        assert "The database could not be prepared" in said
