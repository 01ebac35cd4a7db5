"""Sign-in for every page, without losing what was typed when one has expired; a page where a method is refused."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from contacts.views import kept
from contacts.views.errors import method_not_allowed


class SignInMiddleware(LoginRequiredMiddleware):
    """Django's own, but a form posted after the sign-in expired is kept for its owner, who finds it after signing in.

    Pages that need no sign-in don't ask who it is: the health page answers while the database can't.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """The sign-in page where the view needs an account and nobody is signed in."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponseRedirect:
        """The sign-in page, with the way back."""
        record = _record(request)
        if request.method != "POST":
            return redirect_to_login(record) if record else super().handle_no_permission(request, view_func)
        draft = kept.keep(request)
        if draft is not None:
            return redirect_to_login(draft.get_absolute_url())
        if record:
            return redirect_to_login(record)
        return redirect_to_login(reverse("entry" if request.path == reverse("entry") else "history"))


def _record(request: HttpRequest) -> str:
    """The page of the submission that the address is about, if it is not that page's own.

    Most of what is posted to can't be shown: back to the page that it was posted from.
    """
    match = request.resolver_match
    if match is None or match.url_name == "submission" or "submission_id" not in match.kwargs:
        return ""
    return reverse("submission", kwargs={"submission_id": match.kwargs["submission_id"]})


# All that the portal's pages are asked with.
METHODS = ("GET", "HEAD", "POST")


class MethodNotAllowedMiddleware:
    """Lets no other methods in; and Django answers 405 with nothing to read, and has no handler for it as for 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; a page that says what is safe where it is 405."""
        if _holds_nul_for_admin(request):
            raise BadRequest("NUL in an address")
        response = self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        return method_not_allowed(request, response) if isinstance(response, HttpResponseNotAllowed) else response


def _holds_nul_for_admin(request: HttpRequest) -> bool:
    """Whether Django admin would ask the database for NUL, which PostgreSQL refuses loudly."""
    if not request.path.startswith(reverse("admin:index")):
        return False
    return "\0" in request.path or any("\0" in text for name, values in request.GET.lists() for text in (name, *values))
