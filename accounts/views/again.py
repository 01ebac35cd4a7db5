"""Proving anew who one is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse


def renewing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the session of whoever has just proved who they are a new key: one that was stolen gains nothing by it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponse:
        before = _proofs(request)
        answer = view(request, *arguments, **options)
        if _proofs(request) != before:
            request.session.cycle_key()
        return answer

    return wrapped


def _proofs(request: HttpRequest) -> list[float]:
    records = get_authentication_records(request, request.user)
    return [record["at"] for record in records if record.get("reauthenticated")]
