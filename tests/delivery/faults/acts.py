"""What a misbehaving server can do with a connection: the acts that the scripts are made of, and answers to send."""

import gzip
import itertools
import json
import socket
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from email.utils import formatdate

from tests.delivery.faults.server import Conversation

CONTACT_ID = "3f6c1f0e-7d0a-4a53-9a5c-2a1f0d4b8e11"
CONTACT = {
    "id": CONTACT_ID,
    "first_name": "Sophie",
    "last_name": "Martin",
    "email": "sophie.martin@example.com",
    "created_at": "2026-01-05T09:30:00.000Z",
}
CREATED = json.dumps({"data": CONTACT}).encode()

Act = Callable[[Conversation], None]


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """Status line and headers."""
    lines = [f"HTTP/1.1 {status} Said By A Script", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def answer(
    status: int, body: bytes = b"", headers: Mapping[str, str] | None = None, *, length: int | None = None
) -> bytes:
    """A whole answer; `length` announces another length than the true one."""
    known = {"Content-Type": "application/json", "Content-Length": str(len(body) if length is None else length)}
    return head(status, known | dict(headers or {})) + body


def error(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> bytes:
    """An error as the reference shows it."""
    return answer(status, json.dumps({"error": {"code": code, "message": message}}).encode(), headers)


def html(status: int) -> bytes:
    """What a proxy says."""
    return answer(status, b"<html><h1>Bad Gateway</h1></html>", {"Content-Type": "text/html"})


def nested(levels: int) -> bytes:
    """A created contact with lists within lists."""
    return CREATED[:-2] + b', "x": ' + b"[" * levels + b"]" * levels + b"}}"


def reply(*pieces: bytes) -> Act:
    """Reads all, then sends `pieces` and closes."""

    def act(conversation: Conversation) -> None:
        conversation.read_request()
        for piece in pieces:
            conversation.send(piece)

    return act


def reply_later(make: Callable[[], bytes]) -> Act:
    """The same, with an answer made at that moment."""

    def act(conversation: Conversation) -> None:
        conversation.read_request()
        conversation.send(make())

    return act


def reply_then_reset(*pieces: bytes) -> Act:
    """Reads all, sends `pieces`, and breaks the connection."""

    def act(conversation: Conversation) -> None:
        conversation.read_request()
        for piece in pieces:
            conversation.send(piece)
        conversation.reset()

    return act


def reply_then_hang(*pieces: bytes) -> Act:
    """Reads all, sends `pieces`, and then nothing more."""

    def act(conversation: Conversation) -> None:
        conversation.read_request()
        for piece in pieces:
            conversation.send(piece)
        conversation.say_nothing()

    return act


def reply_dripping(start: bytes, pieces: Callable[[], Iterator[bytes]], *, every: float = 0.05) -> Act:
    """Reads all, sends `start` at once and the rest piece by piece: no single wait is long."""

    def act(conversation: Conversation) -> None:
        conversation.read_request()
        conversation.send(start)
        conversation.drip(pieces(), every=every)

    return act


def limited(reset: str | None, *, date: str | None = None) -> Callable[[], bytes]:
    """A 429 with that X-RateLimit-Reset; "+60" stands for 60 seconds from the server's now."""

    def make() -> bytes:
        headers = {"X-RateLimit-Limit": "2000", "X-RateLimit-Remaining": "0"}
        if reset is not None:
            headers["X-RateLimit-Reset"] = str(int(time.time()) + int(reset)) if reset.startswith(("+", "-")) else reset
        if date is not None:
            headers["Date"] = date
        return error(429, "rate_limit_exceeded", "Too many requests", headers)

    return make


def skewed_limited(skew: int, seconds: int) -> Callable[[], bytes]:
    """A 429 from a server whose clock is `skew` seconds off, with a reset in `seconds`."""

    def make() -> bytes:
        now = time.time() + skew
        headers = {"Date": formatdate(now, usegmt=True), "X-RateLimit-Reset": str(int(now) + seconds)}
        return error(429, "rate_limit_exceeded", "Too many requests", headers)

    return make


def nothing(conversation: Conversation) -> None:
    """For places where no conversation comes about."""
    conversation.say_nothing()


def reset_unread(conversation: Conversation) -> None:
    """Breaks the connection before reading anything of what has come."""
    # Any earlier, and the client may still be connecting, so that nothing has left it.
    conversation.connection.recv(1, socket.MSG_PEEK)
    conversation.reset()


def reset_after_head(conversation: Conversation) -> None:
    """Breaks the connection with half of a large body read."""
    conversation.read_head()
    conversation.read_body(most=200_000)
    conversation.reset()


def stop_reading(conversation: Conversation) -> None:
    """Reads the beginning of a large body and then nothing more."""
    conversation.read_head()
    conversation.do_nothing()


def close_after_head(conversation: Conversation) -> None:
    """Closes with most of a large body unread."""
    conversation.read_head()


def answer_early(raw: bytes) -> Act:
    """Answers as soon as the head is there, and reads the rest all the same."""

    def act(conversation: Conversation) -> None:
        conversation.read_head()
        conversation.send(raw)
        conversation.read_body()

    return act


def answer_and_close(raw: bytes) -> Act:
    """Answers as soon as the head is there, and closes with most of a large body unread."""

    def act(conversation: Conversation) -> None:
        conversation.read_head()
        conversation.send(raw)

    return act


def greet(conversation: Conversation) -> None:
    """Speaks first, and not HTTP."""
    conversation.send(b"220 mail.example.com ESMTP\r\n")
    conversation.read_request()


def hang_in_handshake(conversation: Conversation) -> None:
    """Takes the client's hello and says nothing."""
    conversation.say_nothing()


def drip_in_handshake(conversation: Conversation) -> None:
    """Begins a TLS record and never ends it."""
    conversation.send(b"\x16\x03\x03\x3f\xff")
    conversation.drip(itertools.repeat(b"\x00"))


def reset_in_handshake(conversation: Conversation) -> None:
    """Takes the client's hello and breaks the connection."""
    conversation.connection.recv(65536)
    conversation.reset()


def refuse_tls(conversation: Conversation) -> None:
    """Takes the client's hello and answers in plain HTTP."""
    conversation.connection.recv(65536)
    conversation.send(html(400))


def vanish(*pieces: bytes) -> Act:
    """Reads all, sends `pieces`, and closes without TLS's farewell."""

    def act(conversation: Conversation) -> None:
        conversation.read_request()
        for piece in pieces:
            conversation.send(piece)
        conversation.vanish()

    return act


def garble(conversation: Conversation) -> None:
    """Reads all, and answers with bytes that are not TLS."""
    conversation.read_request()
    conversation.send_past_tls(b"this is not a TLS record at all\r\n")
    conversation.say_nothing()


def stream(start: bytes, piece: bytes, times: int) -> Act:
    """Reads all, and sends a great deal, made on the way."""

    def act(conversation: Conversation) -> None:
        conversation.read_request()
        conversation.send(start)
        for _ in range(times):
            conversation.send(piece)

    return act


def bomb() -> bytes:
    """A contact behind 128 megabytes of spaces, gzipped twice to next to nothing."""
    packer = zlib.compressobj(wbits=31)
    mebibyte = b" " * 2**20
    once = b"".join(packer.compress(mebibyte) for _ in range(128)) + packer.compress(CREATED) + packer.flush()
    return answer(201, gzip.compress(once), {"Content-Encoding": "gzip, gzip"})


def chunked(*pieces: bytes) -> bytes:
    """`pieces` as chunks, without the last one that ends a body."""
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)


CHUNKED = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
OPEN_ENDED = {"Content-Type": "application/json"}
GZIP = {"Content-Encoding": "gzip"}
SPACES = b" " * 65536
