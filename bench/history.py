"""The history at a thousand rows and at many more, beside Django admin's own list over the same rows.

Each page through every middleware, signed in. ROWS says how many: 20,000 unless told, a million where there is time.
A page that shows fifty rows costs more than one that shows three, however many there are; so a page is compared with
one of the same kind that shows as many. What is found is timed apart from what is drawn of it. In SQLite the time is
the processor's, which neighbours on the machine change least.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.http import urlencode

from accounts import roles
from accounts.account import give_role
from bench.report import interleaved, median, p95, tell
from contacts.history import search
from contacts.models import SearchEntry, Submission
from contacts.views.filters import Filters
from tests.sign_in import sign_in

FEW, MANY = 1000, int(os.environ.get("ROWS", "20000"))
ROUNDS = 40
MILLISECONDS = 1000
INVENTED = "invented-recruiter-1"


def run() -> None:
    """Measures at FEW rows, then at MANY."""
    with override_settings(ROOT_URLCONF="bench.urls", ALLOWED_HOSTS=["testserver"]):
        fill(FEW)
        few = _measure()
        fill(MANY)
        many = _measure()
        _tell_found()
    _tell(few, many)


def fill(rows: int) -> None:
    """Has at least so many submissions, and the database know of its tables what it does of a portal's."""
    missing = rows - Submission.objects.count()
    if missing > 0:
        call_command("generate_submissions", str(missing))
    # PostgreSQL sees to that by itself, a while later; SQLite never does.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


@dataclass(frozen=True)
class Measured:
    """The seconds of a page, and how many submissions it shows."""

    seconds: list[float]
    shown: int


def _measure() -> dict[str, Measured]:
    pages = _pages()
    seconds = interleaved(list(pages.values()), rounds=ROUNDS, clock=_clock())
    shown = [str(page().content).count("data-submission=") for page in pages.values()]
    return {name: Measured(*each) for name, *each in zip(pages, seconds, shown, strict=True)}


def _clock() -> Callable[[], float]:
    # SQLite works within this thread, PostgreSQL elsewhere.
    return time.thread_time if connection.vendor == "sqlite" else time.perf_counter


def _pages() -> dict[str, Callable[[], Any]]:
    ana, recruiter = signed_in("bench-ana", roles.ADMIN), get_user_model().objects.get(username=INVENTED)
    recruiter.is_active = True
    recruiter.save()
    give_role(recruiter, roles.RECRUITER)
    own = sign_in(Client(), recruiter)
    history = reverse("history")
    pages: dict[str, Callable[[], Any]] = {
        name: partial(ana.get, f"{history}?{urlencode(query)}") for name, query in _asked(recruiter).items()
    }
    for name, query in {"own: first page": {}, "own: two letters": {"q": "so"}, "own: a name": {"q": "martin"}}.items():
        pages[name] = partial(own.get, f"{history}?{urlencode(query)}")
    pages["own: the entry form"] = partial(own.get, reverse("entry"))
    pages["an empty view"] = partial(ana.get, "/bench/empty/")
    changelist = reverse("admin:contacts_submission_changelist")
    pages["the portal's Django admin: first page"] = partial(ana.get, changelist)
    pages["the portal's Django admin: search"] = partial(ana.get, f"{changelist}?q=sophie")
    pages["plain Django admin: first page"] = partial(ana.get, "/bench/admin/contacts/submission/")
    return pages


def _asked(recruiter: Any) -> dict[str, dict[str, Any]]:
    middle = SearchEntry.objects.order_by("number")[Submission.objects.count() // 2]
    someone = Submission.objects.order_by("-pk").first()
    assert someone is not None
    return {
        "first page": {},
        "deep page": {"cursor": f"n{middle.number}"},
        "oldest first": {"sort": "oldest"},
        "needs attention": {"state": "needs"},
        "waiting": {"state": "waiting"},
        "discarded": {"state": "discarded"},
        "of one recruiter": {"who": recruiter.pk},
        "tag": {"tag": "senior"},
        "source": {"source": "linkedin"},
        "entered before": {"twin": "on"},
        "found by checking": {"check": "on"},
        "corrected": {"corrected": "on"},
        "a period": {"since": "2026-01-01", "until": "2026-02-28"},
        "state, person, tag, period": {
            "state": "discarded",
            "who": recruiter.pk,
            "tag": "senior",
            "since": "2025-06-01",
        },
        "check, tag, source": {"check": "on", "tag": "remote", "source": "referral"},
        "search: a common name": {"q": "sophie"},
        "search: two letters": {"q": "so"},
        "search: nothing found": {"q": "nobodyhasthis"},
        "search: two words": {"q": "martin sophie"},
        "search: a phone number": {"q": someone.payload["phone"]},
        "search: an e-mail address": {"q": someone.payload["email"]},
        "search: a Leonar id": {"q": str(middle.submission.contact_id or middle.submission_id)},
        "search and state": {"q": "sophie", "state": "needs"},
    }


def signed_in(name: str, role: str) -> Client:
    """A browser in which an account of this role is signed in."""
    user, _ = get_user_model().objects.get_or_create(username=name)
    give_role(user, role)
    return sign_in(Client(), user)


def _tell(few: dict[str, Measured], many: dict[str, Measured]) -> None:
    print(f"  the history on {connection.vendor}: 95th percentiles at {FEW} and at {MANY} rows")
    for name, measured in many.items():
        beside = few[_full_page(name)] if measured.shown == search.PAGE_SIZE else few[name]
        before, after = p95(beside.seconds) * MILLISECONDS, p95(measured.seconds) * MILLISECONDS
        medians = (
            f"median {median(beside.seconds) * MILLISECONDS:.1f} / {median(measured.seconds) * MILLISECONDS:.1f} ms"
        )
        rows = f"{beside.shown} / {measured.shown} rows shown, " if measured.shown else ""
        aim = None if "admin" in name or "empty" in name else 1.25
        tell(name, after / before, aim=aim, detail=f"{rows}{before:.1f} / {after:.1f} ms, {medians}")
    first, empty, plain = (
        median(many[name].seconds) for name in ("first page", "an empty view", "plain Django admin: first page")
    )
    tell("the history's first page / an empty view", first / empty, aim=8)
    tell("the history's first page / plain Django admin's", first / plain)


def _full_page(name: str) -> str:
    """The page of the same kind that is full at any number of rows."""
    kind = name.partition(":")[0]
    return {"search": "search: two letters", "own": "own: first page"}.get(kind, "tag")


def _tell_found() -> None:
    """What is found, without the page that is drawn of it."""
    ana = get_user_model().objects.get(username="bench-ana")
    recruiter = get_user_model().objects.get(username=INVENTED)
    finding: dict[str, Callable[[], object]] = {}
    for name, query in _asked(recruiter).items():
        filters = Filters(QueryDict(urlencode(query)), viewer=ana)
        finding[name] = partial(search.page, ana, filters.asked(), cursor=query.get("cursor", ""))
    for name, seconds in zip(finding, interleaved(list(finding.values()), rounds=ROUNDS, clock=_clock()), strict=True):
        detail = f"median {median(seconds) * MILLISECONDS:.1f} ms"
        tell(f"found among {MANY}: {name}", p95(seconds) * MILLISECONDS, aim=10, unit=" ms", detail=detail)
