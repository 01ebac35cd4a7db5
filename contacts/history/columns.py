"""The columns of an export: what each is called, and its text for a submission."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.contact import FIELDS, Field, Kind, address_items
from contacts.models import Submission

_Text = Callable[[Submission], str]


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def _of_contact(each: Field) -> _Text:
    return lambda submission: _text(each, submission.payload)


def _text(each: Field, payload: dict[str, Any]) -> str:
    """A field of the payload in one cell, as the API has it; several values with semicolons between them."""
    if each.kind is Kind.ADDRESSES:
        return "; ".join(_address(item[each.single], item.get("type")) for item in address_items(payload, each))
    value = payload.get(each.name)
    if each.kind is Kind.TEXTS and isinstance(value, list):
        return "; ".join(map(str, value))
    if value is None or isinstance(value, str):
        return value or ""
    # The databases keep keys in orders of their own.
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _address(address: str, kind: object) -> str:
    return f"{address} ({kind})" if kind else address


_BEFORE: dict[str, tuple[Any, _Text]] = {
    "submission": (_("Submission"), lambda submission: str(submission.pk)),
    "entered_at": (_("Entered"), lambda submission: _moment(submission.created_at)),
    "entered_by": (_("Entered by"), lambda submission: submission.created_by.get_username()),
    "state": (_("State"), lambda submission: submission.state),
    "reason": (_("Reason"), lambda submission: submission.reason),
}
_AFTER: dict[str, tuple[Any, _Text]] = {
    "leonar_id": (_("Leonar id"), lambda submission: str(submission.contact_id or "")),
    "settled_at": (_("Settled"), lambda submission: _moment(submission.settled_at)),
    "settled_by": (_("Settled by"), lambda submission: submission.settled_by),
}
# By its name in the file: the words for people, and the text of a cell.
COLUMNS: dict[str, tuple[Any, _Text]] = {
    **_BEFORE,
    **{name: (each.label, _of_contact(each)) for name, each in FIELDS.items()},
    **_AFTER,
}


def known(names: Sequence[str]) -> list[str]:
    """Those of the names that are columns, each once, in the order of the file; all where there is none."""
    return [name for name in COLUMNS if name in names] or list(COLUMNS)


def cells(submission: Submission, names: Sequence[str]) -> list[str]:
    """The texts of these columns."""
    return [COLUMNS[name][1](submission) for name in names]
