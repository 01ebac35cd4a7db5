"""Submissions as CSV for a spreadsheet, without cells that a spreadsheet would run as formulas."""

import csv
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from contacts.contact import email_addresses, phone_numbers
from contacts.models import Submission

HEADINGS = (
    "submission",
    "entered_at",
    "entered_by",
    "state",
    "reason",
    "name",
    "company",
    "emails",
    "phones",
    "leonar_id",
    "settled_at",
    "settled_by",
)
# Cells beginning with these are formulas to one spreadsheet or another (OWASP, CSV injection; NUL hides the next one).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


class _Line:
    """Where csv.writer writes a line: it is handed on instead of kept."""

    def write(self, line: str) -> str:
        return line


def csv_lines(submissions: QuerySet[Submission]) -> Iterator[str]:
    """The lines of the file, newest submission first; memory does not grow with their number."""
    writer = csv.writer(_Line())
    # The byte order mark tells a spreadsheet that this is UTF-8.
    yield "\ufeff" + writer.writerow(HEADINGS)
    rows = submissions.select_related("created_by").defer("typed", "contact").order_by("-created_at", "-id")
    for submission in rows.iterator(chunk_size=500):
        yield writer.writerow([_harmless(cell) for cell in _cells(submission)])


def _cells(submission: Submission) -> list[str]:
    return [
        str(submission.pk),
        _moment(submission.created_at),
        submission.created_by.get_username(),
        submission.state,
        submission.reason,
        submission.name,
        submission.company,
        "; ".join(email_addresses(submission.payload)),
        "; ".join(phone_numbers(submission.payload)),
        str(submission.contact_id or ""),
        _moment(submission.settled_at),
        submission.settled_by,
    ]


def _moment(moment) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
