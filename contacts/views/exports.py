"""What the history shows under its filters, as a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contacts.history import columns, exporting
from contacts.history.export import csv_lines
from contacts.history.workbook import xlsx_pieces
from contacts.models import Export, Submission
from contacts.views import history
from contacts.views.permissions import account_of, enters_contacts

Format = Export.Format
Pieces = Callable[[Iterable[Submission], Sequence[str]], Iterator[Any]]


@enters_contacts
@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """What the history shows under the same filters, as CSV; 400 where one can't be read, 429 where too many run.

    `column`, once or more, chooses; the file has all columns where none is named.
    """
    return _file(request, Format.CSV, csv_lines, "text/csv; charset=utf-8")


@enters_contacts
@never_cache
@require_safe
def export_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The same as an Excel workbook."""
    return _file(request, Format.XLSX, xlsx_pieces, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@enters_contacts
@never_cache
@require_safe
def export_progress(request: HttpRequest) -> JsonResponse:
    """How far one's own latest export is, for scripts; all null before the first."""
    last = exporting.last(account_of(request))
    return JsonResponse(
        {
            "id": last and str(last.pk),
            "rows": last and last.rows,
            "is_over": last and last.is_over,
            "is_whole": last and last.is_whole,
        }
    )


def _file(request: HttpRequest, format: Format, pieces: Pieces, content_type: str) -> HttpResponseBase:
    filters, words = history.filters_of(request)
    if not filters.is_valid() or (request.GET.get("words") and not words):
        # Without it, the file would hold more than was asked for.
        raise BadRequest("a filter can't be read")
    if request.method == "HEAD":
        return HttpResponse(content_type=content_type)
    chosen, narrowed_by = columns.known(request.GET.getlist("column")), filters.active()
    try:
        begun = exporting.begin(account_of(request), format=format, columns=chosen, narrowed_by=narrowed_by)
    except exporting.TooMany:
        return _refused(request)
    submissions = exporting.rows(begun, request.user, filters.asked())
    return StreamingHttpResponse(
        pieces(submissions, chosen),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="submissions.{format}"'},
    )


def _refused(request: HttpRequest) -> HttpResponse:
    messages.error(
        request,
        _("%(count)d of your exports are still running. Start the next one when one of them is done.")
        % {"count": exporting.AT_ONCE_MOST},
    )
    return history.show(request, history.Many(), status=429)
