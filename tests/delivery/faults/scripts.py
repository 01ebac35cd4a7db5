"""The scripted failures, as data: what the server does, and what may be concluded from it.

Every script is written for POST /contacts. `SCRIPTS` is the whole table, `by_name` finds one.
"""

import gzip
import itertools
import json
from dataclasses import dataclass

from tests.delivery.faults.acts import (
    CHUNKED,
    CONTACT,
    CONTACT_ID,
    CREATED,
    GZIP,
    OPEN_ENDED,
    SPACES,
    Act,
    answer,
    answer_and_close,
    answer_early,
    bomb,
    chunked,
    close_after_head,
    drip_in_handshake,
    error,
    garble,
    greet,
    hang_in_handshake,
    head,
    html,
    limited,
    nested,
    nothing,
    refuse_tls,
    reply,
    reply_dripping,
    reply_later,
    reply_then_hang,
    reply_then_reset,
    reset_after_head,
    reset_in_handshake,
    reset_unread,
    skewed_limited,
    stop_reading,
    stream,
    vanish,
)
from tests.delivery.faults.server import Place

# The reasons after which a client may send again without asking anybody: nothing had left, or Leonar said "later".
RESEND_REASONS = frozenset({"unreachable", "untrusted", "abandoned", "rate_limited"})


@dataclass(frozen=True)
class Script:
    """One failure. `expected_reason` is "" where the contact is created and the client must be able to tell.

    `is_seen` says whether the server reads the whole request; `stalls`, that it takes until a timeout; `is_large`, that
    it needs a request of several megabytes; `reset_in`, between how many seconds the wait after a 429 must lie.
    """

    name: str
    act: Act
    expected_reason: str
    place: Place = Place.HTTP
    is_seen: bool = True
    stalls: bool = False
    is_large: bool = False
    reset_in: tuple[float, float] | None = None

    @property
    def resend_allowed(self) -> bool:
        """Whether the request may be sent again without a person or a search."""
        return self.expected_reason in RESEND_REASONS

    def __str__(self) -> str:
        return self.name


NOT_SENT = [
    Script("refused", nothing, "unreachable", Place.REFUSED, is_seen=False),
    Script("unknown-host", nothing, "unreachable", Place.UNKNOWN_HOST, is_seen=False),
    Script("connect-timeout", nothing, "unreachable", Place.FULL, is_seen=False, stalls=True),
    Script("certificate-of-unknown-authority", nothing, "untrusted", Place.UNTRUSTED, is_seen=False),
    Script("certificate-expired", nothing, "untrusted", Place.EXPIRED, is_seen=False),
    Script("certificate-of-other-host", nothing, "untrusted", Place.OTHER_HOST, is_seen=False),
]

BROKEN_HANDSHAKES = [
    Script("plain-http-on-tls-port", refuse_tls, "unreachable", Place.TLS_TO_HTTP, is_seen=False),
    Script("tls-on-plain-http-port", nothing, "connection_lost", Place.HTTP_TO_TLS, is_seen=False),
    Script("handshake-reset", reset_in_handshake, "unreachable", Place.TLS_TO_HTTP, is_seen=False),
    Script("handshake-hangs", hang_in_handshake, "unreachable", Place.TLS_TO_HTTP, is_seen=False, stalls=True),
    Script("handshake-drips", drip_in_handshake, "unreachable", Place.TLS_TO_HTTP, is_seen=False, stalls=True),
    Script("client-certificate-wanted", nothing, "connection_lost", Place.CLIENT_CERTIFICATE, is_seen=False),
]

