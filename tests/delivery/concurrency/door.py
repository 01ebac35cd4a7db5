"""A door in front of the sandbox: closed, whoever connects waits; open, every byte goes through and is counted."""

import socket
import threading
from contextlib import suppress
from typing import Self

HOST = "127.0.0.1"


class Door:
    """`url` leads through the door. `said` holds, by each caller's own port, the bytes that have come from there."""

    def __init__(self, port: int) -> None:
        self.said: dict[int, bytearray] = {}
        self._inside = (HOST, port)
        self._fillers: list[socket.socket] = []

    def __enter__(self) -> Self:
        # With its queue full, Linux leaves further callers connecting.
        self._listener = socket.create_server((HOST, 0), backlog=0)
        self.port = self._listener.getsockname()[1]
        while True:
            filler = socket.socket()
            filler.settimeout(0.1)
            self._fillers.append(filler)
            try:
                filler.connect((HOST, self.port))
            except TimeoutError:
                return self

    def __exit__(self, *_: object) -> None:
        self._close_fillers()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @property
    def url(self) -> str:
        """The API's base URL, through the door."""
        return f"http://{HOST}:{self.port}/api/v1"

    def open(self) -> None:
        """Lets in who waits, and everybody after."""
        self._close_fillers()
        self._listener.listen(64)
        _start(self._let_in)

    def _close_fillers(self) -> None:
        while self._fillers:
            self._fillers.pop().close()

    def _let_in(self) -> None:
        while True:
            try:
                caller, (_, port) = self._listener.accept()
            except OSError:
                return
            said = self.said[port] = bytearray()
            _start(self._lead, caller, said)

    def _lead(self, caller: socket.socket, said: bytearray) -> None:
        with suppress(OSError), caller, socket.create_connection(self._inside) as inside:
            _start(_carry, inside, caller)
            while chunk := caller.recv(65536):
                said += chunk
                inside.sendall(chunk)


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(65536):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_RDWR)


def _start(target, *arguments: object) -> None:
    threading.Thread(target=target, args=arguments, daemon=True).start()
