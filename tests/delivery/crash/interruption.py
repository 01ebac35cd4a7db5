"""A process that ends between Leonar's answer and its record; called within the portal's settings."""

from unittest import mock
from uuid import uuid4

from django.contrib.auth import get_user_model

from contacts.delivery import clients, outbox
from contacts.models import Attempt
from tests.delivery.crash.entries import MARK


def interrupt(mark: str) -> None:
    """An attempt whose process ends when the contact has been created, and before that is recorded."""
    payload = {"first_name": "Karim", "last_name": "Lefort", "email": "karim@lefort.example"}
    by = get_user_model().objects.get(username="recruiter")
    with mock.patch.object(outbox, "send"):
        entered = outbox.enter(by=by, token=uuid4(), payload=payload | {"custom_data": {MARK: mark}}, typed={})
    attempt = Attempt.objects.get(submission=entered.submission)
    clients.client().create_contact(attempt.payload)
