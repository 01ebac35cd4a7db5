"""Forms that come too late, and a contact that Leonar refused."""

import pytest
from django.urls import reverse

from contacts.models import Submission
from tests.submissions import sent
from tests.views.drafts.pages import form_of, next_of


@pytest.fixture
def posted_too_late(signed_in, client):
    """Posts Sophie's form after her sign-in has expired; returns where signing in leads on to."""

    def posted_too_late(**fields: str) -> str:
        return next_of(client.post(reverse("entry"), form_of(signed_in, **fields)))

    return posted_too_late


@pytest.fixture
def rejected(recruiter, sandbox) -> Submission:
    sandbox.misbehave(mode="status", status=400, message="title: no", only="POST /contacts")
    return sent(recruiter, {"first_name": "Sophie", "title": "x"}, typed={"first_name": ["Sophie"], "title": ["x"]})
