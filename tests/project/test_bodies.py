"""A body that is too large is refused before any of it is kept."""

import io
from pathlib import Path
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse

from leonar_portal import bodies

pytestmark = pytest.mark.django_db


@pytest.fixture
def uploads(settings, tmp_path) -> Path:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


def post(client, size: int):
    return client.post(reverse("login"), {"file": SimpleUploadedFile("card.vcf", b"x" * size), "username": "sophie"})


def test_nobody_fills_the_disk(client, uploads, monkeypatch):
    kept = []
    monkeypatch.setattr(
        "django.core.files.uploadhandler.TemporaryFileUploadHandler.new_file", lambda *a, **k: kept.append(a)
    )

    answer = post(client, settings.REQUEST_BODY_MOST)

    assert answer.status_code == 400
    assert "too large" not in answer.text
    assert kept == []


def test_a_file_that_is_read_passes(client, uploads):
    assert post(client, 4 * 1024 * 1024).status_code == 200


def test_so_does_the_largest_form(client):
    assert client.post(reverse("login"), {"username": "x" * 1_000_000}).status_code == 200


OTHERS = ("zlib", "hex", "rot13", "base64", "undefined", "punycode", "idna", "utf-16", "latin-1", "²")
UNREADABLE = (
    *("text/plain; x*=nope''%41", "text/plain; x*=undefined''%41", "a/b; charset*=hex''%41"),
    f"text/plain; x*{'9' * 5000}=1",
)


def ask(content_type: str, *, method: str = "POST", query: str = "", body: bytes = b"") -> tuple[str, dict]:
    """What the server's entry point answers: before any of Django's middleware, the type of what is sent is read."""
    told: list = []
    environ: dict = {
        "REQUEST_METHOD": method,
        "PATH_INFO": reverse("login"),
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    setup_testing_defaults(environ)
    answer = bodies.readable(WSGIHandler())(environ, lambda status, headers: told.extend((status[:3], dict(headers))))
    list(answer)
    return told[0], told[1]


@pytest.mark.parametrize(
    "charset", ["zlib", "hex", "rot13", "base64", "undefined", "punycode", "idna", "utf-16", "latin-1", "²"]
)
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=b", "application/x-www-form-urlencoded", "text/plain"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_says_to_be_written_otherwise_than_in_utf_8_is_refused(method, kind, charset):
    part = b'--b\r\nContent-Disposition: form-data; name="username"\r\n\r\n\xc3\xa9-abc\r\n--b--\r\n'

    status, headers = ask(f"{kind}; charset={charset}", method=method, query="next=/%C3%A9-abc", body=part)

    assert status == "400"
    assert "Content-Security-Policy" in headers


@pytest.mark.parametrize("content_type", UNREADABLE)
def test_a_type_that_can_t_be_read_is_refused(content_type):
    assert ask(content_type)[0] == "400"


def test_more_parameters_than_there_may_be_are_refused_whatever_the_type():
    assert ask("a/b; charset=utf-8", method="GET", query="a&" * 2000)[0] == "400"


def test_what_says_to_be_in_utf_8_is_read_as_it_always_is():
    part = 'Content-Disposition: form-data; name="username"\r\n\r\nzoë\r\n'
    body = f"--a b\r\n{part}--a b--\r\n".encode()

    said = [ask(f'multipart/form-data; boundary="a b"{more}', body=body) for more in ("", "; charset=UTF-8")]

    # No token is among the fields.
    assert [status for status, _headers in said] == ["403", "403"]
