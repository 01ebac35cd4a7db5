"""Whether anything is sent at all, and to whom."""

import errno
import socket
import traceback
from contextlib import closing
from queue import SimpleQueue
from urllib.parse import urlsplit

import certifi
import pytest

from contacts.leonar import errors
from contacts.leonar.client import LeonarClient, always
from contacts.leonar.transport import Attempt, Connection, TLSConnection, trust_in
from tests.delivery.faults.acts import answer, nothing, reply
from tests.delivery.faults.scripts import Script, by_name
from tests.delivery.faults.server import FaultServer, Place
from tests.leonar.conftest import KEY

SOPHIE = {"first_name": "Sophie", "last_name": "Martin"}
OVER_HTTP_AND_TLS = pytest.mark.parametrize("name", ["201", "201-over-tls"])


class Lease:
    """Says yes as often as it is told to, then no."""

    def __init__(self, yes: int) -> None:
        self.yes = yes
        self.asked = 0

    def __call__(self) -> bool:
        self.asked += 1
        return self.asked <= self.yes


@OVER_HTTP_AND_TLS
def test_without_a_lease_no_connection_is_made(server, client_of, name):
    client = client_of(by_name(name))

    with pytest.raises(errors.Abandoned) as abandoned:
        client.create_contact(SOPHIE, may_send=Lease(yes=0))

    assert str(abandoned.value) == "abandoned: lease"
    assert server.connections == 0


@OVER_HTTP_AND_TLS
def test_a_lease_lost_while_connecting_means_that_not_a_byte_is_sent(server, client_of, name):
    received: SimpleQueue[bytes] = SimpleQueue()
    script = Script("listening", lambda talk: received.put(talk.connection.recv(65536)), "", by_name(name).place)
    client = client_of(script)

    with pytest.raises(errors.Abandoned) as abandoned:
        client.create_contact(SOPHIE, may_send=Lease(yes=1))

    # Where it was raised first, the request with the key was at hand for whoever prints a traceback's variables.
    assert not any("transport.py" in frame for frame in traceback.format_tb(abandoned.tb))
    assert received.get(timeout=10) == b""


@OVER_HTTP_AND_TLS
def test_a_lease_is_asked_for_before_connecting_and_before_writing(server, client_of, name):
    lease = Lease(yes=2)

    client_of(by_name(name)).create_contact(SOPHIE, may_send=lease)

    assert lease.asked == 2
    assert server.saw_whole_request


def test_an_error_in_the_question_for_the_lease_sends_nothing(server, client_of):
    def broken() -> bool:
        raise LookupError("no database")

    with pytest.raises(LookupError):
        client_of(by_name("201")).create_contact(SOPHIE, may_send=broken)

    assert server.connections == 0


def test_a_connection_that_breaks_while_it_is_made_has_sent_nothing(client_of, monkeypatch):
    client = client_of(by_name("201"))

    def break_off(*_: object) -> None:
        raise ConnectionResetError(errno.ECONNRESET, "reset")

    monkeypatch.setattr(socket.socket, "connect", break_off)

    with pytest.raises(errors.Unreachable):
        client.create_contact(SOPHIE)


def test_a_small_request_is_not_held_back_for_company(server):
    address = urlsplit(server.play(by_name("201")))
    attempt = Attempt(deadline=5, may_send=always)
    timeouts = {"connect_timeout": 5, "read_timeout": 5}

    with closing(Connection(str(address.hostname), address.port, attempt=attempt, **timeouts)) as connection:
        connection.connect()

        assert connection.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_https_without_a_port_is_port_443():
    options = {"attempt": Attempt(deadline=5, may_send=always), "connect_timeout": 5, "read_timeout": 5}

    ports = [TLSConnection("x", port, trust=trust_in(certifi.where()), **options).port for port in (None, 8443)]

    assert ports == [443, 8443]


def test_a_netrc_file_does_not_replace_the_key(server, client_of, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n", encoding="ascii")
    monkeypatch.setenv("NETRC", str(netrc))

    client_of(by_name("201")).create_contact(SOPHIE)

    assert server.requests[0].header("Authorization") == f"Bearer {KEY}"


def test_proxies_of_the_environment_are_not_used(server, client_of, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)

    client_of(by_name("201")).create_contact(SOPHIE)
    client_of(by_name("201-over-tls")).create_contact(SOPHIE)

    assert server.saw_whole_request


def test_certificates_named_by_the_environment_are_not_trusted(server, monkeypatch):
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, server.ca_bundle)
    client = LeonarClient(base_url=server.play(by_name("201-over-tls")), api_key=KEY)

    with pytest.raises(errors.Untrusted):
        client.create_contact(SOPHIE)


def test_the_secrets_of_tls_are_written_nowhere(server, client_of, monkeypatch, tmp_path):
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "secrets.txt"))

    client_of(by_name("201-over-tls")).create_contact(SOPHIE)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_host_is_not_followed(server, client_of, status):
    with FaultServer() as elsewhere:
        target = elsewhere.play(by_name("201"))
        redirect = answer(status, headers={"Location": f"{target}/contacts"})

        with pytest.raises(errors.AddressWrong):
            client_of(Script("redirect", reply(redirect), "address_wrong")).create_contact(SOPHIE)

        assert elsewhere.connections == 0
    assert server.connections == 1


def test_a_refused_connection_being_handled_does_not_make_a_lost_one_look_unsent(server, client_of):
    refused = client_of(Script("refused", nothing, "unreachable", Place.REFUSED))
    lost = client_of(by_name("reset-after-reading"))

    def try_the_other_one() -> None:
        try:
            refused.create_contact(SOPHIE)
        except errors.Unreachable:
            lost.create_contact(SOPHIE)

    with pytest.raises(errors.ConnectionLost):
        try_the_other_one()
