"""The bodies of answers: strict about what the reference promises, blind to everything else.

What comes out of here can be stored by any database and walked through by recursion, whatever has come in: characters
that no database keeps are U+FFFD, numbers beyond all sense and whatever lies deeper than DEPTH_MAX are null. None of
that costs a created contact its id, which must not be lost for the sake of something beside it.
"""

import json
import math
import re
from typing import Any
from uuid import UUID

# Levels of arrays and objects, from the body's own on. The portal sends no more than 50 within a value.
DEPTH_MAX = 64
# Arrays and objects. A hundred contacts have some thousands; with hundreds of thousands, reading takes seconds. Where
# there are more, only the contact's own values are read: the body is the first level, the contact the second.
CONTAINERS_MAX = 20_000
DEPTH_OF_A_CONTACT = 2
# Digits: more than these, and a number is larger than any float.
INTEGER_DIGITS = 300

# Possessive, so that a string which never ends is passed over once and not once for each quotation mark in it.
_STRUCTURE = re.compile(r'"(?:[^"\\]++|\\.)*+"?+|[\[\]{}]', re.DOTALL)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def contact(body: str) -> dict[str, Any]:
    """The created contact. Raises ValueError unless there is one, with an id.

    Reference: POST /contacts, 201 `{"data": contact}`; `id` is a UUID.
    """
    data = _envelope(body).get("data")
    if not isinstance(data, dict):
        raise ValueError("no contact")
    if not _is_uuid(data.get("id")):
        raise ValueError("no id")
    return data


def listing(body: str) -> tuple[list[dict[str, Any]], bool]:
    """The items of a list, and whether there are more. Raises ValueError unless it is a list of objects.

    Reference: lists, `{"data": [...], "meta": {"total", "limit", "offset", "has_more"}}`. What the objects hold is not
    looked at: keys may be missing and values of any kind.
    """
    envelope = _envelope(body)
    data, meta = envelope.get("data"), envelope.get("meta")
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise ValueError("no list of objects")
    return data, isinstance(meta, dict) and meta.get("has_more") is True


def error_body(body: str) -> tuple[str, str]:
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


def storable_text(text: str) -> str:
    """`text` with U+FFFD for what no database keeps: NULs and halves of surrogate pairs."""
    return _UNSTORABLE.sub("\ufffd", text)


def _envelope(body: str) -> dict[str, Any]:
    containers = body.count("[") + body.count("{")
    if containers > DEPTH_MAX:
        body = _shallow(body, DEPTH_MAX if containers <= CONTAINERS_MAX else DEPTH_OF_A_CONTACT)
    found = json.loads(body, parse_constant=_no_number, parse_int=_integer, parse_float=_decimal)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    # JSON can spell what is not storable only by escapes.
    return _storable(found) if "\\u" in body else found


def _shallow(body: str, levels: int) -> str:
    """`body` with null for each array and object below `levels`: done on the text, as json.loads gives up at some."""
    kept: list[str] = []
    depth = kept_until = 0
    for token in _STRUCTURE.finditer(body):
        mark = token[0]
        if mark in ("[", "{"):
            depth += 1
            if depth == levels + 1:
                kept.append(body[kept_until : token.start()])
        elif mark in ("]", "}"):
            if depth == levels + 1:
                kept.append("null")
                kept_until = token.end()
            depth -= 1
    if depth > levels:
        raise ValueError("never closed")
    return "".join([*kept, body[kept_until:]])


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value


def _no_number(_: str) -> None:
    """NaN and the infinities, which Python reads although JSON has none."""


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= INTEGER_DIGITS else None


def _decimal(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


def _is_uuid(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return str(UUID(value)) == value.lower()
    except ValueError:
        return False
