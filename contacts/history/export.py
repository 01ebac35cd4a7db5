"""Submissions as CSV for a spreadsheet, without anything that a spreadsheet would run as a formula.

Reference: OWASP, CSV Injection. Where lists are separated by semicolons (France, Germany, Spain), a spreadsheet splits
this file inside its cells, quotes or not, so whatever may become the start of a cell is made harmless too.
"""

import csv
import json
import re
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from contacts.contact import FIELDS, Field, Kind, address_items
from contacts.models import Submission

HEADINGS = (
    *("submission", "entered_at", "entered_by", "state", "reason"),
    *FIELDS,
    *("leonar_id", "settled_at", "settled_by"),
)
# What makes a cell a formula, in every width: Japanese and Chinese settings take the wide forms for the plain ones.
FORMULA_STARTS = "=+-@＝＋－＠﹦﹢﹣﹫−"
# Tabs and line breaks would part cells where quotes are not understood, and NUL hides what follows it.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNSEEN = '\\s"\u00ad\u061c\u180e\u200b-\u200f\u2060-\u206f\ufeff'
_STARTS = re.compile(f"(\\A|[,;])(?=[{_UNSEEN}]*[{re.escape(FORMULA_STARTS)}])")


class _Line:
    """Where csv.writer writes a line: it is handed on instead of kept."""

    def write(self, line: str) -> str:
        return line


def csv_lines(submissions: QuerySet[Submission]) -> Iterator[str]:
    """The lines of the file, newest submission first; memory does not grow with their number."""
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    # The byte order mark tells a spreadsheet that this is UTF-8.
    yield "\ufeff" + writer.writerow(HEADINGS)
    rows = submissions.select_related("created_by").defer("typed", "contact").order_by("-created_at", "-id")
    for submission in rows.iterator(chunk_size=500):
        yield writer.writerow([harmless(cell) for cell in _cells(submission)])


def harmless(cell: str) -> str:
    """`cell` with an apostrophe before each start of a formula, at its own beginning and behind separators in it."""
    return _STARTS.sub(r"\1'", _CONTROL.sub(" ", cell))


def _cells(submission: Submission) -> list[str]:
    return [
        str(submission.pk),
        _moment(submission.created_at),
        submission.created_by.get_username(),
        submission.state,
        submission.reason,
        *(_text(each, submission.payload) for each in FIELDS.values()),
        str(submission.contact_id or ""),
        _moment(submission.settled_at),
        submission.settled_by,
    ]


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


def _moment(moment) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""
