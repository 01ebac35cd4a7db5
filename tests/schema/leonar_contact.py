"""The body of POST /contacts, transcribed from Leonar's API reference as JSON Schema (2020-12).

A third reading of the contract, next to the portal's own and the sandbox's: it shares nothing with either. Stricter
than the reference in one thing: only documented fields may be there, because the portal sends no others.
"""

from functools import cache
from typing import Any

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
EMAIL = {"type": "string", "format": "email"}

BODY: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["first_name"],
    "additionalProperties": False,
    "properties": {
        "first_name": {"type": "string", "minLength": 1, "maxLength": 100},
        "last_name": {"type": "string", "maxLength": 100},
        "email": EMAIL,
        "emails": {
            "type": "array",
            "maxItems": 5,
            "items": {
                "type": "object",
                "required": ["email"],
                "additionalProperties": False,
                "properties": {"email": EMAIL, "type": TEXT},
            },
        },
        "phone": TEXT,
        "phones": {
            "type": "array",
            "maxItems": 5,
            "items": {
                "type": "object",
                "required": ["phone"],
                "additionalProperties": False,
                "properties": {"phone": {"type": "string", "minLength": 1}, "type": TEXT},
            },
        },
        "title": TEXT,
        "current_company": TEXT,
        "location": TEXT,
        "linkedin_profile": {"type": "string", "format": "uri"},
        "contact_type": TEXTS,
        "tags": {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 100}},
        "source": TEXT,
        "company_id": {"type": "string", "format": "uuid"},
        "custom_data": {"type": "object"},
        "global_status": {"enum": ["new", "contacted", "replied", "qualified", "archived"]},
        "do_not_contact": {"type": "boolean"},
        "years_experience": {"type": "integer"},
        "skills": TEXTS,
        "languages": TEXTS,
    },
}


@cache
def _checker() -> Any:
    # No run waits for it that checks no body.
    from jsonschema import Draft202012Validator

    return Draft202012Validator(BODY, format_checker=Draft202012Validator.FORMAT_CHECKER)


def errors(body: object) -> list[str]:
    """What the reference has against `body`; nothing where it would be taken."""
    return [f"{error.json_path}: {error.message}" for error in _checker().iter_errors(body)]
