"""Nothing outlasts the deadline, and nothing fills the memory."""

import io
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable
from contextlib import closing, suppress
from urllib.parse import urlsplit

import pytest
from urllib3 import HTTPResponse

from contacts.leonar import errors
from contacts.leonar.client import LeonarClient, always
from contacts.leonar.transport import BODY_MAX, CHUNK, Attempt, Connection, TLSConnection, read_body
from tests.delivery.faults.acts import CONTACT_ID, answer, hang_in_handshake, nothing
from tests.delivery.faults.scripts import Script, by_name
from tests.delivery.faults.server import Conversation, FaultServer, Place
from tests.leonar.conftest import KEY

SOPHIE = {"first_name": "Sophie", "last_name": "Martin"}
# What the body cap allows, a few times over.
MEMORY_MAX = 8 * 2**20


@pytest.fixture
def names(monkeypatch) -> dict[str, Callable[[], list]]:
    """What names under .example resolve to, each told by a function; numbers resolve as ever."""
    known: dict[str, Callable[[], list]] = {}
    resolve = socket.getaddrinfo

    def look_up(host, *args, **kwargs):
        return known[host]() if host in known else resolve(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


def address(port: int) -> tuple:
    return (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", port))


def test_a_name_server_that_never_answers_holds_nobody_up(names):
    over = threading.Event()
    names["slow.example"] = lambda: [over.wait(20)]
    client = LeonarClient(base_url="http://slow.example", api_key=KEY, connect_timeout=5, deadline=0.5)
    began = time.monotonic()

    with pytest.raises(errors.Unreachable):
        client.create_contact(SOPHIE)
    elapsed = time.monotonic() - began
    over.set()

    assert elapsed < 10


def test_a_name_that_nobody_knows_is_told_at_once(names):
    def unknown() -> list:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    names["gone.example"] = unknown

    with pytest.raises(errors.Unreachable) as told:
        LeonarClient(base_url="http://gone.example", api_key=KEY).create_contact(SOPHIE)

    assert "gaierror" in told.value.detail


def test_what_is_an_address_already_is_not_waited_for(monkeypatch):
    asking = []

    def look_up(host, *_, **__):
        asking.append((host, threading.current_thread() is threading.main_thread()))
        return []

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    for host in ("127.0.0.1", "[::1]", "leonar.example"):
        with pytest.raises(errors.Unreachable):
            LeonarClient(base_url=f"http://{host}", api_key=KEY).create_contact(SOPHIE)

    assert asking == [("127.0.0.1", True), ("::1", True), ("leonar.example", False)]


def test_name_connection_and_tls_share_one_deadline(server, names):
    port = urlsplit(server.play(Script("hangs", hang_in_handshake, "unreachable", Place.TLS_TO_HTTP))).port

    def resolve_slowly() -> list[tuple]:
        time.sleep(0.6)
        return [address(port)]

    names["slow.example"] = resolve_slowly
    client = LeonarClient(base_url=f"https://slow.example:{port}", api_key=KEY, connect_timeout=5, deadline=0.9)
    began = time.monotonic()

    with pytest.raises(errors.Unreachable):
        client.create_contact(SOPHIE)

    assert 0.8 < time.monotonic() - began < 4


@pytest.mark.parametrize("extra", ["[],", "{},", "[" * 60 + "]" * 60 + ",", '"\\u0000",', "1,"])
def test_the_largest_answer_at_the_last_moment_is_read_soon_after_it(client_of, extra):
    most = BODY_MAX - 1000
    body = f'{{"data": {{"id": "{CONTACT_ID}", "x": [{extra * (most // len(extra))}1]}}}}'.encode()

    def late(conversation: Conversation) -> None:
        conversation.read_request()
        conversation.send(answer(201, body)[:-1])
        time.sleep(0.7)
        conversation.send(body[-1:])

    client = client_of(Script("late", late, ""), deadline=1)
    began = time.monotonic()

    with suppress(errors.CreatedUnseen):
        assert client.create_contact(SOPHIE).data["id"] == CONTACT_ID

    assert time.monotonic() - began < client.deadline + 10


def test_many_addresses_that_do_not_answer_share_one_deadline(server, names):
    port = urlsplit(server.play(Script("full", nothing, "unreachable", Place.FULL))).port
    names["many.example"] = lambda: [address(port)] * 10
    client = LeonarClient(base_url=f"http://many.example:{port}", api_key=KEY, connect_timeout=0.6, deadline=0.9)
    began = time.monotonic()

    with pytest.raises(errors.Unreachable):
        client.create_contact(SOPHIE)

    assert 0.8 < time.monotonic() - began < 5


def test_a_connection_is_not_waited_for_longer_than_for_its_own_time(server):
    server.play(Script("full", nothing, "unreachable", Place.FULL))
    began = time.monotonic()

    with pytest.raises(errors.Unreachable):
        LeonarClient(base_url=server.url, api_key=KEY, connect_timeout=0.3, deadline=10).create_contact(SOPHIE)

    assert time.monotonic() - began < 8


def test_the_second_address_is_tried_where_the_first_refuses(server, names):
    refusing = urlsplit(server.play(Script("refused", nothing, "unreachable", Place.REFUSED))).port
    names["two.example"] = lambda: [address(refusing), address(urlsplit(server.url).port)]
    server.play(by_name("201"))

    LeonarClient(base_url="http://two.example", api_key=KEY).create_contact(SOPHIE)

    assert server.saw_whole_request


def test_a_name_without_addresses_is_unreachable(names):
    names["none.example"] = list

    with pytest.raises(errors.Unreachable):
        LeonarClient(base_url="http://none.example", api_key=KEY).create_contact(SOPHIE)


def test_a_deadline_that_passes_while_connecting_means_that_nothing_is_sent(server, client_of):
    client = client_of(by_name("201"), deadline=0.2)

    def slow() -> bool:
        time.sleep(0.25)
        return True

    with pytest.raises(errors.Abandoned):
        client.create_contact(SOPHIE, may_send=slow)

    assert not server.requests


def test_the_handshake_has_what_connecting_has_left_of_the_deadline(server, monkeypatch):
    target = urlsplit(server.play(Script("listening", nothing, "")))
    connect, waits = socket.socket.connect, []

    def connect_slowly(*arguments) -> None:
        connect(*arguments)
        time.sleep(0.05)

    class Handshake:
        def wrap_socket(self, connected, **_) -> None:
            waits.append((connected.gettimeout(), attempt.remaining))
            raise ConnectionResetError

    monkeypatch.setattr(socket.socket, "connect", connect_slowly)
    attempt = Attempt(deadline=30, may_send=always)
    timeouts = {"connect_timeout": 60, "read_timeout": 60}

    connection = TLSConnection("127.0.0.1", target.port, attempt=attempt, trust=Handshake(), **timeouts)
    with closing(connection), pytest.raises(ConnectionResetError):
        connection.connect()

    [(wait, left)] = waits
    assert left <= wait <= 30 - 0.05


def test_each_write_has_what_is_left_of_the_deadline(server):
    target = urlsplit(server.play(Script("listening", nothing, "")))
    attempt = Attempt(deadline=30, may_send=always)
    timeouts = {"connect_timeout": 60, "read_timeout": 60}

    with closing(Connection(str(target.hostname), target.port, attempt=attempt, **timeouts)) as connection:
        connection.send(b"POST")
        first = connection.sock.gettimeout()
        connection.send(b" /contacts")

        assert 30 > first > connection.sock.gettimeout()


def test_what_is_at_hand_already_is_not_read_on_after_the_deadline():
    response = HTTPResponse(io.BytesIO(b" " * 10 * CHUNK), preload_content=False)

    body, is_complete = read_body(response, Attempt(deadline=0, may_send=always))

    assert len(body) == CHUNK
    assert not is_complete


@pytest.mark.parametrize("name", ["201-gzip-bomb", "201-of-a-gigabyte", "201-without-end", "endless-header-line"])
def test_an_enormous_answer_is_left_unread(name):
    with FaultServer() as server:
        script = by_name(name)
        client = LeonarClient(base_url=server.play(script), api_key=KEY)
        tracemalloc.start()
        try:
            with pytest.raises(errors.OutcomeUnknown) as unknown:
                client.create_contact(SOPHIE)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert unknown.value.reason == script.expected_reason
    assert peak < MEMORY_MAX


def test_no_thread_and_no_socket_outlives_a_call(client_of):
    client = client_of(by_name("201"))
    before = set(threading.enumerate())

    for _ in range(5):
        client.create_contact(SOPHIE)
    end = time.monotonic() + 5
    while left := {thread for thread in threading.enumerate() if thread.name.startswith("Thread")} - before:
        assert time.monotonic() < end, left
        time.sleep(0.01)
