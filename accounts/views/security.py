"""What a person sees and changes of their own sign-in: password, second factors, sessions."""

from typing import Any
from urllib.parse import quote

from allauth.account.decorators import reauthentication_required
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.forms import PasswordChangeForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import factors, recovery, sessions, sign_ins, throttle
from accounts.adapters import FactorAdapter
from accounts.models import User
from accounts.passwords import HINT
from accounts.views.sign_in import too_many_tries
from contacts.models.event import Event


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """How one signs in, and where one is signed in."""
    user = _user(request)
    kept = list(Authenticator.objects.filter(user=user).order_by("pk"))
    context = {
        "local_passwords": settings.LOCAL_PASSWORDS,
        "app": next((one for one in kept if one.type == Authenticator.Type.TOTP), None),
        "passkeys": [one for one in kept if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": recovery.left(user),
        "has_factor": factors.has_one(user),
        "is_compulsory": factors.is_compulsory(user),
        "sessions": sessions.open_sessions(user, this=request.session.session_key),
    }
    return render(request, "accounts/security.html", context)


@require_safe
def set_up_factor(request: HttpRequest) -> HttpResponse:
    """The page that whoever lacks a compulsory second factor gets instead of any other."""
    return render(request, "accounts/set_up_factor.html")


class AddApp(app.ActivateTOTPView):
    """Sets up an authenticator app; the code that proves it is used up by that."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Saves it."""
        answer = super().form_valid(form)
        factors.use_up(
            Authenticator.objects.get(user=_user(self.request), type=factors.TOTP), form.cleaned_data["code"]
        )
        return answer


class RemovePasskey(passkeys.RemoveWebAuthnView):
    """Takes a passkey away, unless it is the last factor of whoever must have one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Removes it, or says why not."""
        if FactorAdapter().can_delete_authenticator(self.get_object()):
            return super().form_valid(form)
        messages.error(self.request, _("You need one second factor. Add another first, then remove this one."))
        return redirect("security")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="accounts")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """How many are left; POST makes new ones, and its answer is the only page that ever shows them."""
    user = _user(request)
    if not factors.has_one(user):
        raise Http404
    codes = recovery.make(request, user) if request.method == "POST" else []
    context = {"codes": codes, "left": recovery.left(user), "file": quote("\r\n".join(codes))}
    return render(request, "accounts/recovery_codes.html", context)


@require_POST
@reauthentication_required(app="accounts")
def end_session(request: HttpRequest) -> HttpResponse:
    """Ends the named session of one's own; all but this one where none is named."""
    user = _user(request)
    ended = sessions.end(user, name=request.POST.get("session"), but=request.session.session_key)
    if ended:
        sign_ins.record(Event.Kind.SESSION_ENDED, request, account=user, by=user, count=ended)
        messages.success(request, ngettext("%d session ended.", "%d sessions ended.", ended) % ended)
    return redirect("security")


class OwnPasswordForm(PasswordChangeForm):
    """The old password once, which can't be guessed here either, and the new one twice."""

    request: HttpRequest

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["new_password1"].help_text, self.fields["new_password2"].help_text = HINT, ""

    def clean_old_password(self) -> str:
        """The old one, where it is right. Raises TooManyTriesError where it was not looked at."""
        with throttle.trying(self.request, self.user.get_username()) as attempt:
            try:
                old = super().clean_old_password()
            except forms.ValidationError:
                sign_ins.record_failure(
                    self.request, self.user.get_username(), how="old_password", is_lockout=attempt.is_last
                )
                raise
            attempt.succeeded()
        return old


class ChangePassword(auth.PasswordChangeView):
    """Sets another password, which ends all other sessions."""

    form_class = OwnPasswordForm
    success_url = reverse_lazy("password_change_done")

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        """404 where nobody has a password."""
        if not settings.LOCAL_PASSWORDS:
            raise Http404
        try:
            return super().dispatch(request, *args, **options)
        except throttle.TooManyTriesError as refusal:
            return too_many_tries(request, refusal)

    def get_form(self, form_class: Any = None) -> Any:
        """The form, which has to know from where it is posted."""
        form: Any = super().get_form(form_class)
        form.request = self.request
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        """Saves it."""
        answer = super().form_valid(form)
        user = _user(self.request)
        sessions.end(user, but=self.request.session.session_key)
        sign_ins.record(Event.Kind.PASSWORD_CHANGED, self.request, account=user, by=user)
        return answer


class PasswordAgainForm(forms.Form):
    """The password, asked for anew before something that matters."""

    password = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True})
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_password(self) -> str:
        """The password, where it is right."""
        password, name = self.cleaned_data["password"], self.user.get_username()
        try:
            with throttle.trying(context.request, name) as attempt:
                if not self.user.check_password(password):
                    sign_ins.record_failure(context.request, name, how="password_again", is_lockout=attempt.is_last)
                    raise forms.ValidationError(_("That is not your password."))
                attempt.succeeded()
        except throttle.TooManyTriesError as refusal:
            raise forms.ValidationError(f"{_('Too many wrong passwords.')} {refusal.sentence}") from None
        return password


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
