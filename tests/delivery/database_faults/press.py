"""Pressing "Create contact" while the database fails: functions for `PortalProcess.call`."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import Any
from unittest import mock

from django.contrib.auth import get_user_model
from django.db import DatabaseError, InterfaceError, connection
from django.test import Client
from django.urls import reverse

from contacts.delivery import outbox, worker
from contacts.leonar import errors
from contacts.models import Attempt, Gate, Submission
from tests.delivery.database_faults import faults
from tests.entry_form import typed_form
from tests.gate import note_send
from tests.rows import hurry, submissions, waiting
from tests.sign_in import sign_in

# Large, so that it needs pages of its own; as much as three keys of custom data may hold.
NOTES = {f"notes-{number}": ("Engineer " * 1000).strip() for number in range(3)}
# The act that begins with each of the three writes. What the web process sends at once has 1 and 2 in one.
WRITES = {1: "enter", 2: "claim", 3: "record"}
RECORD_PATIENCE = (0.1, 0.2)
DRAIN_SECONDS = 60


def press(token: str, fault: str, write: int, lasts: float | None) -> dict[str, Any]:
    """Posts the entry form into an empty portal; at that write the fault begins, and ends after `lasts` seconds.

    Without `lasts` it goes on until the answer is there.
    """
    faults.be_impatient()
    _forget()
    browser = _signed_in()
    with _failing(fault, write, lasts):
        answer = browser.post(reverse("entry"), _form(token))
    return _seen(answer)


def press_and_deliver(token: str, fault: str) -> dict[str, Any]:
    """Posts the entry form while the hourly limit holds; then a deliverer takes it, and write 2 fails."""
    faults.be_impatient()
    _forget()
    browser = _signed_in()
    note_send(errors.RateLimited(60))
    answer = browser.post(reverse("entry"), _form(token))
    hurry()
    with _failing(fault, 2, None), suppress(DatabaseError, InterfaceError):
        worker.step(worker="test")
    connection.close()
    return _seen(answer)


@contextmanager
def _failing(fault: str, write: int, lasts: float | None) -> Iterator[None]:
    """At that write the fault begins, and ends after `lasts` seconds, or with the block."""
    undo: list[faults.Undo] = []
    act = getattr(outbox, WRITES[write])

    @wraps(act)
    def act_while_it_fails(*positional: Any, **named: Any) -> Any:
        if not undo:
            undo.append(faults.begin(fault))
            if lasts is not None:
                threading.Timer(lasts, undo[0]).start()
        return act(*positional, **named)

    # Only the moment is chosen here; what fails is the database itself.
    with mock.patch.object(outbox, WRITES[write], act_while_it_fails), _short_patience(lasts):
        yield
    if lasts is None:
        undo[0]()


def go_on(token: str, is_pressed_again: bool) -> dict[str, Any]:
    """With nothing in the way any more: what is on record; what is answered to the same form; what becomes of it."""
    then = submissions()
    again = _seen(_signed_in().post(reverse("entry"), _form(token))) if is_pressed_again else None
    return {"then": then, "again": again, "in the end": _drained()}


def _drained() -> list[dict[str, Any]]:
    deadline = time.monotonic() + DRAIN_SECONDS
    while waiting() and time.monotonic() < deadline:
        hurry()
        if not worker.step(worker="test"):
            time.sleep(0.1)
    return submissions()


def _forget() -> None:
    for model in (Attempt, Submission, Gate):
        model.objects.all().delete()


def _seen(answer: Any) -> dict[str, Any]:
    """Status and redirect, the values of the form that came back, and whether the long ones are still whole."""
    values = re.findall(r'name="(?:last_name|form_token)"[^>]*? value="([^"]*)"', answer.text)
    location = answer.headers.get("Location", "")
    return {
        "status": answer.status_code,
        "location": location,
        "values": sorted(values),
        "is_whole": answer.text.count(NOTES["notes-0"]) == len(NOTES),
    }


def _form(token: str) -> dict[str, Any]:
    rows = {
        f"custom_data-{row}-{name}": text
        for row, item in enumerate(NOTES.items())
        for name, text in zip(("key", "value"), item, strict=True)
    }
    return typed_form(last_name="Martin", form_token=token, **rows)


def _signed_in() -> Client:
    browser = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    user = get_user_model().objects.get(username="recruiter")
    sign_in(browser, user)
    connection.close()
    return browser


def _short_patience(lasts: float | None) -> Any:
    """A fault that lasts outlasts any patience, so there is no use in waiting for it."""
    return mock.patch.object(outbox, "RECORD_PATIENCE", RECORD_PATIENCE if lasts is None else outbox.RECORD_PATIENCE)
