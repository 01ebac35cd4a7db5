"""How the log is written: a line of text or of JSON each, with the request that it belongs to."""

import json
import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.addresses import client_address

HEADER = "X-Request-Id"
# The request that is being answered, and whom it comes from.
_request: ContextVar[dict[str, str] | None] = ContextVar("request", default=None)


def with_request_id(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware that gives each request an id, which its answer and its lines of log have."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        own = secrets.token_hex(8)
        token = _request.set({"request": own, "address": client_address(request) or "-"})
        try:
            answer = get_response(request)
        finally:
            _request.reset(token)
        answer.headers[HEADER] = own
        return answer

    return middleware


class LineFormatter(logging.Formatter):
    """Text for people: one line an event, with the request's id at its end."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (logging's name)
        """The line, without what comes after it on lines of its own."""
        asked = _request.get()
        return super().formatMessage(record) + (f" request={asked['request']}" if asked else "")


class JSONFormatter(logging.Formatter):
    """One JSON object an event, for whatever collects logs: when, how grave, what, and the facts by their names."""

    def format(self, record: logging.LogRecord) -> str:
        """The object on one line; of a mistake the stack, and never what was in its way."""
        seen = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **(_request.get() or {}),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            seen["exception"] = self.formatException(record.exc_info)
        return json.dumps(seen, default=str)
