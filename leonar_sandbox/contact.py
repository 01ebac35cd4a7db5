"""How a contact comes back: everything that was sent, null for the rest, and what Leonar adds by itself."""

import uuid
from datetime import UTC, datetime
from typing import Any

from leonar_sandbox.contract import CONTACT_FIELDS


def utc_now() -> str:
    """This moment in UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_contact(sent: dict[str, Any]) -> dict[str, Any]:
    """The contact that a checked body creates. Its tags are still as they were sent."""
    now = utc_now()
    contact: dict[str, Any] = {"id": str(uuid.uuid4())}
    contact |= {name: sent.get(name) for name in CONTACT_FIELDS}
    _join(contact, single="email", several="emails")
    _join(contact, single="phone", several="phones")
    contact |= {
        "summary": None,
        "created_at": now,
        "updated_at": now,
        "last_contacted_at": None,
        "archived_at": None,
        # The reference does not name these: answers may grow, and a reader must not mind.
        "avatar_url": None,
        "owner_id": None,
    }
    return contact


def _join(contact: dict[str, Any], *, single: str, several: str) -> None:
    """The single form is a convenience: the address lives in the list, and the first of the list is the single one."""
    listed = [{single: item[single], "type": item.get("type")} for item in contact[several] or []]
    address = contact[single]
    if address is not None and address.casefold() not in [item[single].casefold() for item in listed]:
        listed.insert(0, {single: address, "type": None})
    contact[several] = listed or None
    if address is None and listed:
        contact[single] = listed[0][single]
