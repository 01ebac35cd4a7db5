"""What the API accepts: the documented fields, types and limits of POST /contacts and of the searches.

Where the reference is silent, this reading is the stricter one, save that unknown extra keys of a body are ignored:
- null is not a value: absent values are left out;
- true and false are not integers, and neither is 3.0;
- a required name may not be blank.
"""

from collections.abc import Callable, Mapping
from typing import Any

from leonar_sandbox.formats import is_date, is_email, is_uri, is_uuid
from leonar_sandbox.samples import CUSTOM_FIELDS

GLOBAL_STATUSES = ("new", "contacted", "replied", "qualified", "archived")
SORT_FIELDS = ("created_at", "updated_at", "first_name", "last_name")
DEFAULT_LIMIT = 50
HIGHEST_LIMIT = 100

Check = Callable[[str, Any], None]


class ContractError(Exception):
    """A value that the contract refuses. Says where by its path from the body's root, as in `emails.1.email`."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__(f"{path}: {text}")


def _string(path: str, value: Any) -> None:
    if not isinstance(value, str):
        raise ContractError(path, "Must be a string")


def _string_of_at_most(longest: int) -> Check:
    def check(path: str, value: Any) -> None:
        _string(path, value)
        if len(value) > longest:
            raise ContractError(path, f"Must be at most {longest} characters")

    return check


def _first_name(path: str, value: Any) -> None:
    _string_of_at_most(100)(path, value)
    if not value.strip():
        raise ContractError(path, "Must not be blank")


def _tag_name(path: str, value: Any) -> None:
    _string(path, value)
    if not 1 <= len(value.strip()) <= 100:
        raise ContractError(path, "Must be 1 to 100 characters")


def _string_in_format(holds: Callable[[str], bool], text: str) -> Check:
    def check(path: str, value: Any) -> None:
        _string(path, value)
        if not holds(value):
            raise ContractError(path, text)

    return check


def _one_of(allowed: tuple[str, ...]) -> Check:
    def check(path: str, value: Any) -> None:
        _string(path, value)
        if value not in allowed:
            raise ContractError(path, f"Must be one of {', '.join(allowed)}")

    return check


def _boolean(path: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise ContractError(path, "Must be true or false")


def _integer(path: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ContractError(path, "Must be an integer")


def _integer_from(lowest: int, highest: int | None = None) -> Check:
    text = f"Must be between {lowest} and {highest}" if highest is not None else f"Must be at least {lowest}"

    def check(path: str, value: Any) -> None:
        _integer(path, value)
        if value < lowest or (highest is not None and value > highest):
            raise ContractError(path, text)

    return check


def _number(path: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ContractError(path, "Must be a number")


def _array_of(check_item: Check, *, at_most: int | None = None) -> Check:
    def check(path: str, value: Any) -> None:
        if not isinstance(value, list):
            raise ContractError(path, "Must be an array")
        if at_most is not None and len(value) > at_most:
            raise ContractError(path, f"Must have at most {at_most} items")
        for index, item in enumerate(value):
            check_item(f"{path}.{index}", item)

    return check


def _object(path: str, value: Any) -> None:
    if not isinstance(value, dict):
        raise ContractError(path, "Must be an object")


def _typed_address(key: str, check_address: Check) -> Check:
    """An item of `emails` or `phones`: the address itself, and what it is for. The list of types is open."""

    def check(path: str, value: Any) -> None:
        _object(path, value)
        if key not in value:
            raise ContractError(f"{path}.{key}", "Required")
        check_address(f"{path}.{key}", value[key])
        if "type" in value:
            _string(f"{path}.type", value["type"])

    return check


_email = _string_in_format(is_email, "Invalid email format")
_uri = _string_in_format(is_uri, "Invalid URI format")
_uuid = _string_in_format(is_uuid, "Invalid UUID format")
_date = _string_in_format(is_date, "Must be a date as YYYY-MM-DD")

_CUSTOM_TYPES: dict[str, Check] = {"text": _string, "number": _number, "boolean": _boolean, "date": _date}


def _definition_check(definition: Mapping[str, Any]) -> Check:
    if definition["type"] == "select":
        return _one_of(tuple(option["value"] for option in definition["options"]))
    return _CUSTOM_TYPES[definition["type"]]


_DEFINED: dict[str, Check] = {definition["key"]: _definition_check(definition) for definition in CUSTOM_FIELDS}


def _custom_data(path: str, value: Any) -> None:
    """Arbitrary keys and values, as the older text has it; those with a definition must fit it, as the newer has it."""
    _object(path, value)
    for key, item in value.items():
        if key in _DEFINED:
            _DEFINED[key](f"{path}.{key}", item)


CONTACT_FIELDS: dict[str, Check] = {
    "first_name": _first_name,
    "last_name": _string_of_at_most(100),
    "email": _email,
    "emails": _array_of(_typed_address("email", _email), at_most=5),
    "phone": _string,
    "phones": _array_of(_typed_address("phone", _string), at_most=5),
    "title": _string,
    "current_company": _string,
    "location": _string,
    "linkedin_profile": _uri,
    "contact_type": _array_of(_string),
    "tags": _array_of(_tag_name),
    "source": _string,
    "company_id": _uuid,
    "custom_data": _custom_data,
    "global_status": _one_of(GLOBAL_STATUSES),
    "do_not_contact": _boolean,
    "years_experience": _integer,
    "skills": _array_of(_string),
    "languages": _array_of(_string),
}

_SEARCH_FIELDS: dict[str, Check] = {
    "query": _string,
    "name": _string,
    "title": _string,
    "company": _string,
    "location": _string,
    "contact_types": _array_of(_string),
    "tags": _array_of(_string),
    "created_after": _date,
    "created_before": _date,
    "sort_by": _one_of(SORT_FIELDS),
    "sort_direction": _one_of(("asc", "desc")),
    "limit": _integer_from(1, HIGHEST_LIMIT),
    "offset": _integer_from(0),
}


def _checked(body: Any, fields: Mapping[str, Check]) -> dict[str, Any]:
    _object("body", body)
    for name, check in fields.items():
        if name in body:
            check(name, body[name])
    return {name: body[name] for name in fields if name in body}


def read_contact(body: Any) -> dict[str, Any]:
    """The documented fields of a POST /contacts body. Raises ContractError for the first wrong one."""
    _object("body", body)
    if "first_name" not in body:
        raise ContractError("first_name", "Required")
    return _checked(body, CONTACT_FIELDS)


def read_search(body: Any) -> dict[str, Any]:
    """The documented fields of a POST /contacts/search body. Raises ContractError."""
    return _checked(body, _SEARCH_FIELDS)


def read_list_parameters(parameters: Mapping[str, str]) -> dict[str, Any]:
    """The parameters of GET /contacts, as the fields of a search. Raises ContractError, naming the parameter.

    An empty parameter counts as absent, as a form's blank field would be.
    """
    given = {name: text for name, text in parameters.items() if text != ""}
    search: dict[str, Any] = {name: given[name] for name in ("created_after", "created_before") if name in given}
    if "search" in given:
        search["query"] = given["search"]
    for name in ("limit", "offset"):
        if name in given:
            search[name] = _parsed_integer(name, given[name])
    search = read_search(search)
    if "sort" in given:
        search |= _parsed_sort(given["sort"])
    return search


def _parsed_integer(path: str, text: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise ContractError(path, "Must be an integer")
    return int(text)


def _parsed_sort(text: str) -> dict[str, Any]:
    name = text.removeprefix("-")
    _one_of(SORT_FIELDS)("sort", name)
    return {"sort_by": name, "sort_direction": "desc" if text.startswith("-") else "asc"}