LOST = [
    Script("reset-before-reading", reset_unread, "connection_lost", is_seen=False),
    Script("reset-in-the-middle-of-the-request", reset_after_head, "connection_lost", is_seen=False, is_large=True),
    Script("close-in-the-middle-of-the-request", close_after_head, "connection_lost", is_seen=False, is_large=True),
    Script("reading-stops", stop_reading, "no_answer", is_seen=False, is_large=True, stalls=True),
    Script("reset-after-reading", reply_then_reset(), "connection_lost"),
    Script("close-after-reading", reply(), "connection_lost"),
    Script("tls-reset-after-reading", reply_then_reset(), "connection_lost", Place.HTTPS),
    Script("tls-close-after-reading", reply(), "connection_lost", Place.HTTPS),
    Script("tls-close-without-farewell", vanish(), "connection_lost", Place.HTTPS),
    Script("tls-garbled-after-reading", garble, "connection_lost", Place.HTTPS),
    Script("no-answer", reply_then_hang(), "no_answer", stalls=True),
    Script("no-answer-over-tls", reply_then_hang(), "no_answer", Place.HTTPS, stalls=True),
    Script("half-a-status-line", reply(b"HTTP/1.1 2"), "connection_lost"),
    Script("half-a-status-line-then-nothing", reply_then_hang(b"HTTP/1.1 20"), "no_answer", stalls=True),
    Script("half-the-headers-then-reset", reply_then_reset(b"HTTP/1.1 201 Created\r\nConte"), "connection_lost"),
    Script("half-the-headers-then-nothing", reply_then_hang(b"HTTP/1.1 201 Created\r\nC"), "no_answer", stalls=True),
    Script(
        "headers-drip",
        reply_dripping(b"HTTP/1.1 201 Created\r\nX-Slow: ", lambda: itertools.repeat(b"z")),
        "no_answer",
        stalls=True,
    ),
    Script(
        "headers-drip-over-tls",
        reply_dripping(b"HTTP/1.1 201 Created\r\nX-Slow: ", lambda: itertools.repeat(b"z")),
        "no_answer",
        Place.HTTPS,
        stalls=True,
    ),
    Script("status-line-drips", reply_dripping(b"HTTP/1.1 ", lambda: itertools.repeat(b" ")), "no_answer", stalls=True),
    Script(
        "100-continue-for-ever",
        reply_dripping(b"", lambda: itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n")),
        "no_answer",
        stalls=True,
    ),
    Script("100-continue-flood", stream(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, 10**6), "no_answer", stalls=True),
    Script("endless-header-line", stream(b"HTTP/1.1 201 Created\r\nX-Long: ", SPACES, 64), "connection_lost"),
    Script("endless-headers", stream(b"HTTP/1.1 201 Created\r\n", b"X-More: 1\r\n", 5000), "connection_lost"),
    Script("not-http", reply(b"SSH-2.0-OpenSSH_9.6\r\n"), "connection_lost"),
    Script("not-http-and-first-to-speak", greet, "connection_lost"),
    Script("random-bytes", reply(bytes(range(256)) * 8), "connection_lost"),
    Script("http-0.9", reply(b"<html>hello</html>"), "connection_lost"),
    Script("status-of-two-digits", reply(b"HTTP/1.1 20 Created\r\n\r\n"), "connection_lost"),
    Script("status-in-words", reply(b"HTTP/1.1 created 201\r\n\r\n"), "connection_lost"),
    Script("contradictory-lengths", reply(answer(201, CREATED, {"Content-Length": "5, 6"})), "connection_lost"),
    Script("101-switching-protocols", reply(head(101, {"Upgrade": "h2c"})), "connection_lost"),
    Script("103-early-hints-only", reply(head(103, {"Link": "</a>"})), "connection_lost"),
]

CREATED_UNSEEN = [
    Script("half-the-headers-of-201", reply(b"HTTP/1.1 201 Created\r\nContent-Ty"), "answer_unreadable"),
    Script("201-truncated", reply(answer(201, CREATED[:40], length=len(CREATED))), "answer_unreadable"),
    Script("201-truncated-by-one-byte", reply(answer(201, CREATED, length=len(CREATED) + 1)), "answer_unreadable"),
    Script("201-truncated-without-length", reply(head(201, OPEN_ENDED) + CREATED[:40]), "answer_unreadable"),
    Script("201-truncated-over-tls", vanish(answer(201, CREATED[:40], length=400)), "answer_unreadable", Place.HTTPS),
    Script("201-truncated-chunked", reply(head(201, CHUNKED) + chunked(CREATED[:40])), "answer_unreadable"),
    Script("201-chunked-without-end", reply(head(201, CHUNKED) + chunked(CREATED)), "answer_unreadable"),
    Script("201-bad-chunk-size", reply(head(201, CHUNKED) + b"zz\r\n" + CREATED), "answer_unreadable"),
    Script("201-reset-in-body", reply_then_reset(answer(201, CREATED[:40], length=400)), "answer_unreadable"),
    Script("201-body-stops", reply_then_hang(answer(201, CREATED[:40], length=400)), "answer_unreadable", stalls=True),
    Script(
        "201-body-drips",
        reply_dripping(answer(201, length=4000), lambda: itertools.repeat(b" ")),
        "answer_unreadable",
        stalls=True,
    ),
    Script(
        "201-body-drips-over-tls",
        reply_dripping(answer(201, length=4000), lambda: itertools.repeat(b" ")),
        "answer_unreadable",
        Place.HTTPS,
        stalls=True,
    ),
    Script(
        "201-body-drips-chunked",
        reply_dripping(head(201, CHUNKED), lambda: itertools.repeat(chunked(b" "))),
        "answer_unreadable",
        stalls=True,
    ),
    Script(
        "201-goes-on-after-the-contact",
        reply_dripping(head(201, OPEN_ENDED) + CREATED, lambda: itertools.repeat(b" ")),
        "answer_unreadable",
        stalls=True,
    ),
    Script(
        "201-flood-of-tiny-chunks",
        stream(head(201, CHUNKED), chunked(b" ") * 1000, 10**6),
        "answer_unreadable",
        stalls=True,
    ),
    Script("201-empty", reply(answer(201)), "answer_unreadable"),
    Script("201-html", reply(html(201)), "answer_unreadable"),
    Script("201-not-json", reply(answer(201, b"{'data': ok}")), "answer_unreadable"),
    Script("201-never-closed", reply(answer(201, b"[" * 200_000)), "answer_unreadable"),
    Script("201-bad-gzip", reply(answer(201, CREATED, GZIP)), "answer_unreadable"),
    Script("201-truncated-gzip", reply(answer(201, gzip.compress(CREATED)[:-30], GZIP)), "answer_unreadable"),
    Script("201-gzip-bomb", reply_later(bomb), "answer_unreadable"),
    Script("201-of-a-gigabyte", stream(answer(201, length=2**30), SPACES, 2**14), "answer_unreadable"),
    Script("201-without-end", stream(head(201, OPEN_ENDED), SPACES, 2**14), "answer_unreadable"),
    Script("201-without-data", reply(answer(201, json.dumps(CONTACT).encode())), "answer_unreadable"),
    Script("201-without-id", reply(answer(201, b'{"data": {"first_name": "Sophie"}}')), "answer_unreadable"),
    Script("201-id-null", reply(answer(201, b'{"data": {"id": null}}')), "answer_unreadable"),
    Script("201-id-not-a-uuid", reply(answer(201, b'{"data": {"id": "42"}}')), "answer_unreadable"),
    Script("201-id-a-number", reply(answer(201, b'{"data": {"id": 42}}')), "answer_unreadable"),
    Script("201-list", reply(answer(201, b"[1, 2]")), "answer_unreadable"),
    Script("201-data-a-list", reply(answer(201, b'{"data": []}')), "answer_unreadable"),
    Script("200-without-id", reply(answer(200, b'{"data": {"first_name": "Sophie"}}')), "answer_unreadable"),
    Script("200-truncated", reply(answer(200, CREATED[:40], length=len(CREATED))), "answer_unreadable"),
    Script("202-not-json-though-it-says-so", reply(answer(202, b"accepted")), "answer_unreadable"),
]

SERVER_ERRORS = [
    Script(f"{status}", reply(error(status, "internal_error", "Something went wrong")), "server_error")
    for status in (408, 409, 425, 500, 501, 502, 503, 504, 507, 520, 599, 700)
] + [
    Script("502-html", reply(html(502)), "server_error"),
    Script("503-html-with-retry-after", reply(answer(503, b"<p>", {"Retry-After": "0"})), "server_error"),
    Script("504-html", reply(html(504)), "server_error"),
    Script("200-html", reply(html(200)), "server_error"),
    Script("200-text", reply(answer(200, b"OK", {"Content-Type": "text/plain"})), "server_error"),
    Script("200-empty", reply(answer(200)), "server_error"),
    Script("202-empty", reply(answer(202)), "server_error"),
    Script("204", reply(head(204, {})), "server_error"),
    Script("500-truncated", reply(answer(500, b"<html>", length=500)), "server_error"),
    Script("500-bad-gzip", reply(answer(500, b"nonsense", GZIP)), "server_error"),
    Script(
        "500-body-drips",
        reply_dripping(answer(500, length=4000), lambda: itertools.repeat(b" ")),
        "server_error",
        stalls=True,
    ),
]

REFUSED = [
    Script("400", reply(error(400, "validation_error", "email: Invalid email format")), "invalid"),
    Script(
        "400-characters-to-replace", reply(answer(400, rb'{"error": {"message": "email: \u0000\udc00"}}')), "invalid"
    ),
    Script("400-nul", reply(answer(400, b"\0 \xff")), "invalid"),
    Script("400-html", reply(html(400)), "invalid"),
    Script("400-bad-gzip", reply(answer(400, b"nonsense", GZIP)), "invalid"),
    Script("400-truncated", reply(answer(400, b'{"error": {"co', length=500)), "invalid"),
    Script("401", reply(error(401, "invalid_api_key", "Invalid API key")), "key_refused"),
    Script("402", reply(error(402, "payment_required", "Subscription ended")), "key_refused"),
    Script("403", reply(error(403, "insufficient_scope", "contacts:write is missing")), "key_refused"),
    Script("403-of-the-key", reply(error(403, "invalid_api_key", "This key has ended")), "key_refused"),
    Script("403-html", reply(html(403)), "address_wrong"),
    Script("403-of-another-code", reply(error(403, "forbidden", "Blocked")), "address_wrong"),
    Script("404", reply(error(404, "not_found", "Not found")), "address_wrong"),
    Script("404-html", reply(html(404)), "address_wrong"),
    Script("405", reply(answer(405)), "address_wrong"),
    Script("410", reply(answer(410)), "address_wrong"),
    *(
        Script(f"{status}-redirect", reply(answer(status, headers={"Location": "/elsewhere"})), "address_wrong")
        for status in (300, 301, 302, 303, 304, 307, 308)
    ),
    Script("413", reply(html(413)), "refused"),
    Script("413-before-the-body-is-read", answer_early(html(413)), "refused", is_large=True),
    Script("413-instead-of-reading", answer_and_close(html(413)), "refused", is_seen=False, is_large=True),
    Script("415", reply(answer(415)), "refused"),
    Script("418", reply(answer(418)), "refused"),
    Script("422", reply(error(422, "validation_error", "phone: Too short")), "refused"),
    Script("431", reply(answer(431)), "refused"),
]

NO_RESET = (-1.0, -1.0)
AT_MOST_AN_HOUR = (3660.0, 3660.0)

LIMITED = [
    Script("429", reply_later(limited("+60")), "rate_limited", reset_in=(57, 61)),
    Script("429-without-reset", reply_later(limited(None)), "rate_limited", reset_in=NO_RESET),
    Script("429-html", reply(html(429)), "rate_limited", reset_in=NO_RESET),
    Script("429-reset-long-past", reply_later(limited("-600")), "rate_limited", reset_in=NO_RESET),
    Script("429-reset-now", reply_later(limited("+0")), "rate_limited", reset_in=NO_RESET),
    Script("429-reset-far-away", reply_later(limited("+40000")), "rate_limited", reset_in=AT_MOST_AN_HOUR),
    *(
        Script(f"429-reset-{name}", reply_later(limited(value)), "rate_limited", reset_in=NO_RESET)
        for name, value in {
            "empty": "",
            "words": "soon",
            "fraction": "1767600000.5",
            "exponent": "1e9",
            "not-a-number": "NaN",
            "huge": "9" * 5000,
            "in-milliseconds": "1767600000000",
            "a-duration": "60",
            "superscript": "\xb2",
            "list": "1767600000, 1767600000",
            "infinite": "Infinity",
        }.items()
    ),
    Script("429-server-clock-fast", reply_later(skewed_limited(7200, 90)), "rate_limited", reset_in=(87, 92)),
    Script("429-server-clock-slow", reply_later(skewed_limited(-7200, 90)), "rate_limited", reset_in=(87, 92)),
    Script(
        "429-server-clock-a-year-off", reply_later(skewed_limited(-(10**7) * 3, 90)), "rate_limited", reset_in=(87, 92)
    ),
    Script("429-date-nonsense", reply_later(limited("+60", date="yesterday")), "rate_limited", reset_in=(57, 61)),
    Script("429-truncated", reply(answer(429, b"{", length=500)), "rate_limited", reset_in=NO_RESET),
    Script("429-before-the-body-is-read", answer_early(limited("+60")()), "rate_limited", is_large=True),
]

CREATED_AFTER_ALL = [
    Script("201", reply(answer(201, CREATED)), ""),
    Script("201-over-tls", reply(answer(201, CREATED)), "", Place.HTTPS),
    Script("201-after-100-continue", reply(b"HTTP/1.1 100 Continue\r\n\r\n" + answer(201, CREATED)), ""),
    Script("201-chunked", reply(head(201, CHUNKED) + chunked(CREATED[:7], CREATED[7:]) + b"0\r\n\r\n"), ""),
    Script("201-gzipped", reply(answer(201, gzip.compress(CREATED), GZIP)), ""),
    Script("201-without-length", reply(head(201, OPEN_ENDED) + CREATED), ""),
    Script("201-in-small-pieces", reply(*(bytes([byte]) for byte in answer(201, CREATED))), ""),
    Script("201-wrong-content-type", reply(answer(201, CREATED, {"Content-Type": "text/html"})), ""),
    Script(
        "201-unknown-keys", reply(answer(201, b'{"new": 1, "data": {"id": "%s", "n": [{}]}}' % CONTACT_ID.encode())), ""
    ),
    Script("201-bad-utf8", reply(answer(201, CREATED.replace(b"Sophie", b"Sophi\xe9"))), ""),
    Script("201-not-a-number", reply(answer(201, CREATED[:-2] + b', "x": NaN}}')), ""),
    Script("201-huge-number", reply(answer(201, CREATED[:-2] + b', "x": ' + b"9" * 5000 + b"}}")), ""),
    Script("201-with-a-byte-order-mark", reply(answer(201, b"\xef\xbb\xbf" + CREATED)), ""),
    *(
        Script(f"201-nested-{levels}-levels", reply(answer(201, nested(levels))), "")
        for levels in (63, 480, 990, 200_000)
    ),
    Script(
        "201-with-megabytes-of-headers", reply(answer(201, CREATED, {f"X-{n}": "x" * 60_000 for n in range(90)})), ""
    ),
    Script("201-characters-to-replace", reply(answer(201, CREATED[:-2] + rb', "a\u0000": "\ud83d \u0000"}}')), ""),
    Script("201-bad-rate-headers", reply(answer(201, CREATED, {"X-RateLimit-Remaining": "-3"})), ""),
    Script("201-before-the-body-is-read", answer_early(answer(201, CREATED)), "", is_large=True),
    Script("200-with-id", reply(answer(200, CREATED)), ""),
]

SCRIPTS = [
    *NOT_SENT,
    *BROKEN_HANDSHAKES,
    *LOST,
    *CREATED_UNSEEN,
    *SERVER_ERRORS,
    *REFUSED,
    *LIMITED,
    *CREATED_AFTER_ALL,
]


def by_name(name: str) -> Script:
    """The script of that name."""
    return next(script for script in SCRIPTS if script.name == name)
