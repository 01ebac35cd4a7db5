"""The moment at which these tests speak, and the time zone in which they do."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import timezone

NOW = datetime(2026, 3, 12, 13, 0, tzinfo=UTC)  # 14:00 in Paris


@pytest.fixture(autouse=True)
def _paris() -> Iterator[None]:
    with timezone.override("Europe/Paris"):
        yield
