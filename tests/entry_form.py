"""The entry form as a browser posts it, and as Django receives it."""

from collections.abc import Mapping
from uuid import uuid4

from django.http import QueryDict

ROWS = {"emails": 5, "phones": 5, "custom_data": 5}


def typed_form(**fields: object) -> dict[str, object]:
    """A whole POST body: a first name, a token of its own, and `fields`; rows are named like `emails-0-email`."""
    body: dict[str, object] = {"first_name": "Sophie", "form_token": str(uuid4())}
    for rows, number in ROWS.items():
        body[f"{rows}-TOTAL_FORMS"] = str(number)
        body[f"{rows}-INITIAL_FORMS"] = "0"
    return body | fields


def received(body: Mapping[str, object]) -> QueryDict:
    """What Django makes of `body` when it is posted."""
    data = QueryDict(mutable=True)
    data.update({name: str(value) for name, value in body.items()})
    return data
