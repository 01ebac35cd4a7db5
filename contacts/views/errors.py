"""The error pages: they keep the top bar and say what is safe."""

import sys

from django.contrib.auth import get_user_model
from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, InternalError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from contacts.views import kept
from contacts.views.not_saved import database_unreachable

# Enough names to find somebody who can help.
ADMINS_MOST = 5


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be understood."""
    del exception
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this account may not do that, and whom to ask."""
    del exception
    admins = get_user_model().objects.with_perm("accounts.change_user").order_by("username")
    context = {
        "may_enter": request.user.has_perm("contacts.enter_contacts"),
        "admins": [user.shown_name for user in admins[:ADMINS_MOST]],
    }
    return render(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or somebody else's."""
    del exception
    return render(request, "404.html", status=404)


def gone(request: HttpRequest, record: str) -> HttpResponse:
    """An address that Django admin would answer, and the portal has no use for."""
    del request, record
    raise Http404


def method_not_allowed(request: HttpRequest, refusal: HttpResponseNotAllowed) -> HttpResponse:
    """405: the address of an act was opened, or a page was posted to. Nothing was done."""
    page = render(request, "405.html", status=405)
    page["Allow"] = refusal["Allow"]
    return page


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a mistake of the portal's own; or 503, with the form refilled, where the database fails.

    InternalError is how PostgreSQL refuses a write while it is a read-only standby.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError | InternalError):
        return database_unreachable(request)
    return render(None, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form posted with an outdated security token: signed out, signed in elsewhere, or cookies are off.

    An entry form is kept for whoever opened it, and shown again to nobody else.
    """
    del reason
    # Whatever fails from here on: this is no form to be shown again.
    request.csrf_was_refused = True  # type: ignore[attr-defined]
    draft = kept.keep(request)
    if draft is not None and not request.user.is_authenticated:
        return redirect_to_login(draft.get_absolute_url())
    if draft is not None and draft.owner == request.user:
        return redirect(draft)
    return render(request, "403_csrf.html", {"is_kept": draft is not None}, status=403)
