"""Where one request ends and the next begins: the server refuses whatever could be read in two ways."""

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

HEAD = b"POST /accounts/login/ HTTP/1.1\r\nHost: portal.example.com\r\n"
NEXT = b"GET /healthz HTTP/1.1\r\nHost: portal.example.com\r\n\r\n"


def bodies(sent: bytes) -> list[bytes]:
    """What gunicorn reads as the bodies of all that is in it. Raises ParseException where it refuses."""
    return [request.body.read() for request in RequestParser(Config(), iter([sent]), ("127.0.0.1", 1))]


@pytest.mark.parametrize(
    "between",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
        b"Content-Length: 4\r\nContent-Length: 0\r\n\r\nabcd",
        *(f"Content-Length: {length}\r\n\r\nabcd".encode("latin-1") for length in ("+4", "0x4", "4, 4", "-1", "²")),
        *(b"Transfer-Encoding: chunked\r\n\r\n" + size + b"\r\nabcd\r\n0\r\n\r\n" for size in (b"-4", b"0x4", b"0_4")),
        b"X: a\r\n b\r\n\r\n",
        b"X: a\x00b\r\n\r\n",
        b"X: a\nTransfer-Encoding: chunked\r\n\r\n",
    ],
    ids=repr,
)
def test_what_could_be_read_in_two_ways_is_refused(between):
    with pytest.raises(ParseException):
        bodies(HEAD + between + NEXT)


def test_what_can_be_read_in_one_way_is_read():
    assert bodies(HEAD + b"Content-Length: 4\r\n\r\nabcd" + NEXT) == [b"abcd", b""]
    assert bodies(HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n" + NEXT) == [b"abcd", b""]
