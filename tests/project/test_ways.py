"""The ways that CONTRIBUTING shows as lists of files are those that a submission and a field really take."""

import re
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.urls import reverse

from contacts.contact import FIELDS
from tests.entry_form import typed_form
from tests.project.test_layers import imports

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
SUBMISSION, FIELD = "One submission's way", "One field's way"


def way(title: str) -> list[str]:
    """The files of the numbered list below this title."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split(f"**{title}**", 1)[1]
    numbered = re.search(r"\n\n((?:\d+\. .*\n(?: +.*\n)*)+)", text)
    assert numbered, title
    return re.findall(r"^\d+\. `([^`]+)`", numbered[1], re.MULTILINE)


class Visits:
    """Within a `with` block, the project's own files whose functions are called, in the order of their first calls."""

    def __init__(self) -> None:
        self.files: list[str] = []

    def __enter__(self) -> "Visits":
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _note(self, frame: FrameType, event: str, _argument: Any) -> None:
        path = frame.f_code.co_filename
        if event == "call" and path.startswith(str(ROOT)):
            file = path.removeprefix(f"{ROOT}/")
            if file not in self.files:
                self.files.append(file)


@pytest.fixture
def visited(signed_in, sandbox) -> list[str]:
    """The files that a submission passes through, from the POST to its record."""
    body = typed_form(title="Engineer")
    # What is made once a process is no part of the way.
    signed_in.get(signed_in.post(reverse("entry"), typed_form()).url)

    with Visits() as visits:
        signed_in.get(signed_in.post(reverse("entry"), body).url)

    return visits.files


def test_a_submission_passes_these_files_in_this_order(visited):
    files = way(SUBMISSION)

    assert len(files) <= 10
    assert [file for file in visited if file in files] == files


def test_the_way_begins_at_the_first_view_and_ends_at_the_record(visited):
    views = [file for file in visited if file.startswith("contacts/views/")]

    assert way(SUBMISSION)[0] == views[0]
    assert way(SUBMISSION)[-1] == views[-1]


def test_each_file_of_a_fields_way_takes_the_field_from_another_or_hands_it_on():
    files = way(FIELD)
    python = {file.removesuffix(".py").replace("/", "."): ROOT / file for file in files if file.endswith(".py")}
    imported = {name: set(imports(path, name)) for name, path in python.items()}

    alone = [
        name
        for name, of in imported.items()
        if not any(name in others for others in imported.values()) and not of & set(python)
    ]

    assert len(files) <= 8
    assert files[0] == "contacts/contact.py"
    # The tag is loaded by the template on the list, not imported.
    assert alone == ["contacts.templatetags.fields"]


def test_the_template_of_a_fields_way_has_a_place_for_every_field():
    [template] = [ROOT / file for file in way(FIELD) if file.endswith(".html")]
    text = template.read_text(encoding="utf-8")

    assert "{% load i18n fields %}" in text
    assert [name for name in FIELDS if f"contact.{name}" not in text and f"entry.{name}" not in text] == []
