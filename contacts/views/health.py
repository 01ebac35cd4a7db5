"""Health, for supervisors and load balancers; no account needed."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contacts.operations import readiness


@never_cache
@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while this process answers."""
    del request
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers and whatever is due is being done; else 503 that says what is wrong."""
    del request
    now = timezone.now()
    try:
        seen = readiness.look(now)
    except (DatabaseError, InterfaceError):
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse(seen.as_json(now), status=200 if seen.is_ready else 503)
