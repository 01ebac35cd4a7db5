import re
import socket

import pytest

from tests.sandbox.calls import call, create


def page(sandbox, path="/"):
    return call(sandbox, "GET", path, key=None)


def test_an_empty_sandbox_says_so(sandbox):
    reply = page(sandbox)

    assert reply.status == 200
    assert b"<h1>No contacts yet</h1>" in reply.body
    assert b"A stand-in for Leonar" in reply.body


def test_the_page_shows_what_was_entered(sandbox):
    contact = create(
        sandbox,
        last_name="Martin",
        title="Engineer",
        current_company="Atelier",
        emails=[{"email": "a@example.com"}, {"email": "b@example.com"}],
        phone="+33612345678",
        tags=["Rust", "Paris"],
    )

    html = page(sandbox).body.decode()

    shown = [
        "1 contact",
        "Sophie Martin",
        "Engineer · Atelier",
        "a@example.com<br>b@example.com",
        "+33612345678",
        "Rust, Paris",
    ]
    assert [text for text in [*shown, contact["id"], contact["created_at"]] if text not in html] == []


def test_the_newest_come_first_fifty_to_a_page(sandbox):
    for number in range(51):
        create(sandbox, first_name=f"Number {number}")

    def shown(path):
        return [int(number) for number in re.findall(r">Number (\d+)<", page(sandbox, path).body.decode())]

    assert "<h1>51 contacts</h1>" in page(sandbox).body.decode()
    assert shown("/") == list(range(50, 0, -1))
    assert shown("/?page=2") == [0]
    assert shown("/?page=9") == []
    assert shown("/?page=x") == shown("/")


def test_the_page_of_a_contact_shows_all_of_it(sandbox):
    contact = create(sandbox, custom_data={"colour": "blue"})

    html = page(sandbox, f"/contacts/{contact['id']}").body.decode()

    assert "<h1>Sophie</h1>" in html
    assert "&quot;colour&quot;: &quot;blue&quot;" in html


def test_what_was_entered_is_never_markup(sandbox):
    nasty = "<img src=x onerror=alert(1)>\"'&"
    contact = create(
        sandbox,
        first_name=nasty,
        last_name=nasty,
        title=nasty,
        current_company=nasty,
        phone=nasty,
        tags=[nasty],
        custom_data={nasty: nasty},
    )

    for path in ("/", f"/contacts/{contact['id']}"):
        html = page(sandbox, path).body.decode()
        assert "<img" not in html
        assert "&lt;img" in html


def test_pages_carry_no_script_and_no_style_of_their_own(sandbox):
    contact = create(sandbox)

    for path in ("/", f"/contacts/{contact['id']}", "/nowhere"):
        reply = page(sandbox, path)
        assert reply.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert not re.search(rb"<script|<style|style=", reply.body)


@pytest.mark.parametrize(
    ("path", "content_type"), [("/style.css", "text/css; charset=utf-8"), ("/icon.svg", "image/svg+xml")]
)
def test_what_the_pages_refer_to_is_there(sandbox, path, content_type):
    reply = page(sandbox, path)

    assert reply.status == 200
    assert reply.headers["Content-Type"] == content_type
    assert f'"{path}"'.encode() in page(sandbox).body


@pytest.mark.parametrize(
    "path", ["/nowhere", "/contacts/", "/contacts/5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e01", "/../pages.py"]
)
def test_an_unknown_page_is_not_found(sandbox, path):
    assert page(sandbox, path).status == 404


def test_a_page_can_only_be_looked_at(sandbox):
    assert call(sandbox, "POST", "/", {}, key=None).status == 405


def asked_by(sandbox, host: str) -> bytes:
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout=30) as connection:
        connection.sendall(f"GET /_sandbox/contacts HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        with connection.makefile("rb") as stream:
            return stream.readline()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8001", "127.0.0.1.evil.example", "", "[", "169.254.169.254"]
)
def test_a_site_that_has_its_name_lead_here_reads_nothing(sandbox, host):
    assert asked_by(sandbox, host).startswith(b"HTTP/1.1 421 ")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8001", "[::1]:8001"])
def test_this_machine_s_own_names_are_answered(sandbox, host):
    assert asked_by(sandbox, host).startswith(b"HTTP/1.1 200 ")


def test_a_page_can_be_asked_for_without_its_body(sandbox):
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout=30) as connection:
        connection.sendall(b"HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        with connection.makefile("rb") as stream:
            head, _, body = stream.read().partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 200 ")
    assert re.search(rb"Content-Length: [1-9]", head)
    assert body == b""
