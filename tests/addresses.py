"""Every address of the portal."""

import re

from django.urls import get_resolver

# Of nothing that exists.
SOME_ID = "0b1f7a56-8f53-4f0e-9a51-3c1a0f6b8c11"


def portal_addresses() -> list[str]:
    """The paths of all its views; where one has an id, that of nothing."""
    patterns = [pattern.pattern for pattern in get_resolver("contacts.urls").url_patterns]
    return [re.sub(r"<int:\w+>", "1", re.sub(r"<uuid:\w+>", SOME_ID, f"/{pattern}")) for pattern in patterns]
