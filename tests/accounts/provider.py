"""An OpenID Connect provider as a process of its own, of somebody else's making, over real HTTP."""

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import requests

from tests.portal import wait_for

HOST = "127.0.0.1"


class ProviderProcess:
    """oidc-provider-mock on a free port, for the length of a `with` block."""

    def __init__(self, folder: Path) -> None:
        self.port = _free_port()
        self.issuer = f"http://{HOST}:{self.port}"
        self._log = folder / "provider.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(self.port)]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for(self._answers, what="the provider")
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)

    def knows(self, subject: str, **claims: Any) -> None:
        """Somebody with an account there, and what it says of them."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()

    def sign_in(self, address: str, subject: str) -> str:
        """What a person does on the provider's own page; returns where it sends the browser back to."""
        answer = requests.post(address, {"sub": subject}, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.issuer}/.well-known/openid-configuration", timeout=1).ok
        except requests.ConnectionError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
