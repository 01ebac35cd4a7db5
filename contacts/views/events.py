"""The event log, for admins: a page and a file."""

import csv
from collections.abc import Iterator
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contacts.history import log
from contacts.history.export import Line, harmless
from contacts.models import Event, Submission
from contacts.views.filters import WhoAndWhen
from contacts.views.permissions import reviews_all
from contacts.wording import events as wording


class EventFilters(WhoAndWhen):
    """What the log may be narrowed by; anything that can't be read is left out with a message."""

    group = forms.ChoiceField(
        label=gettext_lazy("What"),
        required=False,
        choices=[("", gettext_lazy("Anything")), *((key, words) for key, (words, _kinds) in wording.GROUPS.items())],
    )
    entry = forms.UUIDField(label=gettext_lazy("Entry's id"), required=False)

    def asked(self) -> log.Asked:
        """What the active filters ask for; one that can't be read asks for nothing."""
        self.is_valid()
        given = self.cleaned_data
        who, group = given.get("who"), given.get("group")
        return log.Asked(
            kinds=wording.GROUPS[group][1] if group else (),
            actor=who and who.pk,
            submission=given.get("entry"),
            since=given.get("since"),
            until=given.get("until"),
        )

    def active(self) -> list[str]:
        """The names of the filters that narrow something down."""
        self.is_valid()
        return [name for name, value in self.cleaned_data.items() if value]

    def query(self) -> str:
        """The active filters, as an address has them."""
        return urlencode([(name, self.data[name]) for name in self.active()])


@reviews_all
@never_cache
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first, under the filters that the address names."""
    filters = EventFilters(request.GET)
    page = log.page(filters.asked(), below=_number(request.GET.get("below", "")))
    # By key alone: told the workspace too, SQLite might walk all of it.
    names = Submission.objects.only("workspace", "created_by", "name", "created_at", "erased_at")
    about = names.in_bulk({event.submission_id for event in page.rows if event.submission_id})
    named: dict[UUID | None, Submission] = {
        each.pk: each for each in Submission.visible_among(about.values(), request.user)
    }
    context = {
        "filters": filters,
        "query": filters.query(),
        "is_filtered": bool(filters.active()),
        "rows": [(event, wording.details(event), named.get(event.submission_id)) for event in page.rows],
        "after": page.after,
    }
    return render(request, "contacts/events.html", context)


@reviews_all
@never_cache
@require_safe
def events_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as CSV; 400 where a filter can't be read. On record itself."""
    filters = EventFilters(request.GET)
    if not filters.is_valid():
        raise BadRequest("a filter can't be read")
    if request.method == "GET":
        log.note_export(by=request.user, narrowed_by=filters.active())
    return StreamingHttpResponse(
        _lines(log.every(filters.asked())),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="events.csv"'},
    )


def _lines(found: Iterator[Event]) -> Iterator[str]:
    writer = csv.writer(Line(), quoting=csv.QUOTE_ALL)
    yield "\ufeff" + writer.writerow(
        ["at", "who", "kind", "what", "submission", "account", "details", "from", "request"]
    )
    for event in found:
        yield writer.writerow([harmless(cell) for cell in _cells(event)])


def _cells(event: Event) -> list[str]:
    origin = getattr(event, "origin", None)
    return [
        timezone.localtime(event.at).isoformat(timespec="seconds"),
        event.actor.get_username() if event.actor else "",
        event.kind,
        event.get_kind_display(),
        str(event.submission_id or ""),
        event.account.get_username() if event.account else "",
        wording.details(event),
        origin.address if origin else "",
        origin.request if origin else "",
    ]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
