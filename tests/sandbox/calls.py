"""Calls to the sandbox over a bare connection, so that a broken answer shows as what it is."""

import http.client
import json
from dataclasses import dataclass
from http.client import HTTPMessage
from typing import Any

from tests.sandbox_process import SandboxProcess

KEY = "leo_test"


@dataclass
class Reply:
    """An answer as it came."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> dict[str, str]:
        return self.json["error"]


def call(
    sandbox: SandboxProcess,
    method: str,
    path: str,
    body: Any = None,
    *,
    key: str | None = KEY,
    headers: dict[str, str] | None = None,
    timeout: float = 30,
) -> Reply:
    """One request on its own connection: `body` as JSON, or as it is when it is bytes already."""
    sent = dict(headers or {})
    if key is not None:
        sent["Authorization"] = f"Bearer {key}"
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.port, timeout=timeout)
    try:
        connection.request(method, path, data, sent)
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


def get(sandbox: SandboxProcess, path: str, **options: Any) -> Reply:
    """GET below /api/v1."""
    return call(sandbox, "GET", f"/api/v1{path}", **options)


def post(sandbox: SandboxProcess, path: str, body: Any, **options: Any) -> Reply:
    """POST below /api/v1."""
    return call(sandbox, "POST", f"/api/v1{path}", body, **options)


def create(sandbox: SandboxProcess, **fields: Any) -> dict[str, Any]:
    """A contact that was created; Sophie where no name is given."""
    reply = post(sandbox, "/contacts", {"first_name": "Sophie"} | fields)
    assert reply.status == 201, reply.body
    return reply.json["data"]
