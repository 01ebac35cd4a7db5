"""A value for every field of a contact, made from what its kind is: a new field has one without another line."""

from typing import Any, NamedTuple

from contacts.contact import ADDRESS_FIELDS, FIELDS, Field, Kind

# What is typed, sent and shown.
_ADDRESSES = {
    "email": ("karim@example.com", "karim@example.com", "karim@example.com"),
    "phone": ("06 12 34 56 78", "+33612345678", "+33 6 12 34 56 78"),
}


class Example(NamedTuple):
    """What is posted for a field, the value that is sent then, and a text that the record shows."""

    posted: dict[str, str]
    sent: Any
    shown: str


def examples() -> dict[str, Example]:
    """One for every name that the body of POST /contacts may have."""
    alone = {each.single: _alone(each) for each in ADDRESS_FIELDS}
    return {name: _example(each) for name, each in FIELDS.items()} | alone


def _example(each: Field) -> Example:
    name = each.name
    match each.kind:
        case Kind.ADDRESSES:
            return _with_type(each)
        case Kind.TEXTS:
            return Example({name: "Harbour, Night"}, ["Harbour", "Night"], "Night")
        case Kind.LINK:
            return Example({name: "in/karim"}, "https://www.linkedin.com/in/karim", "linkedin.com/in/karim")
        case Kind.ID:
            id_ = "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e02"
            return Example({name: f"{{{id_.upper()}}}"}, id_, id_)
        case Kind.ENUM:
            value, word = list(each.words.items())[1]
            return Example({name: value}, value, str(word))
        case Kind.BOOLEAN:
            return Example({name: "on"}, True, "Yes")
        case Kind.INTEGER:
            return Example({name: " 12 "}, 12, "12")
        case Kind.OBJECT:
            return Example({f"{name}-0-key": "shift", f"{name}-0-value": "late"}, {"shift": "late"}, "late")
        case _:
            return Example({name: f" The {name} "}, f"The {name}", f"The {name}")


def _with_type(each: Field) -> Example:
    typed, sent, shown = _ADDRESSES[each.single]
    row = f"{each.name}-{each.items_most - 1}"
    return Example({f"{row}-{each.single}": typed, f"{row}-type": "work"}, [{each.single: sent, "type": "work"}], shown)


def _alone(each: Field) -> Example:
    typed, sent, shown = _ADDRESSES[each.single]
    return Example({f"{each.name}-0-{each.single}": typed}, sent, shown)
