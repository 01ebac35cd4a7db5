"""Whatever comes back, a call ends in what it promises or in a LeonarError; and what it returns does no harm."""

import json
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contacts.leonar import errors
from contacts.leonar.client import LeonarClient, Reply
from contacts.leonar.parse import DEPTH_MAX
from contacts.text.storable import storable
from tests.delivery.faults.acts import CONTACT_ID, answer, reply
from tests.delivery.faults.scripts import Script
from tests.delivery.faults.server import FaultServer
from tests.leonar.conftest import KEY

CALLS: dict[str, Callable[[LeonarClient], Reply]] = {
    "create": lambda client: client.create_contact({"first_name": "Sophie"}),
    "search": lambda client: client.search_contacts(search="Sophie"),
    "tags": lambda client: client.tags(),
    "companies": lambda client: client.companies(search="Acme"),
    "custom-fields": lambda client: client.custom_fields(),
}
STATUSES = st.sampled_from([200, 201, 202, 204, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503])
TYPES = st.sampled_from(["application/json", "text/html", ""])

ODD = [
    *("NaN", "-Infinity", "1e999", "-0", "0e99999", "9" * 5000, "-" + "9" * 301, "1." + "9" * 5000),
    *(r'"\ud83d"', r'"\u0000"', r'"\ude00\ud83d"', f'"{CONTACT_ID}"', '"9999-12-31T23:59:59Z"', '"https://[x"'),
    *("tru", "{,}", "'"),
]
KEYS = st.sampled_from(["id", "data", "error", "code", "message", "meta", "has_more", r"id\u0000", r"\ud83d"]).map(
    '"{}"'.format
)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
LEAVES = st.sampled_from(ODD) | PLAIN.map(json.dumps)


def containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Arrays, and objects in which keys may come twice."""
    arrays = st.lists(inner, max_size=4).map(lambda items: f"[{','.join(items)}]")
    pairs = st.tuples(KEYS, inner).map(":".join)
    objects = st.lists(pairs, max_size=4).map(lambda items: f"{{{','.join(items)}}}")
    return arrays | objects


FLAT = st.recursive(LEAVES, containers, max_leaves=12)
# The last is deeper than Python reads.
LEVELS = st.sampled_from([1, DEPTH_MAX // 2 - 2, DEPTH_MAX, 480, 600])
DEEP = st.builds(lambda text, levels: '[{"a":' * levels + text + "}]" * levels, FLAT, LEVELS)
JSON = FLAT | DEEP
ENVELOPES = (
    JSON.map('{{"data": {}}}'.format)
    | JSON.map('{{"data": [{}], "meta": {{"has_more": true}}}}'.format)
    | JSON.map(f'{{{{"data": {{{{"id": "{CONTACT_ID}", "x": {{}}}}}}}}}}'.format)
    | JSON.map('{{"error": {{"code": "validation_error", "message": {}}}}}'.format)
    | st.text(max_size=30).map(lambda text: json.dumps({"error": {"message": f"email{text}: {text}"}}))
)
SENSIBLE = (JSON | ENVELOPES).map(lambda text: text.encode())
# As a fault on the way leaves it.
BROKEN = st.builds(
    lambda body, place, odd: body[: place % (len(body) + 1)] + odd + body[place % (len(body) + 1) :],
    SENSIBLE,
    st.integers(0, 10_000),
    st.binary(min_size=1, max_size=4),
)
CUT = st.builds(lambda body, place: body[: place % (len(body) + 1)], SENSIBLE, st.integers(0, 10_000))
BODIES = SENSIBLE | BROKEN | CUT | st.binary(max_size=100)

WORDS = st.sampled_from(
    [
        *(
            b"HTTP/1.1",
            b"201",
            b"200",
            b"429",
            b" ",
            b"\r\n",
            b"\n",
            b":",
            b"\0",
            b"\xff",
            b"\xc2\xb2",
            b"-1",
            b"9" * 5000,
        ),
        *(
            b"Content-Length",
            b"Transfer-Encoding",
            b"chunked",
            b"Content-Encoding",
            b"gzip",
            b"identity, gzip",
            b"Date",
        ),
        *(b"X-RateLimit-Reset", b"Content-Type", b"multipart/mixed; boundary=", b"text/html; charset=utf-7"),
        *(b"5\r\nhello\r\n0\r\n\r\n", b"{}"),
    ]
)
HEADS = st.lists(WORDS | st.binary(max_size=6), max_size=25).map(b"".join)


@pytest.fixture(scope="module")
def server():
    with FaultServer() as server:
        yield server


def outcome(server: FaultServer, call: str, raw: bytes) -> Reply | errors.LeonarError:
    """What becomes of a call that is answered with `raw`."""
    client = LeonarClient(base_url=server.play(Script("any", reply(raw), "")), api_key=KEY)
    try:
        return CALLS[call](client)
    except errors.LeonarError as error:
        return error


def depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def assert_harmless(found: Reply | errors.LeonarError) -> None:
    """A reply can be stored by any database and walked through by anybody; so can what an error says."""
    if isinstance(found, Reply):
        assert storable(found.data) == found.data
        assert json.loads(json.dumps(found.data, allow_nan=False).encode()) == found.data
        assert depth(found.data) < DEPTH_MAX
        return
    said = [getattr(found, "field", None) or "", getattr(found, "message", ""), found.detail]
    said += [found.answer.excerpt, found.answer.content_type] if found.answer else []
    assert storable(said) == said


@pytest.mark.parametrize("call", CALLS)
@settings(max_examples=100, deadline=None)
@given(status=STATUSES, content_type=TYPES, body=BODIES)
def test_no_body_brings_forth_anything_else(server, call, status, content_type, body):
    found = outcome(server, call, answer(status, body, {"Content-Type": content_type}))

    assert_harmless(found)


@settings(max_examples=200, deadline=None)
@given(extra=JSON)
@example("[" * 480 + "]" * 480)
def test_nothing_beside_it_costs_a_created_contact_its_id(server, extra):
    body = f'{{"data": {{"x": {extra}, "id": "{CONTACT_ID}"}}}}'

    found = outcome(server, "create", answer(201, body.encode()))

    if is_json(extra):
        assert found.data["id"] == CONTACT_ID
    assert_harmless(found)


@pytest.mark.parametrize("call", ["create", "tags"])
@settings(max_examples=200, deadline=None)
@given(
    status=st.sampled_from([b"HTTP/1.1 201 Created\r\n", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 400 X\r\n", b""]),
    head=HEADS,
)
def test_no_head_brings_forth_anything_else(server, call, status, head):
    found = outcome(server, call, status + head)

    assert_harmless(found)
    assert not isinstance(found, errors.NotSent)


def is_json(text: str) -> bool:
    """Whether Python reads it, deep or not; it takes NaN, which the client has to survive as well."""
    try:
        json.loads(text, parse_int=len)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True
