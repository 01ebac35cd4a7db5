"""The history's filters and pages: the one place that turns what was asked for into submissions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from contacts import document
from contacts.history import index
from contacts.models import SearchEntry, Submission, SubmissionQuerySet, other_workspaces
from contacts.models.asked import made_of

PAGE_SIZE = 50
# What the state filter knows beside the states: the groups by which people know them.
NEEDS, WAITING, CHECKING = "needs", "waiting", "checking"
_GROUPS = {NEEDS: "gn", WAITING: "gw", CHECKING: "gc"}
# What a row of the history and a line of an export say.
_READ = (
    *("id", "workspace_id", "created_by_id", "created_at", "state", "reason", "due_at", "revision", "payload", "name"),
    *("company", "error_field", "error_message", "contact_id", "settled_at", "settled_by", "discard_reason"),
    "erased_at",
)
# What they say of whoever entered it.
_READ_OF_ACCOUNT = ("id", "username", "first_name", "last_name")
_CURSOR = re.compile(r"([no])([0-9]{1,19})")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the history is narrowed to; `since` and `until` are whole days in the portal's time zone.

    Every word of `text` must begin a word of the name, an e-mail address, a phone number, the LinkedIn address, the
    company or a tag. `state` is a state or one of the groups.
    """

    text: str = ""
    state: str = ""
    who: int | None = None
    since: date | None = None
    until: date | None = None
    tag: str = ""
    source: str = ""
    has_twin: bool = False
    by_check: bool = False
    is_corrected: bool = False
    is_oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of submissions, and the cursors of its neighbours; None where there is none."""

    rows: list[Submission]
    before: str | None
    after: str | None


def narrow(viewer: Any, asked: Asked) -> SubmissionQuerySet:
    """All that `viewer` may see of what is asked for, in no order: what an export or a figure is made of."""
    found = Submission.objects.visible_to(viewer)
    tokens, id_ = _tokens(viewer, asked), document.asked_id(asked.text)
    if tokens is None:
        return found.none()
    if id_ is not None:
        found = found.filter(Q(contact_id=id_) | Q(pk=id_))
    if tokens != _tokens(viewer, Asked()):
        found = found.filter(search_entry__in=RawSQL(*index.matching(tokens)))  # noqa: S611  (nothing of it was typed)
    if asked.since is not None:
        found = found.filter(created_at__gte=_start_of(asked.since))
    if asked.until is not None:
        found = found.filter(created_at__lt=_start_of(asked.until + timedelta(days=1)))
    return found


def page(viewer: Any, asked: Asked, *, cursor: str = "", size: int = PAGE_SIZE) -> Page:
    """One page in the order of entry, found by key: the price of page 1,000 is that of page 1.

    A cursor that can't be read shows the first page.
    """
    tokens = _tokens(viewer, asked)
    if tokens is None:
        return Page([], before=None, after=None)
    place = _CURSOR.fullmatch(cursor)
    if place is None:
        return _page_after(viewer, asked, tokens, None, size)
    if place[1] == "n":
        return _page_after(viewer, asked, tokens, min(int(place[2]), index.NUMBER_MOST), size)
    return _page_before(viewer, asked, tokens, min(int(place[2]), index.NUMBER_MOST), size)


def batches(viewer: Any, asked: Asked, *, size: int) -> Iterator[list[Submission]]:
    """All that the pages show, one stretch after the other, each looked for anew: nothing is held in between."""
    tokens, place = _tokens(viewer, asked), None
    while tokens is not None:
        numbers = _numbers(asked, tokens, place, size, is_backwards=False)
        yield _rows(viewer, numbers)
        if len(numbers) < size or document.asked_id(asked.text) is not None:
            return
        place = numbers[-1]


def _page_after(viewer: Any, asked: Asked, tokens: list[str], place: int | None, size: int) -> Page:
    numbers = _numbers(asked, tokens, place, size + 1, is_backwards=False)
    if not numbers and place is not None:
        return _page_after(viewer, asked, tokens, None, size)
    shown = numbers[:size]
    before = f"o{shown[0]}" if place is not None else None
    after = f"n{shown[-1]}" if len(numbers) > size else None
    return Page(_rows(viewer, shown), before=before, after=after)


def _page_before(viewer: Any, asked: Asked, tokens: list[str], place: int, size: int) -> Page:
    numbers = _numbers(asked, tokens, place, size + 1, is_backwards=True)
    if len(numbers) <= size:
        # Fewer than a page are before it: the first page shows them all, in full.
        return _page_after(viewer, asked, tokens, None, size)
    shown = numbers[:size][::-1]
    return Page(_rows(viewer, shown), before=f"o{shown[0]}", after=f"n{shown[-1]}")


def _numbers(asked: Asked, tokens: list[str], place: int | None, limit: int, *, is_backwards: bool) -> list[int]:
    above = _first_number(asked.since) - 1 if asked.since else -1
    below = _first_number(asked.until + timedelta(days=1)) if asked.until else index.NUMBER_MOST
    is_descending = asked.is_oldest_first == is_backwards
    if place is not None and is_descending:
        below = min(below, place)
    elif place is not None:
        above = max(above, place)
    if (id_ := document.asked_id(asked.text)) is not None:
        return _with_id(id_, tokens, above, below)
    return (index.newest if is_descending else index.oldest)(tokens, limit=limit, above=above, below=below)


def _with_id(id_: Any, tokens: list[str], above: int, below: int) -> list[int]:
    """Those of the submissions that have this id, or lead to the contact that has it."""
    found = list(Submission.objects.filter(Q(contact_id=id_) | Q(pk=id_)).values_list("pk", flat=True))
    entries = SearchEntry.objects.filter(submission__in=found)
    return [
        entry.number
        for entry in entries.filter(number__gt=above, number__lt=below).order_by("-number")
        if set(tokens) <= {*entry.facts.split(), *entry.standing.split()}
    ]


def _rows(viewer: Any, numbers: list[int]) -> list[Submission]:
    found: dict[int, Submission] = {}
    accounts: dict[int, Any] = {}
    for number, *columns in _read(numbers):
        row = made_of(Submission, _READ, columns[: len(_READ)])
        if row.created_by_id not in accounts:
            accounts[row.created_by_id] = made_of(get_user_model(), _READ_OF_ACCOUNT, columns[len(_READ) :])
        row.created_by = accounts[row.created_by_id]
        found[number] = row
    rows = [found[number] for number in numbers if number in found]
    # What the index holds is never enough to see something: who may see what is asked of the submissions themselves.
    return Submission.visible_among(rows, viewer)


def _read(numbers: list[int]) -> list[tuple[Any, ...]]:
    if not numbers:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_by_number(len(numbers)), numbers)
        return cursor.fetchall()


@cache
def _by_number(count: int) -> str:
    """In SQL for so many numbers: having it composed anew for each page costs more than asking it.

    By key and nothing else: told more, a database without statistics might walk all submissions of the workspace.
    """
    read = [f"submission.{name}" for name in _READ]
    read += [f"account.{name}" for name in _READ_OF_ACCOUNT]
    return (
        f"SELECT entry.number, {', '.join(read)} FROM contacts_searchentry AS entry"  # noqa: S608
        " JOIN contacts_submission AS submission ON submission.id = entry.submission_id"
        f" JOIN {get_user_model()._meta.db_table} AS account ON account.id = submission.created_by_id"
        f" WHERE entry.number IN ({', '.join(['%s'] * count)})"
    )


def _tokens(viewer: Any, asked: Asked) -> list[str] | None:
    """What an entry must hold, the facts first; None where nothing can be found."""
    here = settings.LEONAR_WORKSPACE
    space = document.space(here)
    tokens = [document.fact("b", asked.who, here)] if asked.who is not None else []
    if not viewer.has_perm("contacts.review_all_submissions"):
        tokens.append(document.fact("b", viewer.pk, here))
    if asked.state:
        tokens.append(f".{_GROUPS.get(asked.state) or 's' + asked.state[:1]}:{space}")
    tokens += [document.fact("t", asked.tag, here)] if asked.tag else []
    tokens += [document.fact("o", asked.source, here)] if asked.source else []
    flags = {".d": asked.has_twin, ".kc": asked.by_check, ".e": asked.is_corrected}
    tokens += [f"{flag}:{space}" for flag, is_asked in flags.items() if is_asked]
    anything = [f".w:{space}"]
    if not asked.text.strip() or document.asked_id(asked.text):
        return tokens or anything
    words = document.terms(asked.text, region=settings.DEFAULT_PHONE_REGION)
    if not words:
        return None
    # Any fact is bound to this workspace; words are not. Where it is the only one, to find among all that is here would
    # be most of the work.
    if not tokens and other_workspaces():
        tokens = anything
    return tokens + words


def _first_number(day: date) -> int:
    # Of days later than 2041 there is none that SQLite takes.
    return min(document.first_number(_start_of(day)), index.NUMBER_MOST)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
