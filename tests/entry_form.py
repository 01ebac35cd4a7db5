"""The entry form as a browser posts it."""

from uuid import uuid4

ROWS = {"emails": 5, "phones": 5, "custom_data": 5}


def typed_form(**fields: object) -> dict[str, object]:
    """A whole POST body: a first name, a token of its own, and `fields`; rows are named like `emails-0-email`."""
    body: dict[str, object] = {"first_name": "Sophie", "form_token": str(uuid4())}
    for rows, number in ROWS.items():
        body[f"{rows}-TOTAL_FORMS"] = str(number)
        body[f"{rows}-INITIAL_FORMS"] = "0"
    return body | fields
