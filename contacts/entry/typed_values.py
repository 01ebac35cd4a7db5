"""Custom data as people type it, made into JSON values of the type they chose."""

import json
import math
import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contacts.entry.fields import INTEGER_MOST
from contacts.text.storable import storable_text
from contacts.text.text import clean_text

# Deeper JSON is no data that anybody typed, and readers differ in how deep they can follow.
JSON_DEPTH_MOST = 50
_YES = {"true", "yes", "y", "1", "on", "oui"}
# What is typed or posted for "no".
NO = {"false", "no", "n", "0", "off", "non"}
_INTEGER = re.compile(r"[+-]?\d{1,30}")
_NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:[.,]\d{1,30})?|[.,]\d{1,30})(?:[eE][+-]?\d{1,3})?")
# "1,500" is one and a half to some and fifteen hundred to others.
_TWO_READINGS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")


def read(text: str, kind: str) -> Any:
    """`text` as a value of `kind`: text, number, boolean or json. Raises ValidationError with what to do about it."""
    return _READERS[kind](text)


def write(value: Any) -> tuple[str, str]:
    """The text and the kind that `read` makes `value` of."""
    if isinstance(value, bool):
        return ("yes" if value else "no"), "boolean"
    if isinstance(value, int | float):
        return str(value), "number"
    if isinstance(value, str) and value and clean_text(value) == value:
        return value, "text"
    return json.dumps(value, ensure_ascii=False), "json"


def _number(text: str) -> int | float:
    compact = clean_text(text).replace(" ", "").replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.fullmatch(compact):
        raise ValidationError(_("Enter a number, like 7 or 3.5."))
    if _TWO_READINGS.fullmatch(compact):
        raise ValidationError(_("This can be read as two numbers. Enter it like 1500 or 1.5."))
    digits = compact.replace(",", ".")
    if _INTEGER.fullmatch(digits) and abs(int(digits)) <= INTEGER_MOST:
        return int(digits)
    number = _exactly(digits)
    if number is None:
        raise ValidationError(_("This number has more digits than Leonar can keep. Choose Text as its type."))
    return number


def _exactly(digits: str) -> float | None:
    """The number; None for one that loses digits on its way, and so is not the number that was entered."""
    number = float(digits)
    try:
        return number if math.isfinite(number) and Decimal(repr(number)) == Decimal(digits) else None
    except InvalidOperation:
        # An exponent that nobody can follow.
        return None


def _boolean(text: str) -> bool:
    word = clean_text(text).casefold()
    if word not in _YES | NO:
        raise ValidationError(_("Enter yes or no."))
    return word in _YES


def _json(text: str) -> Any:
    try:
        value = json.loads(
            text.strip("\ufeff\u200b \t\r\n\u00a0"),
            parse_constant=_refuse_constant,
            parse_float=_json_float,
            object_pairs_hook=_json_object,
        )
    except (ValueError, RecursionError) as error:
        raise ValidationError(_('Enter valid JSON, like [1, 2] or {"key": "value"}.')) from error
    if value is None:
        raise ValidationError(_("null means that there is no value. Leave the row empty, or enter a value."))
    for item, depth in _walk(value):
        if depth > JSON_DEPTH_MOST:
            raise ValidationError(_("This JSON has more than %(most)d levels.") % {"most": JSON_DEPTH_MOST})
        if isinstance(item, str) and storable_text(item) != item:
            raise ValidationError(_("This JSON holds characters that can't be stored, like \\u0000."))
        if isinstance(item, int) and abs(item) > INTEGER_MOST:
            raise ValidationError(_("This JSON holds a number that is too large. Put it in quotes."))
    return value


def _walk(value: Any) -> Iterator[tuple[Any, int]]:
    """Every value and key in `value`, each with its depth. No recursion: what json.loads took may be deep."""
    waiting = [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        yield item, depth
        if isinstance(item, dict):
            waiting += [(inner, depth + 1) for pair in item.items() for inner in pair]
        elif isinstance(item, list):
            waiting += [(inner, depth + 1) for inner in item]


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _json_float(digits: str) -> float:
    number = _exactly(digits)
    if number is None:
        message = _("This JSON holds a number that is too large or has too many digits. Put it in quotes.")
        raise ValidationError(message)
    return number


def _json_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValidationError(_("This JSON has the same key twice, and only one of them can be kept."))
    return found


_READERS: dict[str, Callable[[str], Any]] = {
    "text": clean_text,
    "number": _number,
    "boolean": _boolean,
    "json": _json,
}
