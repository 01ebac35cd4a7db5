"""A request, read off the wire."""

import json
from dataclasses import dataclass
from http.client import HTTPMessage
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from leonar_sandbox.contract import ContractError

API_ROOT = "/api/v1"


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


@dataclass
class Request:
    """Method, path, parameters, headers and, once it was read, the body."""

    method: str
    path: str
    query: str
    headers: HTTPMessage
    body: bytes = b""

    @classmethod
    def of(cls, method: str, target: str, headers: HTTPMessage) -> "Request":
        """The request for a target as the request line has it. Raises ValueError for one that is no target at all."""
        parts = urlsplit(target)
        return cls(method, parts.path, parts.query, headers)

    @property
    def is_api(self) -> bool:
        """Whether this is for the API, rather than for a person or a test."""
        return self.path == API_ROOT or self.path.startswith(f"{API_ROOT}/")

    @property
    def call(self) -> str:
        """The API call, as in "POST /contacts"."""
        return f"{self.method} {self.path.removeprefix(API_ROOT)}"

    @property
    def key(self) -> str | None:
        """The API key, where one was sent that can be one."""
        scheme, _, key = self.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not key.startswith("leo_") or len(key) <= len("leo_"):
            return None
        return key

    def parameters(self) -> dict[str, str]:
        """The query's parameters; the last one counts where one is repeated."""
        return dict(parse_qsl(self.query, keep_blank_values=True))

    def json(self) -> Any:
        """The body as JSON. Raises ContractError where it is not."""
        try:
            value = json.loads(self.body, parse_constant=_refuse_constant)
            if b"\\u" in self.body:
                # Half of a surrogate pair can be written as an escape, and is no character.
                json.dumps(value, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            raise ContractError("body", "Must be valid JSON") from None
        return value
