"""Django admin: a read-only view of what the portal has recorded."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from contacts.history import search
from contacts.models import Attempt, Event, Gate, Submission


class UncountedPaginator(Paginator):
    """Pages of a long table without counting it: it ends where its first rows end.

    Whoever looks further narrows the list or searches; the history itself pages through everything, by key.
    """

    ROWS_MOST = 1000

    @cached_property
    def count(self) -> int:
        """The rows there are, or as many as are paged through."""
        rows: Any = self.object_list
        return len(rows.values_list("pk", flat=True)[: self.ROWS_MOST])


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

    LIST = "contacts_submission_changelist"

    list_display = ("name", "company", "state", "reason", "created_by", "created_at", "due_at")
    # Only what an index begins with: the few of a rare kind would be looked for among all.
    list_filter = ("state",)
    # Asked of the full-text index, not of these columns; with none there would be no search box.
    search_fields = ("pk",)
    search_help_text = _("Name, e-mail, phone, company, tag or Leonar id")
    list_select_related = ("created_by",)
    paginator = UncountedPaginator
    # Sorted only as an index has it.
    sortable_by = ()
    show_full_result_count = False
    inlines = (AttemptInline, EventInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        """Those of the configured workspace, as the indexes have them; what is searched for is found by key alone."""
        rows = super().get_queryset(request)
        is_list = request.resolver_match is not None and request.resolver_match.url_name == self.LIST
        is_searched = is_list and request.GET.get(SEARCH_VAR, "").strip()
        return rows if is_searched else rows.filter(workspace=settings.LEONAR_WORKSPACE)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Submission], search_term: str
    ) -> tuple[QuerySet[Submission], bool]:
        """The newest that the history finds for the same words."""
        if not search_term.strip():
            return queryset, False
        found = search.page(request.user, search.Asked(text=search_term), size=self.list_per_page)
        return queryset.filter(pk__in=[row.pk for row in found.rows]), False


@admin.register(Attempt)
class AttemptAdmin(_Record, admin.ModelAdmin):
    """Calls to Leonar, over all submissions."""

    list_display = ("submission", "kind", "number", "started_at", "verdict", "reason", "http_status", "duration")
    list_select_related = ("submission",)
    paginator = UncountedPaginator
    # Sorted only as an index has it.
    sortable_by = ()
    show_full_result_count = False


@admin.register(Event)
class EventAdmin(_Record, admin.ModelAdmin):
    """What people did, over all submissions."""

    list_display = ("at", "actor", "kind", "submission", "account")
    # By name: Django does not join by itself where a key may be null.
    list_select_related = ("actor", "submission", "account")
    list_filter = ("kind",)
    paginator = UncountedPaginator
    # Sorted only as an index has it.
    sortable_by = ()
    show_full_result_count = False


@admin.register(Gate)
class GateAdmin(_Record, admin.ModelAdmin):
    """The gates of the keys used so far; the pages of the portal reopen one."""

    list_display = ("__str__", "reason", "since", "closed_until", "rate_remaining", "rate_limit", "rate_reset_at")
