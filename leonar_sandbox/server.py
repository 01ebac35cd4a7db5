"""HTTP: reads requests off the wire, and delivers answers whole, by half, or not at all."""

import sys
import time
import traceback
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from urllib.parse import urlsplit

from leonar_sandbox.answer import Answer, error_answer, no_answer
from leonar_sandbox.request import Request
from leonar_sandbox.sandbox import Sandbox

HOST = "127.0.0.1"
NAMES = {HOST, "localhost", "::1"}
LARGEST_BODY = 1024 * 1024
# A larger body than we take is still read up to here, or its sender would see a reset instead of the answer.
_LARGEST_DISCARDED_BODY = 16 * LARGEST_BODY


class SandboxServer(ThreadingHTTPServer):
    """The stand-in on a port of the loopback interface. Port 0 takes a free one; `server_port` tells which.

    Raises OSError where the port is taken.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def __init__(self, *, port: int, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        super().__init__((HOST, port), Handler)

    def server_bind(self) -> None:
        """Bind without HTTPServer's look-up of the host's full name, which can take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over callers that went away; of a fault of ours show where it is, but nothing that anybody sent."""
        error = sys.exc_info()[1]
        if error is None or isinstance(error, ConnectionError | TimeoutError):
            return
        sys.stderr.writelines([*traceback.format_tb(error.__traceback__), f"{type(error).__name__}\n"])


class Handler(BaseHTTPRequestHandler):
    """One connection, kept alive from request to request."""

    server: SandboxServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024  # head and body leave in one piece
    timeout = 300

    def do_GET(self) -> None:
        self._respond()

    def do_HEAD(self) -> None:
        self._respond()

    def do_POST(self) -> None:
        self._respond()

    def do_PUT(self) -> None:
        self._respond()

    def do_PATCH(self) -> None:
        self._respond()

    def do_DELETE(self) -> None:
        self._respond()

    def version_string(self) -> str:
        """Name no versions."""
        return "leonar-sandbox"

    def _respond(self) -> None:
        if not self._is_asked_by_its_name():
            self.close_connection = True
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        try:
            request = Request.of(self.command, self.path, self.headers)
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        self._deliver(self._answer(request))

    def _is_asked_by_its_name(self) -> bool:
        """A page elsewhere that has a name of its own lead to this machine asks by that name, and reads nothing."""
        try:
            return urlsplit(f"//{self.headers.get('Host', HOST)}").hostname in NAMES
        except ValueError:
            return False

    def _answer(self, request: Request) -> Answer:
        rule = self.server.sandbox.rule_for(request)
        if rule and rule.mode == "drop_before_reading":
            return no_answer()
        refusal = self._read_body(request)
        if refusal:
            return self.server.sandbox.with_standing(request, refusal)
        return self.server.sandbox.answer(request, rule)

    def _read_body(self, request: Request) -> Answer | None:
        """Read the body into the request. Returns the answer to one that can't be taken; then the connection ends."""
        if "Transfer-Encoding" in request.headers:
            self.close_connection = True
            return error_answer(HTTPStatus.LENGTH_REQUIRED, "body: Must come with its Content-Length")
        announced = request.headers.get("Content-Length", "0")
        if not (announced.isascii() and announced.isdigit()):
            self.close_connection = True
            return error_answer(HTTPStatus.BAD_REQUEST, "body: Must come with its Content-Length")
        length = int(announced[:20])
        if length > LARGEST_BODY:
            self.close_connection = True
            self._discard(min(length, _LARGEST_DISCARDED_BODY))
            return error_answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body: Must be at most 1 MB")
        request.body = self.rfile.read(length)
        if len(request.body) < length:
            raise ConnectionAbortedError
        return None

    def _discard(self, length: int) -> None:
        while length > 0:
            part = self.rfile.read(min(length, 64 * 1024))
            if not part:
                return
            length -= len(part)

    def _deliver(self, answer: Answer) -> None:
        if answer.wait:
            time.sleep(answer.wait)
        if answer.delivery == "none":
            self.close_connection = True
            return
        body = b"" if answer.status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED) else answer.body
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if body:
            self.send_header("Content-Type", answer.content_type)
        if answer.status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(body)))
        if answer.delivery == "half":
            body = body[: len(body) // 2]
            self.close_connection = True
        elif self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What http.server cannot make sense of is answered in the API's way, too."""
        self.close_connection = True
        answer = error_answer(code, "This is not a request that can be read")
        self._deliver(self.server.sandbox.with_standing(None, answer))

    def handle_expect_100(self) -> bool:
        """Tell a caller that asked first to go on, at once: it will not send its body before."""
        go_on = super().handle_expect_100()
        self.wfile.flush()
        return go_on

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what is asked for may be personal, and callers have their own logs."""
