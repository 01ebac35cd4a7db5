"""`make run`: the portal, the deliverer and, without a key, the sandbox, in the foreground until Ctrl-C."""

import ctypes
import http.client
import os
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_SECONDS = 30
# Longer than gunicorn's graceful timeout and a whole call of the deliverer.
STOP_SECONDS = 40
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1


class CannotRunError(Exception):
    """Carries the sentence for the person who typed `make run`."""


@dataclass
class Running:
    """One of the processes, by the name that messages use.

    `again` is how to start it anew where the others go on without it.
    """

    name: str
    process: subprocess.Popen
    again: str = ""


def main() -> int:
    """Runs everything; the exit status is 0 after Ctrl-C."""
    for number in STOP_SIGNALS:
        signal.signal(number, _leave)
    _follow_parent(os.getppid())
    running: list[Running] = []
    try:
        _start(running)
        _watch(running)
    except CannotRunError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(running)
    return 0


def _start(running: list[Running]) -> None:
    # http to this machine alone: browsers refuse to send a Secure cookie there.
    os.environ["PLAIN_HTTP"] = "true"
    sys.path.insert(0, str(ROOT))
    settings, port = _settings_and_port()
    _need_free("PORT", port)
    if settings.SANDBOX:
        _need_free("SANDBOX_PORT", settings.SANDBOX_PORT)
        if port == settings.SANDBOX_PORT:
            raise CannotRunError(f"PORT and SANDBOX_PORT are both {port}; choose two different ones.")
    os.environ["PORT"] = str(port)
    password = _demo_password(settings) if settings.SANDBOX else None
    _prepare(password)
    python = sys.executable
    if settings.SANDBOX:
        data = str(settings.VAR_DIR / "sandbox")
        sandbox = [python, "-m", "leonar_sandbox", "--port", str(settings.SANDBOX_PORT), "--data-dir", data]
        running.append(Running("sandbox", _spawn(sandbox), again=shlex.join(sandbox)))
    running.append(Running("deliverer", _spawn([python, "manage.py", "deliver"])))
    running.append(Running("web server", _spawn([python, "-m", "gunicorn", "--log-level", "warning"])))
    _wait_for_web(port, running)
    _tell(port, settings, password)


def _settings_and_port() -> tuple[ModuleType, int]:
    """The portal's settings, and where it is to listen; wrong values are refused with a sentence."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        from leonar_portal import settings

        return settings, settings.variables.read_port(settings.env, "PORT", default=8000)
    except ImproperlyConfigured as error:
        raise CannotRunError(str(error)) from None


def _need_free(name: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            sentence = (
                f"Port {port} of {HOST} can't be used: {error.strerror}. Choose another: make run {name}={port + 10}"
            )
            raise CannotRunError(sentence) from None


def _demo_password(settings: ModuleType) -> str:
    """The given one, or the one made at the first run: a person who has noted it can go on using it."""
    given = _given_password(settings)
    if given:
        return given
    path = settings.VAR_DIR / "demo_password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9), encoding="ascii")
    return path.read_text(encoding="ascii")


def _given_password(settings: ModuleType) -> str:
    return settings.env.str("PORTAL_DEMO_PASSWORD", default="")


def _prepare(password: str | None) -> None:
    """The database and the static files, side by side."""
    environment = os.environ | {"PORTAL_DEMO_PASSWORD": password or ""}
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    acts = [
        ("The database could not be prepared", _spawn([sys.executable, "scripts/prepare.py"], environment)),
        ("The static files could not be collected", _spawn(collect)),
    ]
    failures = [sentence for sentence, process in acts if process.wait() != 0]
    if failures:
        raise CannotRunError(f"{'. '.join(failures)}; why is said above.")


def _spawn(command: Sequence[str], environment: dict[str, str] | None = None) -> subprocess.Popen:
    """Starts a process that Ctrl-C at the terminal does not reach, so that `_stop` decides on the order."""
    parent = os.getpid()
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=lambda: _follow_parent(parent),
    )


def _follow_parent(parent: int) -> None:
    """Has this process told to stop when `parent` dies, even by kill -9. Linux only; elsewhere it is left running."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def _wait_for_web(port: int, running: list[Running]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(port):
        _need_all(running)
        if time.monotonic() > deadline:
            raise CannotRunError(f"The web server did not answer within {START_SECONDS} seconds.")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        # Whatever the status: ALLOWED_HOSTS may leave this machine's own name out.
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _need_all(running: list[Running]) -> None:
    for one in running:
        if one.process.poll() is not None:
            raise CannotRunError(f"The {one.name} has stopped by itself (exit status {one.process.returncode}).")


def _watch(running: list[Running]) -> None:
    while True:
        _part_with_stopped(running)
        _need_all(running)
        time.sleep(0.2)


def _part_with_stopped(running: list[Running]) -> None:
    """Leonar being away is what people try first: what they enter waits for it, so the portal stays."""
    for one in [each for each in running if each.again and each.process.poll() is not None]:
        running.remove(one)
        print(f"The {one.name} has stopped. What you enter waits until it is back: {one.again}", flush=True)


def _stop(running: list[Running]) -> None:
    """The web server first, the sandbox last, so that calls under way are finished. Ctrl-C again ends the wait."""
    try:
        for one in reversed(running):
            one.process.terminate()
            one.process.wait(STOP_SECONDS)
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        for one in running:
            one.process.kill()


def _leave(*_: object) -> None:
    raise KeyboardInterrupt


def _tell(port: int, settings: ModuleType, password: str | None) -> None:
    lines = ["", f"Leonar Portal    http://{HOST}:{port}/"]
    if password is None:
        lines += [
            f"sends to         {settings.LEONAR_API_URL}",
            "accounts         .venv/bin/python manage.py portal_user NAME --role recruiter|admin",
        ]
    else:
        shown = "the password in PORTAL_DEMO_PASSWORD" if _given_password(settings) else password
        lines += [
            f"sandbox          {settings.SANDBOX_URL}/  (stands in for Leonar; set LEONAR_API_KEY for the real one)",
            f"sign in as       recruiter or admin, password: {shown}",
        ]
    print("\n".join([*lines, "Ctrl-C stops everything.", ""]), flush=True)


if __name__ == "__main__":
    sys.exit(main())
