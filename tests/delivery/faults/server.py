"""A server that misbehaves on demand: raw sockets, one thread a connection, free ports of the loopback.

    with FaultServer() as server:
        server.play(script)                       # one of tests.delivery.faults.scripts.SCRIPTS
        ... talk to server.url; certificates are signed by the authority in server.ca_bundle ...
        assert server.saw_whole_request == script.is_seen

It shares no code with the client, so that what it saw is independent evidence.
"""

import enum
import os
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, Self

import trustme

BASE_PATH = "/api/v1"
# No conversation needs longer: a client that outlasts it has no deadline.
CONVERSATION_SECONDS = 20
# Small, so that a large request can't vanish into the kernel.
RECEIVE_BUFFER = 64 * 1024


class Place(enum.Enum):
    """Where the address of a script leads."""

    HTTP = "an http server"
    HTTPS = "an https server with a good certificate"
    UNTRUSTED = "an https server whose certificate comes from an unknown authority"
    EXPIRED = "an https server whose certificate has expired"
    OTHER_HOST = "an https server whose certificate is for another host"
    CLIENT_CERTIFICATE = "an https server that wants a certificate from its clients"
    HTTP_TO_TLS = "an https server, called by http"
    TLS_TO_HTTP = "a server without TLS, called by https"
    REFUSED = "a port on which nobody listens"
    UNKNOWN_HOST = "a name that does not exist"
    FULL = "a server whose queue is full, so that connecting takes for ever"


CALLED_BY_HTTPS = {
    Place.HTTPS,
    Place.UNTRUSTED,
    Place.EXPIRED,
    Place.OTHER_HOST,
    Place.CLIENT_CERTIFICATE,
    Place.TLS_TO_HTTP,
}
SPEAKS_TLS = CALLED_BY_HTTPS - {Place.TLS_TO_HTTP} | {Place.HTTP_TO_TLS}


@dataclass
class SeenRequest:
    """A request as far as the server has read it. `complete`: its head, and all of the body that the head announced."""

    method: str = ""
    path: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    complete: bool = False

    def header(self, name: str) -> str | None:
        """The value of the one header of that name."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        assert len(values) < 2, f"{name} came {len(values)} times"
        return values[0] if values else None


class Conversation:
    """One connection, in the hands of a script."""

    def __init__(self, connection: socket.socket, requests: list[SeenRequest], over: threading.Event) -> None:
        self.connection = connection
        self.request = SeenRequest()
        self._requests = requests
        self._over = over

    def read_head(self) -> None:
        """Reads up to the empty line, and whatever of the body came with it."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._receive()
        head, self.request.body = received.split(b"\r\n\r\n", 1)
        first, *lines = head.decode("latin-1").split("\r\n")
        self.request.method, self.request.path, _ = first.split(" ")
        self.request.headers = [(name, value) for name, _, value in (line.partition(": ") for line in lines)]
        self.request.complete = len(self.request.body) >= self._announced
        self._requests.append(self.request)

    def read_body(self, most: int | None = None) -> None:
        """Reads on to the announced length, or until `most` bytes of the body have come."""
        wanted = self._announced if most is None else most
        body = bytearray(self.request.body)
        while len(body) < wanted:
            body += self._receive()
        self.request.body = bytes(body)
        self.request.complete = len(body) >= self._announced

    def read_request(self) -> None:
        """Reads all of it."""
        self.read_head()
        self.read_body()

    def send(self, data: bytes) -> None:
        """Sends all of `data`."""
        self.connection.sendall(data)

    def drip(self, pieces: Iterable[bytes], *, every: float = 0.05) -> None:
        """Sends piece after piece, with a pause after each, until the client has had enough."""
        for piece in pieces:
            self.send(piece)
            if self._over.wait(every):
                return

    def say_nothing(self) -> None:
        """Reads, and never answers, until the client has gone."""
        while self._receive():
            pass

    def do_nothing(self) -> None:
        """Does not even read, until the next script."""
        self._over.wait(CONVERSATION_SECONDS)

    def reset(self) -> None:
        """Breaks the connection: the client gets a RST."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.vanish()

    def vanish(self) -> None:
        """Closes without TLS's farewell."""
        socket.close(self.connection.detach())

    def send_past_tls(self, data: bytes) -> None:
        """Sends `data` as it is over a connection that speaks TLS."""
        with socket.socket(fileno=os.dup(self.connection.fileno())) as plain:
            plain.sendall(data)

    @property
    def _announced(self) -> int:
        return int(self.request.header("Content-Length") or 0)

    def _receive(self) -> bytes:
        chunk = self.connection.recv(65536)
        if not chunk:
            raise ConnectionAbortedError("the client has gone")
        return chunk


