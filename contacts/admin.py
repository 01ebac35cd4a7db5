"""Django admin: accounts, and a read-only view of what the portal has recorded.

Who may enter is decided by contacts.roles alone, not by Django's permissions, of which the portal uses none.
"""

from axes.utils import reset as forget_failed_sign_ins
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts import roles
from contacts.models import Act, Attempt, Gate, Submission
from contacts.services.accounts import follow_role

admin.site.site_header = admin.site.site_title = "Leonar Portal"
admin.site.index_title = _("Accounts and records")
# Importing UserAdmin has registered Django's own two, which hand out permissions.
admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts: who they are, whether they may sign in, and their role.

    Accounts are switched off instead of deleted, because records name who acted. Only a superuser changes a superuser.
    """

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Access"), {"fields": ("is_active", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "usable_password", "password1", "password2", "groups")}),
    )
    readonly_fields = ("last_login", "date_joined")
    list_display = ("username", "first_name", "last_name", "email", "role", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    actions = ("unlock_sign_in",)

    @admin.display(description=_("role"))
    def role(self, user: User) -> str:
        """The names of the account's groups."""
        return ", ".join(group.name for group in user.groups.all())

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

    def formfield_for_manytomany(self, db_field, request, **kwargs) -> forms.ModelMultipleChoiceField | None:
        """Offers the roles, and no other group."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None and db_field.name == "groups":
            field.label, field.help_text = _("Role"), ""
            field.widget = forms.CheckboxSelectMultiple()
            # After the widget, which takes its choices from here.
            field.queryset = Group.objects.filter(name__in=roles.ROLES)
        return field

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        """Access to these pages follows the role just saved."""
        super().save_related(request, form, formsets, change)
        follow_role(form.instance)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Admins."""
        return roles.is_admin(request.user)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Admins."""
        return roles.is_admin(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Admins."""
        return roles.is_admin(request.user)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Admins, except for a superuser's account: whoever sets its password takes its powers."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return roles.is_admin(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody."""
        return False


class _Record:
    """What admins may look at and nobody may change here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Admins."""
        return roles.is_admin(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Admins."""
        return roles.is_admin(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False


class AttemptInline(_Record, admin.StackedInline):
    """The attempts of a submission."""

    model = Attempt
    classes = ("collapse",)


class ActInline(_Record, admin.TabularInline):
    """What people did to a submission."""

    model = Act


@admin.register(Submission)
class SubmissionAdmin(_Record, admin.ModelAdmin):
    """Submissions, with everything that happened to them."""

    list_display = ("name", "company", "state", "reason", "created_by", "created_at", "due_at")
    list_filter = ("state", "reason")
    search_fields = ("search_text", "contact_id")
    show_full_result_count = False
    inlines = (AttemptInline, ActInline)


@admin.register(Attempt)
class AttemptAdmin(_Record, admin.ModelAdmin):
    """Calls to Leonar, over all submissions."""

    list_display = ("submission", "kind", "number", "started_at", "verdict", "reason", "http_status", "duration")
    list_filter = ("kind", "verdict", "reason")
    show_full_result_count = False


@admin.register(Act)
class ActAdmin(_Record, admin.ModelAdmin):
    """What people did, over all submissions."""

    list_display = ("at", "by", "kind", "submission", "note")
    # By name: Django does not join by itself where a key may be null.
    list_select_related = ("by", "submission")
    list_filter = ("kind",)


@admin.register(Gate)
class GateAdmin(_Record, admin.ModelAdmin):
    """The gates of the keys used so far; the pages of the portal reopen one."""

    list_display = ("__str__", "reason", "closed_at", "closed_until", "rate_remaining", "rate_limit", "rate_reset_at")
