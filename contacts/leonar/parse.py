"""The bodies of answers: strict about what the reference promises, blind to everything else."""

import json
import math
from typing import Any
from uuid import UUID


def contact(body: bytes) -> dict[str, Any]:
    """The created contact. Raises ValueError unless there is one, with an id.

    Reference: POST /contacts, 201 `{"data": contact}`; `id` is a UUID.
    """
    data = _envelope(body).get("data")
    if not isinstance(data, dict):
        raise ValueError("no contact")
    if not _is_uuid(data.get("id")):
        raise ValueError("no id")
    return data


def listing(body: bytes) -> tuple[list[dict[str, Any]], bool]:
    """The items of a list, and whether there are more. Raises ValueError unless it is a list of objects.

    Reference: lists, `{"data": [...], "meta": {"total", "limit", "offset", "has_more"}}`.
    """
    envelope = _envelope(body)
    data, meta = envelope.get("data"), envelope.get("meta")
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise ValueError("no list of objects")
    return data, isinstance(meta, dict) and meta.get("has_more") is True


def error_body(body: bytes) -> tuple[str, str]:
    """The code and message of an error, "" for what is not there. Never raises: a proxy may have answered.

    Reference: Errors, `{"error": {"code": "...", "message": "..."}}`.
    """
    try:
        error = _envelope(body).get("error")
    except ValueError:
        return "", ""
    if not isinstance(error, dict):
        return "", ""
    code, message = error.get("code"), error.get("message")
    return code if isinstance(code, str) else "", message if isinstance(message, str) else ""


def _envelope(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
        # JSON can spell NULs and halves of surrogate pairs only as escapes; databases take neither.
        if b"\\u" in body:
            found = _storable(found)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", errors="replace").decode("utf-8")
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number too large")
    return number


def _is_uuid(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return str(UUID(value)) == value.lower()
    except ValueError:
        return False
