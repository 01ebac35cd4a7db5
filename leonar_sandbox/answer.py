"""An answer before it goes on the wire."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

_CODES = {
    400: "validation_error",
    401: "invalid_api_key",
    403: "insufficient_scope",
    404: "not_found",
    429: "rate_limit_exceeded",
}
JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"


@dataclass
class Answer:
    """Status, headers and body, and how they are delivered.

    `delivery`: "whole", "half" (the body breaks off in the middle) or "none" (the connection just ends).
    `wait`: seconds that pass before that. `created_id`: the contact that was made on the way, if any.
    """

    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    created_id: str | None = None
    delivery: Literal["whole", "half", "none"] = "whole"
    wait: float = 0.0


def json_answer(status: int, value: Any) -> Answer:
    """`value` as JSON."""
    return Answer(status, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def error_answer(status: int, message: str, *, code: str | None = None) -> Answer:
    """The documented error body. The reference names no code for other refusals: they count as validation errors."""
    code = code or _CODES.get(status) or ("internal_error" if status >= 500 else "validation_error")
    return json_answer(status, {"error": {"code": code, "message": message}})


def html_answer(status: int, page: str) -> Answer:
    """A page, as a browser shows it."""
    return Answer(status, page.encode(), HTML)


def no_answer(*, created_id: str | None = None, wait: float = 0.0) -> Answer:
    """Nothing but the end of the connection."""
    return Answer(0, created_id=created_id, delivery="none", wait=wait)
