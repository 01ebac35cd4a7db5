"""What is in the history."""

import pytest

from contacts.models import Submission
from tests.submissions import queued


@pytest.fixture
def enter(recruiter):
    """A submission in the history."""

    def enter(first_name="Sophie", *, by=recruiter, **columns) -> Submission:
        stored = queued(by, {"first_name": first_name})
        Submission.objects.filter(pk=stored.pk).update(**columns)
        return Submission.objects.get(pk=stored.pk)

    return enter
