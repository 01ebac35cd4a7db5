"""Django admin for accounts: who they are, whether they may sign in, and their one role."""

from typing import Any

from allauth.account import admin as _addresses  # noqa: F401  (registers what is taken off below)
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _factors  # noqa: F401
from allauth.mfa.models import Authenticator
from allauth.socialaccount import admin as _company  # noqa: F401
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import roles, sessions, sign_ins, throttle
from accounts.account import give_role, role_of
from accounts.models import User
from accounts.views.sign_in import SignIn
from contacts.models.event import Event

admin.site.site_header = admin.site.site_title = "Leonar Portal"
admin.site.index_title = _("Accounts and records")
# Django's own page for groups hands out permissions one by one; here a role is given as a whole.
admin.site.unregister(Group)
# Secrets and what a provider says of people: the portal's own pages show what of these an admin needs.
for _model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(_model)
# One way in, with its throttle and its second factor.
admin.site.login = SignIn.as_view()  # type: ignore[assignment]


def _to_the_portals_own(request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    """Where one's own password is changed: there the old one can't be guessed, and other sessions end."""
    del request, extra_context
    return redirect("password_change")


admin.site.password_change = _to_the_portals_own  # type: ignore[method-assign, assignment]

ROLE_CHOICES = [("", _("None: may not enter anything")), *roles.CHOICES]


def _role_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES, required=False, help_text=roles.HELP)


class NewAccountForm(AdminUserCreationForm):
    """A new account and its role."""

    role = _role_field()

    class Meta(AdminUserCreationForm.Meta):
        model = User


class AccountForm(UserChangeForm):
    """An account and its role."""

    role = _role_field()

    class Meta(UserChangeForm.Meta):
        model = User

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.initial["role"] = role_of(self.instance) or ""


def _way_to_prove(request: HttpRequest) -> HttpResponse | None:
    """Where to prove who one is, if that was long ago; what was posted is asked for again, and stored nowhere."""
    if not request.user.is_authenticated or not is_reauthentication_required(request, app="accounts"):
        return None
    [first, *_others] = get_adapter().get_reauthentication_methods(request.user)
    return redirect(f"{first['url']}?{urlencode({'next': request.path})}")


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts are switched off, not deleted, because events name who acted. Only a superuser changes a superuser."""

    form = AccountForm
    add_form = NewAccountForm
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Access"), {"fields": ("is_active", "role", "sign_in")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "usable_password", "password1", "password2", "role")}),
    )
    readonly_fields = ("last_login", "date_joined", "sign_in")
    list_display = ("username", "first_name", "last_name", "email", "role", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    actions = ("unlock_sign_in",)

    @admin.display(description=_("role"))
    def role(self, user: User) -> str:
        """The account's role in words."""
        held = {group.name for group in user.groups.all()}
        return ", ".join(str(word) for name, word in ROLE_CHOICES if name in held)

    @admin.display(description=_("sign-in"))
    def sign_in(self, user: User) -> SafeString:
        """The way to the account's sessions, second factors and links."""
        return format_html(
            '<a href="{}">{}</a>', reverse("person", args=[user.pk]), _("Sessions, second factor, new link")
        )

    def changeform_view(self, request: HttpRequest, *args, **options) -> HttpResponse:
        """The account to look at and change, after a fresh sign-in."""
        return _way_to_prove(request) or super().changeform_view(request, *args, **options)

    def changelist_view(self, request: HttpRequest, *args, **options) -> HttpResponse:
        """The list; what is done to several is done after a fresh sign-in."""
        return (request.method == "POST" and _way_to_prove(request)) or super().changelist_view(
            request, *args, **options
        )

    def user_change_password(self, request: HttpRequest, *args, **options) -> HttpResponse:
        """Another's password, after a fresh sign-in. It ends all of the account's sessions."""
        way = _way_to_prove(request)
        if way is not None:
            return way
        account = self.get_object(request, unquote(str(args[0] if args else options["id"])))
        if account == request.user:
            return redirect("password_change")
        answer = super().user_change_password(request, *args, **options)
        if request.method == "POST" and answer.status_code == 302 and account is not None:
            sessions.end(account, but=request.session.session_key)
            sign_ins.record(Event.Kind.PASSWORD_CHANGED, request, account=account, by=request.user)
        return answer

    @admin.action(description=_("Unlock sign-in after too many wrong passwords"))
    def unlock_sign_in(self, request: HttpRequest, accounts: QuerySet[User]) -> None:
        """Forgets the failed sign-ins of these accounts, from every address."""
        for account in accounts:
            throttle.forget(account)
        text = ngettext(
            "Sign-in unlocked for %(count)d account.", "Sign-in unlocked for %(count)d accounts.", len(accounts)
        )
        messages.success(request, text % {"count": len(accounts)})

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With the groups that the list shows."""
        return super().get_queryset(request).prefetch_related("groups")

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        """Gives the chosen role, and with it access to these pages."""
        super().save_related(request, form, formsets, change)
        give_role(form.instance, form.cleaned_data["role"] or None, by=request.user)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Admins, except for a superuser's account: whoever sets its password takes its powers."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody."""
        return False
