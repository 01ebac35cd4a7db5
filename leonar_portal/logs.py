"""How the log is written: a line of text or of JSON each, with the request that it belongs to."""

import json
import logging
import secrets
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.core.signals import request_finished
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.addresses import client_address
from contacts import origin

HEADER = "X-Request-Id"


def with_request_id(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware that gives each request an id, which its answer, its lines of log and its events have."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        own = secrets.token_hex(8)
        origin.current.set(origin.Origin(own, client_address(request) or ""))
        answer = get_response(request)
        answer.headers[HEADER] = own
        return answer

    # A file is made while it is sent: what is on record of its end belongs to the request too.
    request_finished.connect(_forget, dispatch_uid=HEADER)
    return middleware


def _forget(**_: Any) -> None:
    origin.current.set(None)


class WithoutPaths(logging.Filter):
    """Has Django name an address as the portal knows it: what somebody put there instead may be a person's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record pass."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            route = request.resolver_match.route if request.resolver_match else "-"
            record.args = tuple(f"/{route}" if argument == request.path else argument for argument in record.args)
        return True


class _Formatter(logging.Formatter):
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802  (logging's name)
        """In UTC, and saying so: lines of several machines are laid side by side, and summer time ends."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def formatException(self, exc_info: Any) -> str:  # noqa: N802  (logging's name)
        """Where a mistake happened, and of what kind it and those behind it are; what each says may quote anything."""
        error, told = exc_info[1], []
        while error is not None:
            told.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nbehind it:\n".join(told)


class LineFormatter(_Formatter):
    """Text for people: one line an event, with the address and the id of the request at its end."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (logging's name)
        """The line, without what comes after it on lines of its own."""
        asked = origin.current.get()
        line = super().formatMessage(record)
        if asked is None:
            return line
        address = "" if "address" in getattr(record, "facts", {}) else f" address={asked.address or '-'}"
        return f"{line}{address} request={asked.request}"


class JSONFormatter(_Formatter):
    """One JSON object an event, for whatever collects logs: when, how grave, what, and the facts by their names."""

    def format(self, record: logging.LogRecord) -> str:
        """The object on one line; of a mistake the stack, and never what was in its way."""
        seen = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_origin(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            seen["exception"] = self.formatException(record.exc_info)
        return json.dumps(seen, default=str)


def _origin() -> dict[str, str]:
    asked = origin.current.get()
    return {"request": asked.request, "address": asked.address or "-"} if asked else {}
