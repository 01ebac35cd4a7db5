"""One call's connection: a deadline that nothing outlasts, and certainty about whether anything was sent.

The timeouts of urllib3 hold for single waits: a server that drips a byte now and then defeats them, and a name server
knows none at all. Here each single wait is given no more than what is left of the whole.
"""

import ipaddress
import logging
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from ssl import SSLContext
from typing import Any, cast

from requests import PreparedRequest
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection

from contacts.leonar import errors
from contacts.leonar.classify import TRANSPORT_ERRORS

# Far above any documented answer. What lies beyond is left unread.
BODY_MAX = 1024 * 1024
CHUNK = 64 * 1024

# It warns of headers that it can't parse, and quotes them: with the key, if that is what they echo.
logging.getLogger("urllib3.connection").setLevel(logging.ERROR)

Resolved = Sequence[tuple[int, int, int, str, Any]]


class Attempt:
    """One call, from its start to its end.

    `began` tells whether the first byte of the request may have left.
    """

    def __init__(self, *, deadline: float, may_send: Callable[[], bool]) -> None:
        self.began = False
        self._started = time.monotonic()
        self._ends = self._started + deadline
        self._may_send = may_send

    @property
    def duration(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    @property
    def remaining(self) -> float:
        """Seconds until the deadline; 0 once it has passed."""
        return max(0.0, self._ends - time.monotonic())

    def check(self) -> None:
        """Raises errors.Abandoned if nothing may be sent any more."""
        if not self._may_send():
            raise errors.Abandoned("lease")
        if not self.remaining:
            raise errors.Abandoned("deadline")

    def begin(self) -> None:
        """Asked before the first byte of the request is written; raises errors.Abandoned if it must not be."""
        self.check()
        self.began = True

    def wait(self, most: float) -> float:
        """Seconds that a single wait may take, `most` at most. Raises TimeoutError once the deadline has passed."""
        remaining = self.remaining
        if not remaining:
            raise TimeoutError("deadline")
        return min(most, remaining)


class BoundedSocket(socket.socket):
    """A socket of an attempt: no read of it outlasts its timeout, nor the attempt."""

    attempt: Attempt
    most: float

    def settimeout(self, value: float | None) -> None:
        """See socket.socket; a number."""
        self.most = cast(float, value)
        super().settimeout(value)

    def recv_into(self, *arguments: Any) -> int:
        """See socket.socket."""
        super().settimeout(self.attempt.wait(self.most))
        return super().recv_into(*arguments)


class BoundedTLSSocket(BoundedSocket, ssl.SSLSocket):
    """The same over TLS."""


class Connection(HTTPConnection):
    """A connection that is made and used only as long as its attempt may.

    `connect_timeout` is seconds for a single wait until the request is written, `read_timeout` for one after that.
    """

    def __init__(
        self, host: str, port: int | None, *, attempt: Attempt, connect_timeout: float, read_timeout: float
    ) -> None:
        # Without a port an address of version 6 would be taken for a name with one.
        super().__init__(host, port or 80, timeout=read_timeout)
        self._attempt = attempt
        self._connect_timeout = connect_timeout

    def connect(self) -> None:
        """Resolves the name and connects. Raises OSError, or errors.Abandoned if nothing may be sent any more."""
        self._attempt.check()
        self.sock = self._open()

    def send(self, data: Any) -> None:
        """Writes a part of the request, the first part only if the attempt may still begin."""
        if not self._attempt.began:
            self.connect()
            self._attempt.begin()
        self.sock.settimeout(self._wait)
        super().send(data)

    def exchange(self, request: PreparedRequest) -> BaseHTTPResponse:
        """Sends the request, and returns the head of the answer with its body yet to be read."""
        try:
            self.request(
                str(request.method),
                request.path_url,
                body=request.body,
                headers=request.headers,
                preload_content=False,
                decode_content=False,
            )
        except (BrokenPipeError, ConnectionResetError):
            if not self._attempt.began:
                raise
            # Whoever stops reading may have answered before.
        return self.getresponse()

    def _open(self) -> BoundedSocket:
        failure: OSError = socket.gaierror(socket.EAI_NONAME, "no address")
        for family, kind, protocol, _, address in _resolve(self.host, self.port, self._wait):
            candidate = BoundedSocket(family, kind, protocol)
            candidate.attempt = self._attempt
            try:
                candidate.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                candidate.settimeout(self._wait)
                candidate.connect(address)
            except OSError as error:
                candidate.close()
                failure = error
            else:
                return candidate
        raise failure

    @property
    def _wait(self) -> float:
        # Never 0, which would mean not to wait at all and is reported in another way.
        return max(0.001, min(self._connect_timeout, self._attempt.remaining))


class TLSConnection(Connection):
    """The same over TLS; the handshake belongs to connecting. `trust` is what the server must satisfy."""

    def __init__(self, host: str, port: int | None, *, trust: SSLContext, **options: Any) -> None:
        super().__init__(host, port or 443, **options)
        self._trust = trust

    def connect(self) -> None:
        """Connects and shakes hands. Raises OSError, ssl.SSLCertVerificationError among them, or errors.Abandoned."""
        super().connect()
        self.sock.settimeout(self._wait)
        secured = cast(BoundedTLSSocket, self._trust.wrap_socket(self.sock, server_hostname=self.host))
        secured.attempt = self._attempt
        self.sock = secured


def trust_in(ca_bundle: str) -> SSLContext:
    """Certificates must lead to one in the file `ca_bundle` and name the host. Raises OSError for an unusable file."""
    # Not a default context: that writes its secrets down if the environment says so.
    context = SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.sslsocket_class = BoundedTLSSocket
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(ca_bundle)
    return context


def read_body(response: BaseHTTPResponse, attempt: Attempt) -> tuple[bytes, bool]:
    """The decoded body up to BODY_MAX bytes, and whether that is all. Never raises: the status is known by now."""
    body = bytearray()
    try:
        while chunk := response.read1(CHUNK, decode_content=True):
            body += chunk
            if len(body) > BODY_MAX or not attempt.remaining:
                return bytes(body[:BODY_MAX]), False
    except TRANSPORT_ERRORS:
        return bytes(body), False
    return bytes(body), True


def _resolve(host: str, port: int, seconds: float) -> Resolved:
    """The addresses of `host`. Raises socket.gaierror, or TimeoutError after `seconds`."""
    if _is_address(host):
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # getaddrinfo can't be interrupted. The thread that waits for it is left behind if it takes too long.
    found: queue.SimpleQueue[Resolved | OSError] = queue.SimpleQueue()
    threading.Thread(target=_look_up, args=(host, port, found), daemon=True).start()
    try:
        answer = found.get(timeout=seconds)
    except queue.Empty as error:
        raise TimeoutError("no name resolution in time") from error
    if isinstance(answer, OSError):
        raise answer
    return answer


def _is_address(host: str) -> bool:
    """Whether `host` is an address already, for which nobody is asked."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _look_up(host: str, port: int, found: "queue.SimpleQueue[Resolved | OSError]") -> None:
    try:
        found.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except OSError as error:
        found.put(error)
