"""The log of who signed in, tried to, was locked out, signed out or was denied a page: account and address, no more.

Django and axes tell of these by signals alone. What was typed as a name is written only where it is an account's: some
type their password there by mistake.
"""

import logging
from collections.abc import Callable
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest, HttpResponse

from accounts.addresses import client_address
from accounts.models import User

log = logging.getLogger(__name__)

NAME_MOST = 150


def connect() -> None:
    """Begins to listen; called once, when the app is ready."""
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    user_login_failed.connect(_failed)
    user_locked_out.connect(_locked_out)


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """What was typed as a name, as far as an account's name can go; axes' table takes little more, and no NUL."""
    typed = (credentials or request.POST).get("username")
    return str(typed).replace("\0", "")[:NAME_MOST] if typed else None


def log_denials(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that writes down each page that was denied to somebody."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if answer.status_code == 403:
            page = request.resolver_match.view_name if request.resolver_match else "-"
            _write("denied", request, user=getattr(request, "user", None), page=page)
        return answer

    return middleware


def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    _write("signed_in", request, user=user)


def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    _write("signed_out", request, user=user)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    _write("sign_in_failed", request, user=_named(credentials.get("username")))


def _locked_out(request: HttpRequest, username: str | None, **_: Any) -> None:
    _write("locked_out", request, user=_named(username))


def _named(name: str | None) -> User | None:
    return User.objects.filter(username=name).first() if name and "\0" not in name else None


def _write(what: str, request: HttpRequest | None, *, user: Any, **more: str) -> None:
    account = getattr(user, "pk", None) or "-"
    name = user.get_username() if account != "-" else "-"
    address = (client_address(request) if request else None) or "-"
    details = "".join(f" {key}={value}" for key, value in more.items())
    log.info("%s account=%s name=%s address=%s%s", what, account, name, address, details)
