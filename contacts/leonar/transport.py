"""One call's connection: a deadline that nothing outlasts, and certainty about whether anything was sent.

The timeouts of urllib3 hold for single waits: a server that drips a byte now and then defeats them, and a name server
knows none at all. Here a watchdog shuts the connection down when the time is up, whatever is being waited for.
"""

import http.client
import queue
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from ssl import SSLContext
from typing import Any

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, NewConnectionError
from urllib3.util.ssl_ import create_urllib3_context

from contacts.leonar import errors
from contacts.leonar.classify import classify_exception

# What a call can raise on its way. Those of `requests` are OSErrors.
TRANSPORT_ERRORS = (OSError, HTTPError, http.client.HTTPException)

# Far above any documented answer. What lies beyond is left unread.
BODY_MAX = 1024 * 1024
CHUNK = 64 * 1024

Resolved = Sequence[tuple[int, int, int, str, Any]]


class Attempt:
    """One call, from its start to its end.

    `began` tells whether the first byte of the request may have left; `was_cut`, whether the deadline ended the call.
    """

    def __init__(self, *, deadline: float, may_send: Callable[[], bool]) -> None:
        self.began = False
        self.was_cut = False
        self._started = time.monotonic()
        self._ends = self._started + deadline
        self._may_send = may_send
        self._watchdog: threading.Timer | None = None
        self._handle: socket.socket | None = None
        self._lock = threading.Lock()

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

    def watch(self, connected: socket.socket) -> None:
        """From here on the deadline cuts the connection."""
        # A duplicate, because TLS takes the original over; shutting down one shuts down both.
        self._handle = connected.dup()
        self._watchdog = threading.Timer(self.remaining, self._cut)
        self._watchdog.daemon = True
        self._watchdog.start()

    def finish(self) -> None:
        """Ends the watch."""
        if self._watchdog is not None:
            self._watchdog.cancel()
        with self._lock:
            if self._handle is not None:
                self._handle.close()
                self._handle = None

    def judge(self, error: BaseException) -> errors.LeonarError:
        """What an exception of the transport means, given what is known about this call."""
        verdict = classify_exception(error)
        if isinstance(verdict, errors.NotSent) and self.began:
            return errors.ConnectionLost(verdict.detail)
        if isinstance(verdict, errors.OutcomeUnknown) and self.was_cut:
            return errors.NoAnswer(f"deadline: {verdict.detail}")
        return verdict

    def _cut(self) -> None:
        with self._lock:
            if self._handle is None:
                return
            self.was_cut = True
            with suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)


class WatchedConnection(HTTPConnection):
    """A connection that is made and used only as long as its attempt may."""

    def __init__(self, *args: Any, attempt: Attempt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._attempt = attempt

    def _new_conn(self) -> socket.socket:
        self._attempt.check()
        try:
            connected = self._open()
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "no connection in time") from error
        except OSError as error:
            raise NewConnectionError(self, "no connection") from error
        self._attempt.watch(connected)
        return connected

    def send(self, data: Any) -> None:
        """Writes a part of the request, the first part only if the attempt may still begin."""
        if not self._attempt.began:
            if self.sock is None:
                self.connect()
            self._attempt.begin()
        super().send(data)

    def _open(self) -> socket.socket:
        wait = self.timeout if isinstance(self.timeout, int | float) else self._attempt.remaining
        failure: OSError = socket.gaierror(socket.EAI_NONAME, "no address")
        for family, kind, protocol, _, address in _resolve(
            self._dns_host, self.port, min(wait, self._attempt.remaining)
        ):
            candidate = socket.socket(family, kind, protocol)
            try:
                candidate.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                # Never 0, which would mean not to wait at all and is reported in another way.
                candidate.settimeout(max(0.001, min(wait, self._attempt.remaining)))
                candidate.connect(address)
                candidate.settimeout(wait)
            except OSError as error:
                candidate.close()
                failure = error
            else:
                return candidate
        raise failure


class WatchedTLSConnection(WatchedConnection, HTTPSConnection):
    """The same over TLS: the handshake counts as connecting."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = WatchedConnection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = WatchedTLSConnection


def pool_for(
    scheme: str, host: str, port: int | None, *, attempt: Attempt, trust: SSLContext | None
) -> HTTPConnectionPool:
    """A pool for the one connection of `attempt`; `trust` is what an https server must satisfy."""
    if scheme == "https":
        return _TLSPool(host, port, maxsize=1, attempt=attempt, ssl_context=trust, cert_reqs="CERT_REQUIRED")
    return _Pool(host, port, maxsize=1, attempt=attempt)


def trust_in(ca_bundle: str) -> SSLContext:
    """Certificates must lead to one in the file `ca_bundle` and name the host. Raises OSError for an unusable file."""
    context = create_urllib3_context()
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
    # A connection cut by the deadline looks like the end of a body without a length.
    return bytes(body), not attempt.was_cut


def _resolve(host: str, port: int, seconds: float) -> Resolved:
    """The addresses of `host`. Raises socket.gaierror, or TimeoutError after `seconds`."""
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


def _look_up(host: str, port: int, found: "queue.SimpleQueue[Resolved | OSError]") -> None:
    try:
        found.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except OSError as error:
        found.put(error)
