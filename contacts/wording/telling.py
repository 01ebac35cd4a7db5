"""What article 14 of the GDPR asks of whoever enters a person who did not give their data themselves.

They are told where their data comes from, who holds it and why, within one month of its being obtained. Reference:
Regulation (EU) 2016/679, article 14 (1) to (3).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contacts.contact import full_name
from contacts.models import Submission

# By then every month that the data was obtained in is over.
MONTH_AGO = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Duty:
    """Whom to tell what, until when; `source` is "" where none was entered."""

    source: str
    obtained_at: datetime
    obtained_by: str
    until: date
    is_late: bool
    told_at: datetime | None
    text: str


def duty(submission: Submission, *, now: datetime) -> Duty | None:
    """The duty towards the person of a created contact; None where nothing is held of anybody."""
    if submission.state != Submission.State.CREATED or submission.erased_at:
        return None
    until = last_day(submission.created_at)
    by = submission.created_by.shown_name
    source = submission.payload.get("source")
    return Duty(
        source=source if isinstance(source, str) else "",
        obtained_at=submission.created_at,
        obtained_by=by,
        until=until,
        is_late=submission.told_at is None and timezone.localdate(now) > until,
        told_at=submission.told_at,
        text=_text(submission, by, source if isinstance(source, str) else ""),
    )


def last_day(obtained_at: datetime) -> date:
    """The day one month later, or the last of that month where it has no such day."""
    day = timezone.localdate(obtained_at)
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, day.day)


def _text(submission: Submission, by: str, source: str) -> str:
    """A message to copy and complete: what is in brackets the portal can't know."""
    facts = {
        "name": full_name(submission.payload),
        "day": date_format(timezone.localdate(submission.created_at), "j F Y"),
        "by": by,
        "source": source or _("[where your data comes from]"),
    }
    return (
        _(
            "Hello %(name)s,\n\n"
            "On %(day)s %(by)s added your professional contact details to the recruiting system of [company, address]. "
            "We have them from: %(source)s.\n\n"
            "We keep them to tell you of positions that may suit you; the legal basis is our legitimate interest in "
            "recruiting (article 6 (1) (f) GDPR). They are held in the recruiting software Leonar and in our own "
            "records, and are erased after [period].\n\n"
            "You may ask us at any time what we hold, have it corrected or erased, limit or object to its use, and "
            "complain to a supervisory authority. Write to [address of the data protection officer].\n"
        )
        % facts
    )
