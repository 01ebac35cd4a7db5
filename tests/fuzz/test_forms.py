"""No entry form, whatever it holds and whichever button posts it, ends in a mistake, loses anything or doubles it."""

import html
import os
import re
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.utils import timezone

from contacts.models import LeonarList, Submission, current_workspace
from tests.fuzz.faults import SEED, Faults
from tests.fuzz.forms import Forms
from tests.submissions import queued

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(7200)]

CASES = int(os.environ.get("FUZZ_CASES", "80"))
ASKED = re.compile(r'name="asked" value="([^"]*)"')
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HINT = re.compile(r'name="then" value="(?:fix|dismiss) ([^"]*)"')
State = Submission.State
# Where what was typed is shown again.
SHOWS_AGAIN = (200, 409, 422)
DEFINED = [
    {"key": "salary", "type": "number"},
    {"key": "notice", "type": "date"},
    {"key": "open", "type": "boolean"},
    {"key": "team", "type": "select", "options": ["Lyon", "Paris"]},
]


@pytest.fixture
def records(recruiter) -> dict[str, Submission]:
    """One in each state in which a correction may arrive."""
    now = timezone.now()
    own = {"due_at": None, "revision": 1}
    return {
        "rejected": queued(recruiter, state=State.REJECTED, reason="invalid", **own),
        "created": queued(recruiter, state=State.CREATED, contact_id=UUID(int=7), settled_by="answer", **own),
        "discarded": queued(recruiter, state=State.DISCARDED, discard_reason="twice", **own),
        "unclear": queued(recruiter, state=State.UNCONFIRMED, **own),
        "erased": queued(recruiter, {}, state=State.DISCARDED, erased_at=now, **own),
        "waiting": queued(recruiter),
    }


def test_no_form_ends_in_a_mistake_or_loses_or_doubles_anything(signed_in, records):
    LeonarList.objects.create(
        workspace=current_workspace(), kind="custom_fields", items=DEFINED, asked_at=timezone.now()
    )
    signed_in.raise_request_exception = False
    forms, faults = Forms(SEED), Faults()
    finished = [records[name].pk for name in ("created", "discarded", "erased")]
    before = list(Submission.objects.filter(pk__in=finished).values())
    paths = [*["/contacts/new/"] * 6, "/contacts/new/live/", "/contacts/new/in-leonar/", "/drafts/keep/"]
    paths += [f"/submissions/{record.pk}/correct/" for record in records.values()]
    told = {str(record.pk) for record in records.values()}
    asked: list[str] = []
    hints: list[str] = []
    with faults.watched():
        for _ in range(CASES):
            path, body = forms.one_of(paths), forms.body(asked=asked, hints=hints)
            faults.case = (path, body)
            answer = signed_in.post(path, body)
            assert answer.status_code < 500 or answer.status_code == 503 or faults.found, faults.case
            expect_all_there(answer, path, body)
            told.update(ID.findall(answer.headers.get("Location", "")))
            asked, hints = ASKED.findall(answer.text), HINT.findall(html.unescape(answer.text))

    assert faults.found == {}
    assert list(Submission.objects.filter(pk__in=finished).values()) == before
    # What was stored is what people were led to, and no more.
    assert {str(key) for key in Submission.objects.values_list("pk", flat=True)} == told


def expect_all_there(answer: HttpResponse, path: str, body: dict[str, Any]) -> None:
    """A form that comes back, whatever for, holds what was typed."""
    is_form = path == "/contacts/new/" or path.endswith("/correct/")
    if not is_form or body["then"].startswith(("fix", "clear", "unpin")):
        return
    names = body.get("first_name", [])
    if answer.status_code in SHOWS_AGAIN and len(names) == 1 and names[0].isascii() and names[0].isalpha():
        assert f'value="{names[0]}"' in answer.text, f"{path} {answer.status_code} {body}"
