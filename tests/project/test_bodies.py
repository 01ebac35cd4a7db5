"""A body that is too large is refused before any of it is kept."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

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
