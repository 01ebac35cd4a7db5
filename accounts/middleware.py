"""What each request of somebody signed in needs: a session that goes on, a browser that is known, a second factor."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from accounts import devices, factors

# What leads to a second factor, and out.
OPEN_WITHOUT_FACTOR = {
    "logout",
    "account_reauthenticate",
    "sign_in_again",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "set_up_factor",
}


class SignedInMiddleware:
    """Puts off the end of a session in use, and keeps what signed-in people see out of the browser's caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, which says what the browser may keep of it."""
        answer = self.get_response(request)
        if not getattr(request, "session", None) or not request.session.accessed:
            return answer
        account = getattr(request, "signed_in_now", None)
        if account is not None:
            devices.remember(request, answer, account.get_username())
        if SESSION_KEY in request.session:
            # After signing out, Back asks the portal again instead of showing names.
            answer.headers.setdefault("Cache-Control", "no-store")
            if answer.status_code < 500:
                request.session.touch()  # type: ignore[attr-defined]
        return answer


class SecondFactorMiddleware:
    """Leads whoever must have a second factor and has none to where it is set up, before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """The way to the set-up where one is missing."""
        if not getattr(view_func, "login_required", True) or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN_WITHOUT_FACTOR or not factors.is_missing(request):
            return None
        return redirect("set_up_factor")
