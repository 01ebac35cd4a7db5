"""What admins do about other people's sign-in. Each page asks for a fresh sign-in first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required, permission_required
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import invitations, roles, sessions, sign_ins
from accounts.account import rescue
from accounts.models import User
from accounts.passwords import HINT
from contacts.models.event import Event


def manages_accounts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Admins who have signed in, or proved who they are, a short while ago; the account is looked up for the view.

    Whoever is no superuser has no hand in a superuser's account.
    """

    @permission_required(roles.MANAGES_ACCOUNTS, raise_exception=True)
    @reauthentication_required(app="accounts")
    @wraps(view)
    def wrapped(request: HttpRequest, account_id: int) -> HttpResponse:
        account = get_object_or_404(User, pk=account_id)
        if account.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return view(request, account)

    return wrapped


class InvitationForm(forms.ModelForm):
    """Who is invited, and to do what."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=roles.CHOICES, help_text=roles.HELP)

    class Meta:
        model = User
        fields = ("username", "email")
        help_texts = {
            "username": gettext_lazy("What they sign in with: letters, digits and @ . + - _"),
            "email": gettext_lazy("The link is sent there, if the portal can send mail."),
        }

    def clean_username(self) -> str:
        """The name, where nobody has it in other letters, small or wide."""
        name = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("Somebody has this name already."))
        return name


@permission_required("accounts.add_user", raise_exception=True)
@reauthentication_required(app="accounts")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Makes an account and a link for its owner, which is shown this once."""
    if not settings.LOCAL_PASSWORDS:
        raise Http404
    form = InvitationForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/invite.html", {"form": form}, status=422 if form.is_bound else 200)
    chosen, role = form.instance, form.cleaned_data["role"]
    account, link = invitations.invite(request, name=chosen.username, email=chosen.email, role=role)
    return _show_link(request, account, link)


@require_safe
@manages_accounts
def person(request: HttpRequest, account: User) -> HttpResponse:
    """How somebody signs in, and where they are signed in."""
    context = {
        "account": account,
        "local_passwords": settings.LOCAL_PASSWORDS,
        "factor_count": Authenticator.objects.filter(user=account).exclude(type="recovery_codes").count(),
        "sessions": sessions.open_sessions(account, this=request.session.session_key),
    }
    return render(request, "accounts/person.html", context)


@require_POST
@manages_accounts
def end_sessions(request: HttpRequest, account: User) -> HttpResponse:
    """Ends one session of somebody's, or all."""
    ended = sessions.end(account, name=request.POST.get("session"))
    if ended:
        sign_ins.record(Event.Kind.SESSION_ENDED, request, account=account, by=request.user, count=ended)
        messages.success(request, ngettext("%d session ended.", "%d sessions ended.", ended) % ended)
    return redirect("person", account.pk)


@require_POST
@manages_accounts
def new_link(request: HttpRequest, account: User) -> HttpResponse:
    """A link by which somebody sets a new password."""
    if not settings.LOCAL_PASSWORDS:
        raise Http404
    return _show_link(request, account, invitations.make_link(request, account))


@require_POST
@manages_accounts
def remove_factors(request: HttpRequest, account: User) -> HttpResponse:
    """Takes away second factors that somebody has lost, and ends their sessions."""
    rescue(account, by=request.user)
    messages.success(request, _("Second factors removed, and sessions ended."))
    return redirect("person", account.pk)


class FirstPasswordForm(SetPasswordForm):
    """The password that somebody chooses, twice."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["new_password1"].help_text, self.fields["new_password2"].help_text = HINT, ""


@method_decorator([never_cache, login_not_required], name="dispatch")
class AcceptInvitation(auth.PasswordResetConfirmView):
    """Where the link leads: whoever has it sets the account's password, once."""

    form_class = FirstPasswordForm
    template_name = "accounts/accept_invitation.html"
    token_generator = invitations.tokens
    success_url = reverse_lazy("login")

    def dispatch(self, *args: Any, **options: Any) -> HttpResponseBase:
        """404 where nobody has a password."""
        if not settings.LOCAL_PASSWORDS:
            raise Http404
        return super().dispatch(*args, **options)

    def get_user(self, uidb64: str) -> Any:
        """The account, unless it is switched off."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Sets the password; whoever was signed in with another is out, and so is whoever opened the link as well."""
        with transaction.atomic():
            owner = User.objects.select_for_update().get(pk=form.user.pk)
            if not invitations.tokens.check_token(owner, self.request.session.get(auth.INTERNAL_RESET_SESSION_TOKEN)):
                self.validlink = False
                return self.render_to_response(self.get_context_data())
            answer = super().form_valid(form)
        sessions.end(owner)
        sign_ins.record(Event.Kind.PASSWORD_CHANGED, self.request, account=owner, by=owner, how="link")
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return answer


def _show_link(request: HttpRequest, account: User, link: str) -> HttpResponse:
    context = {
        "account": account,
        "link": link,
        "is_mailed": invitations.mail(account, link),
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
    }
    return render(request, "accounts/link.html", context)
