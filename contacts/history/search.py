"""The history's filters, search and pages."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from contacts.models import Submission
from contacts.text.folding import fold

PAGE_SIZE = 50
# More words than anybody types; each is a condition of the query.
WORDS_MOST = 10


@dataclass(frozen=True, slots=True)
class Page:
    """One page of submissions, and the cursors of its neighbours; None where there is none."""

    rows: list[Submission]
    newer: str | None
    older: str | None


def search(
    submissions: QuerySet[Submission],
    *,
    text: str = "",
    state: str = "",
    who: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Submission]:
    """Those that fit everything asked for; `since` and `until` are whole days in the portal's time zone.

    Every word of `text` must occur in the name, the company or an e-mail address, without regard to case and accents.
    """
    for word in fold(text).split()[:WORDS_MOST]:
        submissions = submissions.filter(search_text__contains=word)
    if state:
        submissions = submissions.filter(state=state)
    if who is not None:
        submissions = submissions.filter(created_by=who)
    if since is not None:
        submissions = submissions.filter(created_at__gte=_start_of(since))
    if until is not None:
        submissions = submissions.filter(created_at__lt=_start_of(until + timedelta(days=1)))
    return submissions


def page(submissions: QuerySet[Submission], *, cursor: str = "", size: int = PAGE_SIZE) -> Page:
    """One page, newest first, found by key: the price of page 1,000 is that of page 1.

    A cursor that can't be read shows the first page.
    """
    place = _read_cursor(cursor)
    ordered = submissions.select_related("created_by").defer("typed", "contact", "search_text")
    if place is None:
        return _first_page(ordered, size)
    if place.towards_newer:
        return _page_of_newer(ordered, place, size)
    return _page_of_older(ordered, place, size)


@dataclass(frozen=True, slots=True)
class _Place:
    created_at: datetime
    id: UUID
    towards_newer: bool


def _first_page(ordered: QuerySet[Submission], size: int) -> Page:
    rows = list(ordered.order_by("-created_at", "-id")[: size + 1])
    older = _cursor(rows[size - 1], towards_newer=False) if len(rows) > size else None
    return Page(rows[:size], newer=None, older=older)


def _page_of_older(ordered: QuerySet[Submission], place: _Place, size: int) -> Page:
    after = Q(created_at__lte=place.created_at) & (Q(created_at__lt=place.created_at) | Q(id__lt=place.id))
    rows = list(ordered.filter(after).order_by("-created_at", "-id")[: size + 1])
    if not rows:
        return _first_page(ordered, size)
    older = _cursor(rows[size - 1], towards_newer=False) if len(rows) > size else None
    return Page(rows[:size], newer=_cursor(rows[0], towards_newer=True), older=older)


def _page_of_newer(ordered: QuerySet[Submission], place: _Place, size: int) -> Page:
    before = Q(created_at__gte=place.created_at) & (Q(created_at__gt=place.created_at) | Q(id__gt=place.id))
    rows = list(ordered.filter(before).order_by("created_at", "id")[: size + 1])
    if len(rows) <= size:
        # Fewer than a page are newer: the first page shows them all, in full.
        return _first_page(ordered, size)
    rows = rows[:size][::-1]
    return Page(rows, newer=_cursor(rows[0], towards_newer=True), older=_cursor(rows[-1], towards_newer=False))


def _cursor(submission: Submission, *, towards_newer: bool) -> str:
    place = [submission.created_at.isoformat(), str(submission.id), towards_newer]
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> _Place | None:
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        created_at, id_, towards_newer = json.loads(base64.urlsafe_b64decode(padded.encode()))
        moment = datetime.fromisoformat(created_at)
        if moment.tzinfo is None:
            return None
        return _Place(moment, UUID(id_), bool(towards_newer))
    except (binascii.Error, ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return None


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