class Script(Protocol):
    """What the server needs of a script."""

    @property
    def place(self) -> Place:
        """Where its address leads."""

    @property
    def act(self) -> Callable[[Conversation], None]:
        """What happens on each connection."""


class FaultServer:
    """Plays scripts. `requests` are those seen since the last `play`, `url` is the base URL for the current script."""

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[SeenRequest] = []
        self.connections = 0
        self._script: Script | None = None
        self._over = threading.Event()
        self._addresses: dict[Place, str] = {}
        self._threads: list[threading.Thread] = []
        self._resources = ExitStack()
        self._is_closing = False

    def __enter__(self) -> Self:
        directory = self._resources.enter_context(TemporaryDirectory())
        self.ca_bundle = str(Path(directory) / "authority.pem")
        authority().cert_pem.write_to_path(self.ca_bundle)
        return self

    def __exit__(self, *_: object) -> None:
        self._is_closing = True
        self._over.set()
        self._resources.close()
        for thread in self._threads:
            thread.join(CONVERSATION_SECONDS)

    @property
    def saw_whole_request(self) -> bool:
        """The oracle: a request has been read to its last byte, so it may have been carried out."""
        return any(request.complete for request in self.requests)

    def waits_for_whole_request(self, seconds: float = 5) -> bool:
        """The same, given the server some time to finish reading: a client may have left before that."""
        end = time.monotonic() + seconds
        while not self.saw_whole_request and time.monotonic() < end:
            time.sleep(0.005)
        return self.saw_whole_request

    def play(self, script: Script) -> str:
        """From the next connection on, does as `script` says. Returns `url`, the same for every script of one place."""
        self._over.set()
        self._over = threading.Event()
        self._script = script
        self.requests = []
        self.connections = 0
        if script.place not in self._addresses:
            self._addresses[script.place] = self._open(script.place)
        scheme = "https" if script.place in CALLED_BY_HTTPS else "http"
        self.url = f"{scheme}://{self._addresses[script.place]}{BASE_PATH}"
        return self.url

    def _open(self, place: Place) -> str:
        if place is Place.UNKNOWN_HOST:
            return "leonar.invalid"
        listener = self._resources.enter_context(socket.socket())
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        listener.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        if place is Place.REFUSED:
            return address
        if place is Place.FULL:
            self._fill(listener)
            return address
        listener.listen(64)
        # Linux wakes whoever waits in accept when the listener is shut down; elsewhere the timeout does.
        listener.settimeout(0.5)
        self._resources.callback(_shut_down, listener)
        self._start(self._accept, listener, place)
        return address

    def _fill(self, listener: socket.socket) -> None:
        listener.listen(0)
        for _ in range(16):
            caller = self._resources.enter_context(socket.socket())
            caller.settimeout(0.1)
            try:
                caller.connect(listener.getsockname())
            except TimeoutError:
                return
        raise RuntimeError("the queue of a listening socket never filled up")

    def _accept(self, listener: socket.socket, place: Place) -> None:
        while not self._is_closing:
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            self.connections += 1
            self._start(self._converse, connection, place, self._script, self.requests, self._over)

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads = [known for known in self._threads if known.is_alive()] + [thread]
        thread.start()

    @staticmethod
    def _converse(
        connection: socket.socket, place: Place, script: Script, requests: list[SeenRequest], over: threading.Event
    ) -> None:
        connection.settimeout(CONVERSATION_SECONDS)
        # The client may leave, or refuse the handshake, at any moment.
        with suppress(OSError), connection:
            if place not in SPEAKS_TLS:
                script.act(Conversation(connection, requests, over))
                return
            with tls(place).wrap_socket(connection, server_side=True) as secured:
                script.act(Conversation(secured, requests, over))


def _shut_down(listener: socket.socket) -> None:
    with suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)


@lru_cache(maxsize=1)
def authority() -> trustme.CA:
    """The authority that the client is told to trust."""
    return trustme.CA()


@lru_cache
def tls(place: Place) -> ssl.SSLContext:
    """The server's side of TLS at that place."""
    now = datetime.now(UTC)
    if place is Place.UNTRUSTED:
        certificate = trustme.CA().issue_cert("127.0.0.1")
    elif place is Place.EXPIRED:
        certificate = authority().issue_cert(
            "127.0.0.1", not_before=now - timedelta(days=2), not_after=now - timedelta(days=1)
        )
    elif place is Place.OTHER_HOST:
        certificate = authority().issue_cert("leonar.example")
    else:
        certificate = authority().issue_cert("127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    if place is Place.CLIENT_CERTIFICATE:
        context.verify_mode = ssl.CERT_REQUIRED
        authority().configure_trust(context)
    return context
