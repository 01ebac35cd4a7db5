"""The history: who entered whom, when, with which outcome; a list to work through."""

from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from contacts.entry.fields import too_long
from contacts.history import columns, counts, exporting, remembered
from contacts.history import search as histories
from contacts.models import SavedView, Submission, current_workspace
from contacts.models.saved_view import NAME_MOST
from contacts.text.storable import storable
from contacts.text.text import clean_text
from contacts.views import searched
from contacts.views.filters import Filters
from contacts.views.permissions import account_of, enters_contacts

MANY_MOST = 500
# A reason, not a report.
NOTE_MOST = 2000
VIEWS_MOST = 50
# Where the session keeps what an act on many came to.
SUMMARY = "history_summary"


class Many(forms.Form):
    """One act for all the submissions that are ticked."""

    use_required_attribute = False

    act = forms.ChoiceField(
        label=gettext_lazy("With those selected"),
        choices=[
            ("check_again", gettext_lazy("Check again")),
            ("send_again", gettext_lazy("Check, then send again")),
            ("discard", gettext_lazy("Discard")),
        ],
        error_messages={
            "required": gettext_lazy("Choose what to do."),
            "invalid_choice": gettext_lazy("Choose what to do."),
        },
    )
    note = forms.CharField(label=gettext_lazy("Why, when discarding"), required=False)

    def clean_note(self) -> str:
        """The reason, as any database stores it."""
        note = storable(self.cleaned_data["note"])
        if len(note) > NOTE_MOST:
            raise too_long(_("The reason"), note, most=NOTE_MOST)
        return note

    def clean(self) -> None:
        """Asks for a reason where the record needs one."""
        if self.cleaned_data.get("act") == "discard" and not clean_text(self.cleaned_data.get("note", "-")):
            self.add_error("note", _("Say why they are discarded; the record keeps the reason."))
        if not self.ticked():
            self.add_error(None, _("Tick at least one entry."))

    def ticked(self) -> dict[UUID, int]:
        """The submissions that are ticked, each with the revision its person saw. What can't be read is left out."""
        items = self.data.getlist("ids") if isinstance(self.data, QueryDict) else []
        found = {}
        for item in items[:MANY_MOST]:
            id_, _colon, revision = item.partition(":")
            try:
                found[UUID(id_)] = int(revision)
            except ValueError:
                continue
        return found


@enters_contacts
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def history(request: HttpRequest) -> HttpResponse:
    """The list, filtered and searched; paged by key. POST takes the filters and leads to the address that has them."""
    if request.method == "POST":
        filters = Filters(request.POST, viewer=request.user)
        return redirect(_address(filters.query(), words=searched.keep(request, request.POST.get("q", ""))))
    return show(request, Many())


def show(request: HttpRequest, many: Many, *, summary: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    """The history under the filters and at the place that the address names, with what was ticked."""
    filters, words = filters_of(request)
    if request.GET.get("words") and not words:
        messages.info(request, _("What was searched for is not kept any more; enter it again."))
    asked = filters.asked()
    sentence = filters.sentence()
    if many.errors:
        many.fields["note" if "note" in many.errors else "act"].widget.attrs["autofocus"] = True
    query = remembered.keep(account_of(request), request.session, filters.query(), words=words)
    last_export = exporting.last(request.user)
    glance = counts.glance(request.user)
    views = remembered.views(request.user, most=VIEWS_MOST)
    context = {
        "page": histories.page(request.user, asked, cursor=request.GET.get("cursor", "")),
        "filters": filters,
        "sentence": sentence,
        "is_filtered": bool(sentence),
        "query": query,
        "here": f"{query}&{urlencode({'cursor': request.GET['cursor']})}" if "cursor" in request.GET else query,
        "tabs": _tabs(glance, asked.state),
        "glance": glance,
        "views": [(view, _address(view.query, words=searched.key_of_view(view))) for view in views],
        "many": many,
        "ticked": many.ticked(),
        "columns_chosen": columns.known(last_export.columns if last_export else []),
        "last_export": last_export,
        "filters_hidden": parse_qsl(query),
        "summary": _summary(request, summary),
    }
    return render(request, "contacts/history.html", context, status=status)


@enters_contacts
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keeps the filters that the address names under a name; one of that name is replaced."""
    filters, words = filters_of(request)
    name = storable(request.POST.get("name", "").strip())[:NAME_MOST]
    query = filters.query()
    if not name:
        messages.error(request, _("Give the view a name."))
    elif len(remembered.views(request.user, most=VIEWS_MOST)) >= VIEWS_MOST:
        messages.error(request, _("There are %(count)d saved views already; remove one.") % {"count": VIEWS_MOST})
    else:
        kept = {"query": query, "words": filters.cleaned_data.get("q", "")}
        SavedView.objects.update_or_create(
            owner=account_of(request), workspace=current_workspace(), name=name, defaults=kept
        )
        messages.success(request, _("View saved."))
    return redirect(_address(query, words=words))


@enters_contacts
@require_POST
def remove_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forgets one of one's own views."""
    SavedView.objects.filter(pk=view_id, owner=account_of(request)).delete()
    return redirect("history")


def filters_of(request: HttpRequest) -> tuple[Filters, str]:
    """The filters of the address, and the key of the words searched for; words in the address itself get one too."""
    key = request.GET.get("words", "")
    if "q" in request.GET:
        return Filters(request.GET, viewer=request.user), searched.keep(request, request.GET["q"])
    words = searched.words(request, key) if key else ""
    return Filters(request.GET, viewer=request.user, words=words), key if words else ""


def _address(query: str, *, words: str) -> str:
    parts = [part for part in (query, urlencode({"words": words}) if words else "") if part]
    return reverse("history") + (f"?{'&'.join(parts)}" if parts else "")


def _tabs(glance: counts.Glance, state: str) -> list[dict[str, Any]]:
    """The few things that somebody comes here for, each with how many there are; the one that is open."""
    tabs = [
        ("", _("All"), None),
        (histories.NEEDS, _("Needs attention"), glance.needing_person),
        (histories.WAITING, _("Waiting"), glance.waiting),
        (histories.CHECKING, _("Checking"), glance.checking),
    ]
    return [{"state": key, "word": word, "count": count, "is_open": key == state} for key, word, count in tabs]


def _summary(request: HttpRequest, summary: dict[str, str] | None) -> list[tuple[Submission, str]]:
    """What the act on many came to, submission by submission; "" where it was done."""
    if summary is None:
        summary = request.session.pop(SUMMARY, None) if SUMMARY in request.session else None
    if not summary:
        return []
    # By key alone: told the workspace too, SQLite might walk all of it.
    rows = Submission.objects.filter(pk__in=list(summary)).only("workspace", "created_by", "name", "created_at")
    return [(row, summary[str(row.pk)]) for row in Submission.visible_among(rows, request.user)]
