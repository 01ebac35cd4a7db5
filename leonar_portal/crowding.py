"""What takes long never takes every thread: some are always left for whoever enters a contact.

Each web process counts for itself, because it is its own threads that would be taken: nothing is asked of the
database, and another process has others. gunicorn.conf.py gives it eight.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

# Of eight threads.
ALL_MOST = 6
RETRY_AFTER = 5


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: how much of it at once in this process, and of it for one account."""

    name: str
    most: int
    most_of_one: int


# How many one account may have running at once, in all processes, is contacts.history.exporting's to say.
EXPORT = Work("export", most=3, most_of_one=3)
SEARCH = Work("search", most=4, most_of_one=3)
# A password costs a large part of a second, and whose it is is not known before.
SIGN_IN = Work("sign-in", most=3, most_of_one=3)
EXPORTS = {"export", "export_xlsx", "events_csv", "person_data"}
SEARCHES = {"history", "suggestions", "person", "admin:contacts_submission_changelist"}
SIGN_INS = {"login", "admin:login", "accept_invitation", "account_reauthenticate", "password_change"}


class Places:
    """Who is at work on what."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: Counter[Any] = Counter()

    def take(self, work: Work, who: object) -> bool:
        """A place, if one is free."""
        with self._lock:
            is_full = self._taken["all"] >= ALL_MOST or self._taken[work.name] >= work.most
            if is_full or self._taken[work.name, who] >= work.most_of_one:
                return False
            for key in ("all", work.name, (work.name, who)):
                self._taken[key] += 1
            return True

    def give_back(self, work: Work, who: object) -> None:
        """The place is free again."""
        with self._lock:
            for key in ("all", work.name, (work.name, who)):
                self._taken[key] -= 1
            self._taken = +self._taken


places = Places()


class CrowdingMiddleware:
    """Takes a place for whatever is costly, until its answer has left; 429 where there is none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer."""
        held: list[Callable[[], None]] = []
        request.places_held = held  # type: ignore[attr-defined]
        try:
            answer = self.get_response(request)
        except BaseException:
            _leave(held)
            raise
        if answer.streaming:
            answer.streaming_content = _Parts(answer.streaming_content, lambda: _leave(held))  # type: ignore[attr-defined]
        else:
            _leave(held)
        return answer

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Takes the place."""
        work = work_of(request)
        if work is None:
            return None
        who = request.user.pk or "nobody"
        if places.take(work, who):
            request.places_held.append(lambda: places.give_back(work, who))  # type: ignore[attr-defined]
            return None
        answer = render(request, "429.html", status=429)
        answer["Retry-After"] = str(RETRY_AFTER)
        return answer


class _Parts:
    """The parts of a file, which are made while they are sent. Whatever becomes of it, the server closes it."""

    def __init__(self, parts: Iterable[bytes], close: Callable[[], None]) -> None:
        self._parts, self.close = parts, close

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._parts)


def work_of(request: HttpRequest) -> Work | None:
    """What a request is costly by; None where it is not."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name in EXPORTS:
        return EXPORT
    if name in SEARCHES and (request.GET or request.method == "POST"):
        return SEARCH
    return SIGN_IN if name in SIGN_INS and request.method == "POST" else None


def _leave(held: list[Callable[[], None]]) -> None:
    while held:
        held.pop()()
