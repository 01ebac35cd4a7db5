"""Signing in and out."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from accounts import company, sign_ins, throttle

log = logging.getLogger(__name__)

# Longer than anybody's; what is longer is not looked at.
PASSWORD_MOST = 4096
# How a browser says that a link of somebody else's led here; of one's own, or typed, it says something else.
OTHER_SITES = ("cross-site", "same-site")
# A provider out of reach, and what taking apart an answer that is none can end in.
NO_PROVIDERS_ANSWER = (OSError, ValueError, LookupError, TypeError, AttributeError, DataError, ImproperlyConfigured)


class SignInForm(AuthenticationForm):
    """A name and a password, which can't be tried without end."""

    def clean(self) -> dict[str, Any]:
        """Whose they are. Raises TooManyTriesError where they were not looked at, or are the last wrong ones."""
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password or self.request is None:
            return self.cleaned_data
        if len(password) > PASSWORD_MOST:
            raise self.get_invalid_login_error()
        with throttle.trying(self.request, name) as attempt:
            try:
                found = super().clean()
            except ValidationError:
                sign_ins.record_failure(self.request, name, how="password", is_lockout=attempt.is_last)
                if attempt.is_last:
                    raise attempt.refusal() from None
                raise
            attempt.succeeded()
        return found


@method_decorator(login_not_required, name="dispatch")
class SignIn(auth.LoginView):
    """The sign-in page; what comes after the password, such as a second factor, is allauth's."""

    form_class = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Signs in, or says what is wrong."""
        try:
            return super().post(request, *args, **options)
        except throttle.TooManyTriesError as refusal:
            return too_many_tries(request, refusal)

    def form_valid(self, form: Any) -> HttpResponse:
        """Goes on with whoever gave the right password."""
        return perform_password_login(
            self.request, {}, Login(user=form.get_user(), redirect_url=self.get_success_url())
        )

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """With the ways of signing in that the settings leave."""
        ways = {"local_passwords": settings.LOCAL_PASSWORDS, "company": settings.OIDC_NAME}
        if settings.OIDC_ISSUER:
            ways["company_url"] = company.sign_in_url()
        return super().get_context_data(**more, **ways)


class SignOut(auth.LogoutView):
    """Signs out, and has the browser forget what it keeps of the portal."""

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """The way back to the sign-in page."""
        answer = super().dispatch(request, *args, **options)
        # Cookies stay: the session's is deleted, and the other says only that this browser has signed in before. On a
        # POST alone, which no other site can have a browser send.
        if request.method == "POST":
            answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer


@require_safe
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Where somebody is sent who has to prove who they are and has nothing here to do it with."""
    return render(request, "accounts/sign_in_again.html")


def too_many_tries(request: HttpRequest, refusal: throttle.TooManyTriesError) -> HttpResponse:
    """429: when to try again, and that nobody else is concerned."""
    page = render(request, "registration/locked_out.html", {"wait": refusal.sentence}, status=429)
    page.headers["Retry-After"] = str(refusal.seconds)
    return page


@login_not_required
def to_company(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the company's own sign-in; from a link of another site by one press more, so that none signs anybody in."""
    if settings.OIDC_ISSUER and request.headers.get("Sec-Fetch-Site") in OTHER_SITES:
        return render(request, "accounts/to_company.html", {"company": settings.OIDC_NAME})
    return _through_company(company.lead_there, request)


@login_not_required
def from_company(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from there."""
    exchange = company.Exchange(request, company.PROVIDER)
    return _through_company(OAuth2CallbackView.adapter_view(exchange), request)


@login_not_required
def may_not_sign_in(request: HttpRequest) -> HttpResponse:
    """Right password or passkey, and an account that is switched off."""
    return render(request, "accounts/switched_off.html", status=403)


def _through_company(view: Callable[[HttpRequest], HttpResponse], request: HttpRequest) -> HttpResponse:
    try:
        return view(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except NO_PROVIDERS_ANSWER as error:
        # Out of reach, or not what a provider answers.
        log.warning("company_sign_in_failed cause=%s", type(error).__name__)
        return render(request, "accounts/company_failed.html", status=401)
