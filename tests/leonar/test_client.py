"""What the client writes to the wire, and what it makes of a good answer."""

import json
import re
import time
import tomllib
from datetime import date
from email.utils import formatdate
from pathlib import Path

import pytest
from urllib3.connection import HTTPConnection

from contacts.leonar import errors, transport
from contacts.leonar.client import USER_AGENT, LeonarClient
from tests.delivery.faults.acts import CONTACT, CREATED, answer, reply
from tests.delivery.faults.scripts import Script, by_name
from tests.delivery.faults.server import Conversation
from tests.leonar.conftest import KEY

ROOT = Path(__file__).resolve().parents[2]
KARIM = {"first_name": "Karim", "last_name": "Haddad", "tags": ["Köln", "東京"], "do_not_contact": False}


def saying(body: bytes) -> Script:
    return Script("200", reply(answer(200, body)), "")


NOTHING_FOUND = saying(b'{"data": [], "meta": {"total": 0, "limit": 50, "offset": 0, "has_more": false}}')


def test_creating_a_contact_writes_exactly_the_documented_request(server, client_of):
    client = client_of(by_name("201"))

    client.create_contact(KARIM)

    [request] = server.requests
    body = json.dumps(KARIM).encode()
    assert (request.method, request.path, request.body) == ("POST", "/api/v1/contacts", body)
    assert sorted(request.headers) == [
        ("Accept", "application/json"),
        ("Accept-Encoding", "gzip"),
        ("Authorization", f"Bearer {KEY}"),
        ("Connection", "close"),
        ("Content-Length", str(len(body))),
        ("Content-Type", "application/json"),
        ("Host", client.base_url.removeprefix("http://").removesuffix("/api/v1")),
        ("User-Agent", USER_AGENT),
    ]


def test_a_created_contact_comes_with_the_facts_of_the_answer(client_of):
    made = client_of(by_name("201")).create_contact(KARIM)

    assert made.data == CONTACT
    assert (made.answer.status, made.answer.content_type) == (201, "application/json")
    assert json.loads(made.answer.excerpt) == {"data": CONTACT}
    assert 0 < made.answer.duration < 10


@pytest.mark.parametrize(
    ("call", "line", "body"),
    [
        (lambda client: client.tags(), "GET /api/v1/tags", b""),
        (lambda client: client.custom_fields(), "GET /api/v1/contacts/custom-fields", b""),
        (
            lambda client: client.companies(search="R&D Müller"),
            "GET /api/v1/companies?search=R%26D+M%C3%BCller&limit=20",
            b"",
        ),
        (
            lambda client: client.search_contacts(search="Ana Kowalska", created_after=date(2026, 1, 5), limit=100),
            "POST /api/v1/contacts/search",
            b'{"query": "Ana Kowalska", "sort_by": "created_at", "sort_direction": "desc", "limit": 100, "offset": 0, '
            b'"created_after": "2026-01-05"}',
        ),
        (
            lambda client: client.search_contacts(search="Ana", sort="created_at", offset=50),
            "POST /api/v1/contacts/search",
            b'{"query": "Ana", "sort_by": "created_at", "sort_direction": "asc", "limit": 50, "offset": 50}',
        ),
    ],
    ids=["tags", "custom-fields", "companies", "search-newest-first", "search-oldest-first"],
)
def test_a_read_writes_exactly_the_documented_request(server, client_of, call, line, body):
    found = call(client_of(NOTHING_FOUND))

    [request] = server.requests
    assert f"{request.method} {request.path}" == line
    assert request.body == body
    assert request.header("Authorization") == f"Bearer {KEY}"
    assert (found.data, found.has_more) == ([], False)


def test_a_list_says_whether_there_is_more(client_of):
    found = client_of(saying(b'{"data": [{"id": "1"}], "meta": {"has_more": true}}')).tags()

    assert (found.data, found.has_more) == ([{"id": "1"}], True)


@pytest.mark.parametrize("body", [b"[]", b'{"data": {}}', b'{"data": ["a"]}', b"{}", b'{"data": [{"id": 1}'])
def test_a_list_of_another_shape_is_unreadable(client_of, body):
    client = client_of(saying(body))

    with pytest.raises(errors.CreatedUnseen):
        client.tags()


def test_every_call_has_a_connection_of_its_own(server, client_of):
    client = client_of(by_name("201"))

    for _ in range(3):
        client.create_contact(KARIM)

    assert server.connections == 3


def test_a_payload_that_is_not_json_is_never_sent(server, client_of):
    client = client_of(by_name("201"))

    with pytest.raises(ValueError, match="JSON compliant"):
        client.create_contact({"first_name": "Karim", "custom_data": {"score": float("nan")}})

    assert server.connections == 0


def test_half_a_surrogate_pair_is_sent_rather_than_stuck(server, client_of):
    client_of(by_name("201")).create_contact({"first_name": "Karim \ud83d"})

    assert json.loads(server.requests[0].body) == {"first_name": "Karim \ud83d"}


@pytest.mark.parametrize(
    "base_url",
    [
        "ftp://leonar.example/api/v1",
        "leonar.example/api/v1",
        "https:///api/v1",
        "https://someone:secret@leonar.example/api/v1",
        "https://leonar.example/api/v1?key=1",
        "https://leonar.example/api/v1#top",
        "https://" + "x" * 64 + ".example",
        "https://leonar.example:port/",
        "https://leonar.example/api v1",
        "https://leonar.example/é",
    ],
)
def test_an_address_that_can_never_work_is_refused_at_once(base_url):
    with pytest.raises(ValueError, match=r".") as refused:
        LeonarClient(base_url=base_url, api_key=KEY)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://leonar.example/api/v1/", "https://leonar.example/api/v1"),
        ("http://Leonar.example:8001", "http://leonar.example:8001"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://[::1]:8001/api", "http://[::1]:8001/api"),
    ],
)
def test_an_address_is_put_as_the_resolver_takes_it(given, used):
    assert LeonarClient(base_url=given, api_key=KEY).base_url == used


@pytest.mark.parametrize(("seconds", "known"), [(0, True), (-400, True), (400, True), (10**6, False)])
def test_an_answer_tells_how_far_the_clocks_are_apart(client_of, seconds, known):
    date = {"Date": formatdate(time.time() + seconds, usegmt=True)}

    skew = client_of(Script("201", reply(answer(201, CREATED, date)), "")).create_contact(KARIM).answer.skew

    assert skew == pytest.approx(seconds, abs=3) if known else skew is None


def test_the_clocks_are_compared_when_the_answer_begins(client_of):
    def slow(conversation: Conversation) -> None:
        conversation.read_request()
        raw = answer(201, CREATED, {"Date": formatdate(time.time(), usegmt=True)})
        conversation.send(raw[:-1])
        time.sleep(2.5)
        conversation.send(raw[-1:])

    made = client_of(Script("slow", slow, "")).create_contact(KARIM)

    assert -1.5 < made.answer.skew <= 0
    assert made.answer.duration > 2.5


def test_a_certificate_file_that_is_not_there_is_refused_at_once(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        LeonarClient(base_url="https://leonar.example", api_key=KEY, ca_bundle=str(tmp_path / "absent.pem"))


def test_nothing_private_of_the_library_is_used_or_covered_up():
    private = {name for name in (*dir(HTTPConnection), *vars(HTTPConnection("x"))) if re.match("_[^_]", name)}

    used = set(re.findall(r"\b_[a-z]\w*", Path(transport.__file__).read_text(encoding="utf-8")))

    assert used & private == set()


def test_the_user_agent_tells_the_version_of_the_portal():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert f"{project['name']}/{project['version']}" == USER_AGENT
