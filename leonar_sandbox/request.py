"""A request, read off the wire."""

import json
import math
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from leonar_sandbox.contract import ContractError

API_ROOT = "/api/v1"
_DEEPEST_NESTING = 100


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError("larger than a number can be")
    return number


def _nests_deeper(value: Any, levels: int) -> bool:
    within = [value]
    for _ in range(levels):
        lists = (item.values() if isinstance(item, dict) else item for item in within if isinstance(item, dict | list))
        within = [inner for items in lists for inner in items]
        if not within:
            return False
    return True


@dataclass
class Request:
    """Method, path, parameters, headers and, once it was read, the body."""

    method: str
    path: str
    query: str
    headers: Message
    body: bytes = b""

    @classmethod
    def of(cls, method: str, target: str, headers: Message) -> "Request":
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
        """The body as JSON. Raises ContractError where it is not, or is nested too deep to be written again."""
        try:
            value = json.loads(self.body.decode(), parse_float=_finite, parse_constant=_refused)
            if b"\\u" in self.body:
                # Half of a surrogate pair can be written as an escape, and is no character.
                json.dumps(value, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            raise ContractError("body", "Must be valid JSON") from None
        if _nests_deeper(value, _DEEPEST_NESTING):
            raise ContractError("body", f"Must not be nested deeper than {_DEEPEST_NESTING} levels")
        return value
