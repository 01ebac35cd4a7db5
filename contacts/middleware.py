"""Sign-in for every page, without losing what was typed when a sign-in has expired."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from contacts.views import stash


class SignInMiddleware(LoginRequiredMiddleware):
    """Django's own, but an entry form posted after the sign-in expired is kept and shown again after signing in."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponseRedirect:
        """The sign-in page, with the way back."""
        if request.method == "POST" and request.path == reverse("entry"):
            stash.keep(request)
        return super().handle_no_permission(request, view_func)
