"""The portal as real processes: gunicorn and deliverers, for tests that kill, stop and hurry them."""

import copy
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import psutil
import requests

from tests.entry_form import typed_form
from tests.forks import Fork, python
from tests.portal_calls import Calls
from tests.prepared import prepare

PROJECT_ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
PASSWORD = "only for tests 1"
START_SECONDS = 120
STOP_SECONDS = 120
LOOK_AGAIN_SECONDS, LOOK_AGAIN_SECONDS_MOST = 0.02, 0.1
SUBMISSION = re.compile(r"/submissions/([0-9a-f-]{36})/")
# While a form is posted again somebody else may become its twin, which is another question.
QUESTIONS_MOST = 3
ASKED = re.compile(r'name="asked" value="([^"]*)"')
# What a process needs of this one's environment; the portal's own settings are all given.
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")

Process = Fork | subprocess.Popen[bytes]


class PortalProcess:
    """gunicorn on a free port, and deliverers, for the length of a `with` block. Accounts: `recruiter` and `admin`.

        with PortalProcess(tmp_path / "portal", sandbox_url=sandbox.api_url, deliverers=1) as portal:
            sophie = portal.sign_in()
            answer = sophie.submit(first_name="Karim")
            assert sophie.status(answer)["state"] == "created"

    Without `workers` there is no web server. `environment` adds to, or replaces, the settings. What the processes write
    is in `log()`. They are forks, which start sooner, unless they are to have command lines `as_typed`.
    """

    def __init__(
        self,
        folder: Path,
        *,
        sandbox_url: str,
        database_url: str | None = None,
        deliverers: int = 0,
        workers: int = 2,
        environment: dict[str, str] | None = None,
        as_typed: bool = False,
    ) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.database_url = database_url or f"sqlite:///{folder / 'portal.sqlite3'}"
        self.port = _free_port()
        self.url = f"http://{HOST}:{self.port}"
        self._wanted_deliverers = deliverers
        self._workers = workers
        self._as_typed = as_typed
        self.environment = {name: os.environ[name] for name in INHERITED if name in os.environ} | {
            "DJANGO_SETTINGS_MODULE": "tests.portal_settings",
            "LEONAR_API_KEY": "",
            "LEONAR_API_URL": sandbox_url,
            "DATABASE_URL": self.database_url,
            "VAR_DIR": str(folder),
            "SECRET_KEY": "a secret for tests alone, the same in all processes",
            "ALLOWED_HOSTS": HOST,
            "DEBUG": "false",
            "PLAIN_HTTP": "true",
            "DIGEST_RECIPIENTS": "",
            "PORT": str(self.port),
            "PORTAL_DEMO_PASSWORD": PASSWORD,
            **(environment or {}),
        }
        self._web: Process | None = None
        self._deliverers: list[Process] = []
        self._calls: Calls | None = None
        self._sessions: dict[str, str] = {}

    def __enter__(self) -> Self:
        try:
            prepare(self.environment, run=self.run)
            if self._workers:
                self.start_web()
            for _ in range(self._wanted_deliverers):
                self.start_deliverer()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(self, *arguments: str, stdin: str = "") -> str:
        """Runs Python with these arguments, such as "manage.py", "deliver", "--once". Returns what it printed."""
        with TemporaryDirectory(dir=self.folder) as folder:
            given, said, errors = (Path(folder) / name for name in ("stdin", "stdout", "stderr"))
            given.write_text(stdin)
            status = Fork(python, *arguments, environment=self.environment, stdin=given, log=said, errors=errors).wait()
            if status:
                raise RuntimeError(f"{' '.join(arguments)} failed ({status}): {said.read_text()}{errors.read_text()}")
            return said.read_text()

    def call(self, function: str, *arguments: Any) -> Any:
        """Calls `function`, named like tests.rows.states, where the portal's settings hold; all in JSON.

        Each call has a process of its own.
        """
        if self._calls is not None and self._calls.environment != self.environment:
            self._end_calls()
        if self._calls is None:
            self._calls = Calls(self.environment, self.folder / "calls.log")
        return self._calls.call(function, *arguments)

    def start_web(self) -> None:
        """Starts gunicorn, again on the same port, and returns once it answers."""
        self._web = self._spawn("web", "-m", "gunicorn", "--workers", str(self._workers), "--log-level", "warning")
        web = self._web
        wait_for(lambda: web.poll() is not None or self._answers(), seconds=START_SECONDS, what="the web server")
        if web.poll() is not None:
            raise RuntimeError(f"gunicorn stopped with {web.poll()}: {self.log('web')[-2000:]}")

    def stop_web(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends gunicorn and all of its workers: gracefully, or with SIGKILL at once."""
        web, self._web = self._web, None
        if web is None:
            return
        workers = psutil.Process(web.pid).children() if web.poll() is None else []
        _end(web, how)
        for worker in workers if how == signal.SIGKILL else ():
            _kill(worker)

    def kill_worker(self, number: int = 0) -> bool:
        """kill -9 of one web worker; gunicorn starts another. False where there was none to kill."""
        workers = self.processes().get("web", [])
        return bool(workers) and _kill(workers[number % len(workers)])

    def start_deliverer(self) -> Process:
        """Starts one more `manage.py deliver`."""
        self._deliverers.append(self._spawn("deliverer", "manage.py", "deliver"))
        return self._deliverers[-1]

    def stop_deliverer(self, how: signal.Signals = signal.SIGTERM, number: int = 0) -> int:
        """Ends one deliverer. Returns its exit status."""
        return _end(self._deliverers.pop(number), how)

    def stop(self) -> None:
        """Ends everything, the web first."""
        self.stop_web()
        while self._deliverers:
            self.stop_deliverer()
        self._end_calls()

    def forget_people(self) -> None:
        """Nobody is recognised, no draft waits, nothing is pinned: what was done before is no part of a test.

        A session holds what it held when `remember_sessions` first saw it.
        """
        with self._database() as database, database:
            for table in ("contacts_contactkey", "contacts_draft"):
                database.execute(f"DELETE FROM {table}")
            begun = [(data, key) for key, data in self._sessions.items()]
            database.executemany("UPDATE accounts_session SET session_data = ? WHERE session_key = ?", begun)

    def remember_sessions(self) -> None:
        """What the sessions that are new hold now is what they hold again after `forget_people`."""
        with self._database() as database:
            now = dict(database.execute("SELECT session_key, session_data FROM accounts_session").fetchall())
        self._sessions = now | self._sessions

    def processes(self) -> dict[str, list[psutil.Process]]:
        """The live processes by role: `web` (the workers), `web master`, `deliverer`."""
        found: dict[str, list[psutil.Process]] = {}
        if self._web is not None and self._web.poll() is None:
            master = psutil.Process(self._web.pid)
            found |= {"web": master.children(), "web master": [master]}
        deliverers = [psutil.Process(one.pid) for one in self._deliverers if one.poll() is None]
        return found | ({"deliverer": deliverers} if deliverers else {})

    def log(self, role: str) -> str:
        """All that the processes of `role` (`web`, `deliverer`) have written."""
        path = self.folder / f"{role}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def sign_in(self, name: str = "recruiter") -> "Person":
        """A signed-in browser, as far as HTTP goes."""
        return Person(self.url, name)

    def _database(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(self.folder / "portal.sqlite3", timeout=30))

    def _end_calls(self) -> None:
        calls, self._calls = self._calls, None
        if calls is not None:
            calls.close()

    def _spawn(self, role: str, *arguments: str) -> Process:
        path = self.folder / f"{role}.log"
        if not self._as_typed:
            return Fork(python, *arguments, environment=self.environment, log=path)
        with path.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *arguments],
                cwd=PROJECT_ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/healthz", timeout=2).ok
        except requests.RequestException:
            return False


class Person:
    """One signed-in session: cookies, the CSRF token, and the few things that tests do. Not for several threads."""

    def __init__(self, url: str, name: str, password: str = PASSWORD) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        # A connection that is kept may be closed by the server just when a test that has waited posts again.
        self.session.headers["Connection"] = "close"
        self.get("/accounts/login/")
        answer = self.post("/accounts/login/", {"username": name, "password": password})
        assert answer.status_code == 302, f"{name} could not sign in: {answer.status_code}"

    def another_tab(self) -> "Person":
        """The same sign-in over connections of its own."""
        other = copy.copy(self)
        other.session = requests.Session()
        other.session.trust_env = False
        other.session.headers.update(self.session.headers)
        other.session.cookies.update(self.session.cookies)
        return other

    def get(self, path: str, **options: Any) -> requests.Response:
        """GET without following redirects."""
        return self.session.get(f"{self.url}{path}", **{"timeout": 60, "allow_redirects": False} | options)

    def post(self, path: str, body: dict[str, object], **options: Any) -> requests.Response:
        """POST with the CSRF token, without following redirects."""
        body = body | {"csrfmiddlewaretoken": self.session.cookies.get("csrftoken", "")}
        options = {"timeout": 60, "allow_redirects": False} | options
        return self.session.post(f"{self.url}{path}", data=body, **options)

    def submit(self, **fields: object) -> requests.Response:
        """Posts the entry form, and again whatever is asked about it; 302 to the submission's page if it was saved."""
        form = typed_form(**fields)
        answer = self.post("/contacts/new/", form)
        for _ in range(QUESTIONS_MOST):
            asked = ASKED.search(answer.text) if answer.status_code == 422 else None
            if asked is None:
                break
            answer = self.post("/contacts/new/", form | {"asked": asked[1]})
        return answer

    def status(self, submission: requests.Response | str) -> dict[str, Any]:
        """The state of a submission, named by its id or by the answer to `submit`."""
        key = submission if isinstance(submission, str) else submission_id(submission)
        answer = self.get(f"/submissions/{key}/status.json")
        answer.raise_for_status()
        return answer.json()


def submission_id(answer: requests.Response) -> str:
    """The id in the redirect with which `submit` was answered."""
    found = SUBMISSION.search(answer.headers.get("Location", ""))
    assert found, f"not saved: {answer.status_code}"
    return found[1]


def wait_for(is_so: Callable[[], Any], *, seconds: float = 30, what: str = "what was waited for") -> Any:
    """Asks until the answer is true, and returns it; fails after `seconds`."""
    for _ in _until(seconds):
        answer = is_so()
        if answer:
            return answer
    raise AssertionError(f"{what} did not come about within {seconds:g} seconds")


def _until(seconds: float) -> Iterator[None]:
    deadline = time.monotonic() + seconds
    pause = LOOK_AGAIN_SECONDS
    while True:
        yield
        if time.monotonic() > deadline:
            return
        time.sleep(pause)
        # A look may cost as much as what is waited for.
        pause = min(1.2 * pause, LOOK_AGAIN_SECONDS_MOST)


def _end(process: Process, how: signal.Signals) -> int:
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.send_signal(how)
    try:
        return process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def _kill(process: psutil.Process) -> bool:
    try:
        process.kill()
        process.wait(STOP_SECONDS)
    except psutil.NoSuchProcess:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
