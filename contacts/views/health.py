"""Health, for supervisors and load balancers; no account needed."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from contacts.operations import alerts


@never_cache
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while this process answers."""
    del request
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers and no due work is overdue; else 503 that says which."""
    del request
    try:
        overdue = alerts.is_overdue()
    except (DatabaseError, InterfaceError):
        return JsonResponse({"database": "unreachable"}, status=503)
    if overdue:
        return JsonResponse({"database": "ok", "deliverer": "overdue"}, status=503)
    return JsonResponse({"database": "ok", "deliverer": "ok"})
