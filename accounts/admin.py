"""Django admin for accounts: who they are, whether they may sign in, and their one role."""

from axes.utils import reset as forget_failed_sign_ins
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import roles
from accounts.account import give_role, role_of
from accounts.models import User

admin.site.site_header = admin.site.site_title = "Leonar Portal"
admin.site.index_title = _("Accounts and records")
# Django's own page for groups hands out permissions one by one; here a role is given as a whole.
admin.site.unregister(Group)

ROLE_CHOICES = [
    ("", _("None: may not enter anything")),
    (roles.RECRUITER, _("Recruiter")),
    (roles.ADMIN, _("Admin")),
]


def _role_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Role"),
        choices=ROLE_CHOICES,
        required=False,
        help_text=_("Recruiters see their own entries, admins all."),
    )


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


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts are switched off, not deleted, because events name who acted. Only a superuser changes a superuser."""

    form = AccountForm
    add_form = NewAccountForm
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Access"), {"fields": ("is_active", "role")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "usable_password", "password1", "password2", "role")}),
    )
    readonly_fields = ("last_login", "date_joined")
    list_display = ("username", "first_name", "last_name", "email", "role", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    actions = ("unlock_sign_in",)

    @admin.display(description=_("role"))
    def role(self, user: User) -> str:
        """The account's role in words."""
        held = {group.name for group in user.groups.all()}
        return ", ".join(str(word) for name, word in ROLE_CHOICES if name in held)

    @admin.action(description=_("Unlock sign-in after too many wrong passwords"))
    def unlock_sign_in(self, request: HttpRequest, accounts: QuerySet[User]) -> None:
        """Forgets the failed sign-ins of these accounts, from every address."""
        for account in accounts:
            forget_failed_sign_ins(username=account.get_username())
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
