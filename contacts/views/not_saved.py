"""Pages for when the database can't be written or reached: nothing is pretended, nothing typed is lost.

They are rendered without a single query.
"""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from contacts.entry.entry import Entry
from contacts.models import Submission

RETRY_AFTER = 5


def not_saved(request: HttpRequest, form: Entry, *, is_certain: bool = True) -> HttpResponse:
    """503 with the form refilled: not saved, or not known whether; press again.

    The token stays, so that a second press can't double.
    """
    _without_database(request)
    context = {"entry": form, "not_saved": True, "is_certain": is_certain}
    return _unavailable(render(request, "contacts/entry.html", context))


def database_unreachable(request: HttpRequest) -> HttpResponse:
    """503; an entry or a correction that was being submitted comes back filled in. 302 to what was stored by then."""
    stored: Submission | None = getattr(request, "stored", None)
    if stored is not None:
        return redirect(stored)
    match = request.resolver_match
    is_own_form = request.method == "POST" and not hasattr(request, "csrf_was_refused")
    posted_to = match.url_name if match and is_own_form else None
    if posted_to == "entry":
        return not_saved(request, Entry(request.POST))
    _without_database(request)
    if posted_to == "correct":
        context = {"entry": Entry(request.POST), "revision": request.POST.get("revision", ""), "action": request.path}
        return _unavailable(render(request, "contacts/correction_not_saved.html", context))
    return _unavailable(render(request, "503.html"))


def _unavailable(response: HttpResponse) -> HttpResponse:
    response.status_code = 503
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _without_database(request: HttpRequest) -> None:
    request.database_is_unreachable = True  # type: ignore[attr-defined]
    if not hasattr(request, "_cached_user"):
        request.user = AnonymousUser()
