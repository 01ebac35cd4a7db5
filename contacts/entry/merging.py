"""Values from elsewhere put into what a form holds: blank controls are filled, filled ones stay as they are; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from contacts.contact import ADDRESS_FIELDS, FIELDS, Kind
from contacts.entry import prefill
from contacts.text.identity import email_key, phone_key
from contacts.text.lists import split_list
from contacts.text.text import clean_text

# For each kind of row, what makes it more than an empty one.
_DECISIVE = {each.name: each.single for each in ADDRESS_FIELDS} | {"custom_data": "key"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Of a control that took a value: the words for where that comes from, and what the control held before."""

    source: str
    before: str


@dataclass(frozen=True, slots=True)
class Left:
    """A value that found its control filled with another one, or no blank row: the field's name and the value."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What a form holds after a merge (`start`), and what became of the values.

    `filled` has the name of each control that took one, like `title` or `emails-1-email`, with what it held before.
    """

    start: dict[str, Any]
    filled: dict[str, str] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)

    def value_of(self, control: str) -> Any:
        """What the control of this name holds now."""
        name, _, rest = control.partition("-")
        if not rest:
            return self.start[name]
        place, _, part = rest.partition("-")
        return self.start[name][int(place)][part]


def merge(start: Mapping[str, Any], values: Mapping[str, Any]) -> Merged:
    """`values`, by the API's names, in the blank controls of a form that holds `start` (as `prefill` has it).

    What a control or a row holds already is neither filled again nor left.
    """
    merged = Merged(dict(start))
    for name, value in prefill.from_payload(values).items():
        if name in _DECISIVE:
            _merge_rows(merged, name, value)
        elif _text(value):
            _merge_single(merged, name, value)
    return merged


def put(start: Mapping[str, Any], name: str, text: str) -> Merged:
    """`text` behind what the field `name` holds, or in a blank row of it."""
    if name in _DECISIVE:
        return merge(start, {name: [{_DECISIVE[name]: text}]})
    held = _text(start.get(name))
    between = ", " if FIELDS[name].kind is Kind.TEXTS else " "
    return Merged(dict(start) | {name: f"{held}{between}{text}" if held else text}, filled={name: held})


def _merge_single(merged: Merged, name: str, value: Any) -> None:
    held = merged.start.get(name)
    if not _text(held):
        merged.filled[name] = held if isinstance(held, str) else ""
        merged.start[name] = value
    elif isinstance(value, list):
        known = {item.casefold() for item in split_list(_text(held))}
        merged.left.extend(Left(name, item) for item in map(str, value) if item.casefold() not in known)
    elif _text(value).casefold() != _text(held).casefold():
        merged.left.append(Left(name, _text(value)))


def _merge_rows(merged: Merged, name: str, rows: list[Mapping[str, str]]) -> None:
    held = [dict(row) for row in merged.start.get(name) or []]
    merged.start[name] = held
    for row in rows:
        place = _place_of(name, row, held)
        if place is None or _holds_another_value(held[place], row):
            merged.left.append(Left(name, _row_text(name, row)))
            continue
        for part in _parts_to_fill(held[place], row):
            merged.filled[f"{name}-{place}-{part}"] = held[place].get(part, "")
            held[place][part] = row[part]


def _place_of(name: str, row: Mapping[str, str], held: list[dict[str, str]]) -> int | None:
    """The row that has this address or key already, else a blank or a new one; None where there may be no more."""
    key = _key(name, row)
    places = [place for place, other in enumerate(held) if key and _key(name, other) == key]
    places += [place for place, other in enumerate(held) if _is_blank(other)]
    if not places and len(held) < FIELDS[name].items_most:
        held.append({})
        return len(held) - 1
    return places[0] if places else None


def _holds_another_value(held: Mapping[str, str], row: Mapping[str, str]) -> bool:
    """Whether a key of custom data has a value already, and not this one."""
    return clean_text(held.get("value", "")) not in ("", row.get("value"))


def _parts_to_fill(held: Mapping[str, str], row: Mapping[str, str]) -> list[str]:
    """The parts of a row that take a value. A type that was chosen in a row with nothing in it says nothing."""
    return [
        part
        for part, value in row.items()
        if value and value != held.get(part) and (_is_blank(held) or not clean_text(held.get(part, "")))
    ]


def _is_blank(row: Mapping[str, str]) -> bool:
    return not any(clean_text(value) for part, value in row.items() if part != "type")


def _key(name: str, row: Mapping[str, str]) -> str:
    text = str(row.get(_DECISIVE[name]) or "")
    if name == "emails":
        return email_key(text)
    return phone_key(text, region=settings.DEFAULT_PHONE_REGION) if name == "phones" else clean_text(text)


def _row_text(name: str, row: Mapping[str, str]) -> str:
    return f"{row['key']}: {row['value']}" if name == "custom_data" else row[_DECISIVE[name]]


def _text(value: Any) -> str:
    """A value as its control shows it; "" where there is none."""
    if value is None or value is False:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else clean_text(str(value))
