"""The stand-in for Leonar as a process of its own, for tests that need one."""

import json
import os
import select
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any, Self

PROJECT_ROOT = Path(__file__).resolve().parent.parent
_START_SECONDS = 20
_STOP_SECONDS = 10


class SandboxProcess:
    """`python -m leonar_sandbox` on a free port of this machine, for the length of a `with` block.

        with SandboxProcess(tmp_path) as sandbox:
            sandbox.misbehave(mode="drop_after_creating", calls=2, only="POST /contacts")
            ... talk to sandbox.api_url with any key that starts with leo_ ...
            assert len(sandbox.contacts()) == 1

    The modes of misbehaviour are told by `python -m leonar_sandbox --help`.
    """

    def __init__(
        self, data_dir: Path, port: int = 0, rate_limit: int | None = None, env: dict[str, str] | None = None
    ) -> None:
        self.port = port
        self.data_dir = data_dir
        self._rate_limit = rate_limit
        self._env = env or {}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Its page for browsers, with a slash at the end."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def api_url(self) -> str:
        """The API's base URL, without a slash at the end."""
        return f"{self.url}api/v1"

    @property
    def pid(self) -> int:
        """The process id, while it runs."""
        assert self._process is not None, "the sandbox is not running"
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it has been started and not stopped."""
        return self._process is not None

    def start(self) -> None:
        """Start it, and return once it takes requests."""
        assert self._process is None, "the sandbox is already running"
        command = [sys.executable, "-m", "leonar_sandbox", "--port", str(self.port), "--data-dir", str(self.data_dir)]
        if self._rate_limit is not None:
            command += ["--rate-limit", str(self._rate_limit)]
        self._process = subprocess.Popen(
            command, cwd=PROJECT_ROOT, env=os.environ | self._env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        )
        try:
            self.port = _printed_port(self._process)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Ask it to stop, and wait until it has. Does nothing where it does not run."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self._end(signal.SIGTERM)

    def kill(self) -> None:
        """kill -9. Does nothing where it does not run."""
        if self._process is not None:
            self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Start it again, on the same port and data; stops it first where it still runs."""
        self.stop()
        self.start()

    def misbehave(self, **rule: Any) -> dict[str, Any]:
        """Queue a rule, such as mode="delay", seconds=2, calls=3. Returns the sandbox's state."""
        return self._post("misbehave", rule)

    def limit_rate(self, **options: Any) -> dict[str, Any]:
        """Change limit=..., window_seconds=..., or both; every key begins a new window."""
        return self._post("rate", options)

    def reset(self) -> None:
        """Forget contacts, ledger, rules, search lag and rate limits."""
        self._post("reset", {})

    def contacts(self) -> list[dict[str, Any]]:
        """Every contact it holds, oldest first, whatever rules and limits say."""
        return self._get("contacts")["data"]

    def ledger(self) -> list[dict[str, Any]]:
        """Every POST /contacts whose whole body it read, oldest first: at, body, created_id, status, key_suffix."""
        return self._get("ledger")["data"]

    def state(self) -> dict[str, Any]:
        """Counts of contacts and ledger lines, waiting rules, search lag, rate limit."""
        return self._get("state")

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        assert process is not None
        process.send_signal(how)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        finally:
            assert process.stdout is not None
            process.stdout.close()

    def _get(self, name: str) -> dict[str, Any]:
        return _json(urllib.request.Request(f"{self.url}_sandbox/{name}"))

    def _post(self, name: str, options: dict[str, Any]) -> dict[str, Any]:
        body = json.dumps(options).encode()
        return _json(urllib.request.Request(f"{self.url}_sandbox/{name}", body, {"Content-Type": "application/json"}))


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _json(request: urllib.request.Request) -> dict[str, Any]:
    with _opener.open(request, timeout=30) as answer:
        return json.load(answer)


def _printed_port(process: subprocess.Popen[bytes]) -> int:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], _START_SECONDS)
    line = process.stdout.readline().decode() if ready else ""
    if not line.startswith("Leonar sandbox on "):
        raise RuntimeError("The sandbox did not start; what it wrote to standard error says why.")
    return int(line.split()[3].rstrip("/").rpartition(":")[2])
