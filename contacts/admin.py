"""Django admin: a read-only view of what the portal has recorded."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from contacts.models import Attempt, Event, Gate, Submission


class _Record:
    """What admins may look at and nobody may change here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Admins."""
        return request.user.has_perm("contacts.review_all_submissions")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Admins."""
        return request.user.has_perm("contacts.review_all_submissions")

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


class EventInline(_Record, admin.TabularInline):
    """What people did to a submission."""

    model = Event


@admin.register(Submission)
class SubmissionAdmin(_Record, admin.ModelAdmin):
    """Submissions, with everything that happened to them."""

    list_display = ("name", "company", "state", "reason", "created_by", "created_at", "due_at")
    list_filter = ("state", "reason")
    search_fields = ("search_text", "contact_id")
    show_full_result_count = False
    inlines = (AttemptInline, EventInline)


@admin.register(Attempt)
class AttemptAdmin(_Record, admin.ModelAdmin):
    """Calls to Leonar, over all submissions."""

    list_display = ("submission", "kind", "number", "started_at", "verdict", "reason", "http_status", "duration")
    list_filter = ("kind", "verdict", "reason")
    show_full_result_count = False


@admin.register(Event)
class EventAdmin(_Record, admin.ModelAdmin):
    """What people did, over all submissions."""

    list_display = ("at", "actor", "kind", "submission", "account")
    # By name: Django does not join by itself where a key may be null.
    list_select_related = ("actor", "submission", "account")
    list_filter = ("kind",)


@admin.register(Gate)
class GateAdmin(_Record, admin.ModelAdmin):
    """The gates of the keys used so far; the pages of the portal reopen one."""

    list_display = ("__str__", "reason", "since", "closed_until", "rate_remaining", "rate_limit", "rate_reset_at")
