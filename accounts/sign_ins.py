"""What is on record of signing in: a line of log and an event each, with account and address and no more.

Django and allauth tell of most by signals alone. What was typed as a name is written nowhere: some type their password
there by mistake.
"""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import sessions
from accounts.addresses import client_address
from accounts.models import User
from contacts.models.event import Event

log = logging.getLogger(__name__)

Kind = Event.Kind
# Malformed or too much at once: somebody may be trying what the portal bears.
REFUSED = (400, 405, 429)


def connect() -> None:
    """Begins to listen; called once, when the app is ready."""
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    factors.authenticator_added.connect(_factor_added)
    factors.authenticator_removed.connect(_factor_removed)
    factors.authenticator_reset.connect(_factor_added)


def log_denials(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that writes down each page that was denied, and each request that no page of the portal makes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else "-"
        account = getattr(request, "user", None)
        if answer.status_code in REFUSED:
            write("refused", request, account=account, page=page, status=answer.status_code)
        if answer.status_code == 403:
            write("denied", request, account=account, page=page)
            if isinstance(account, User) and account.pk:
                Event.objects.create(
                    at=timezone.now(), kind=Kind.DENIED, actor=account, account=account, details={"page": page}
                )
        return answer

    return middleware


def record(kind: Kind, request: HttpRequest | None, *, account: User, by: Any = None, **details: Any) -> None:
    """Puts on record what was done to an account: `by` whom, where that is known."""
    event = Event.objects.create(at=timezone.now(), kind=kind, account=account, actor=by, details=details)
    details = event.details
    if by is not None and by != account:
        details = {**details, "by": by.pk}
    write(kind.value, request, account=account, **details)


def write(what: str, request: HttpRequest | None, *, account: Any, **details: Any) -> None:
    """One line of log."""
    address = (client_address(request) if request else None) or "-"
    more = "".join(f" {key}={value or '-'}" for key, value in details.items())
    who = getattr(account, "pk", None)
    facts = {"what": what, "account": who, "address": address, **details}
    log.info("%s account=%s address=%s%s", what, who or "-", address, more, extra={"facts": facts})


def record_failure(request: HttpRequest, name: str, *, how: str, is_lockout: bool = False) -> None:
    """Puts on record that a secret of the account `name` was wrong; only in the log where there is no such account."""
    account = User.objects.filter(username=name).first() if "\0" not in name else None
    if account is None:
        write(Kind.SIGN_IN_FAILED.value, request, account=None, how=how)
        return
    record(Kind.SIGN_IN_FAILED, request, account=account, how=how)
    if is_lockout:
        record(Kind.LOCKED_OUT, request, account=account, how=how)


def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    sessions.begin(request)
    request.signed_in_now = user  # type: ignore[attr-defined]
    records = get_authentication_records(request, user)
    record(Kind.SIGNED_IN, request, account=user, by=user, how="+".join(_how(one) for one in records) or "-")


def _how(one: dict[str, Any]) -> str:
    """A step of signing in in a word: password, socialaccount, totp, webauthn, recovery_codes."""
    return str(one.get("type") or one.get("method"))


def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    write("signed_out", request, account=user)


def _factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    record(Kind.FACTOR_ADDED, request, account=user, by=user, factor=authenticator.type)


def _factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    record(Kind.FACTOR_REMOVED, request, account=user, by=user, factor=authenticator.type)
