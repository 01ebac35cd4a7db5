"""The forms that are kept for their owners: the list of those that wait, and what keeps and discards them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from contacts.entry import drafts as kept_drafts
from contacts.views import kept
from contacts.views.permissions import enters_contacts


@enters_contacts
@never_cache
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """The forms of this person that wait, the latest first."""
    waiting = kept_drafts.of(request.user).select_related("submission")
    return render(request, "contacts/drafts.html", {"drafts": waiting, "most": kept_drafts.DRAFTS_MOST})


@enters_contacts
@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Keeps a form as it stands while it is typed, for the owner of its page: 204."""
    kept.keep(request)
    return HttpResponse(status=204)


@enters_contacts
@require_POST
def discard_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Clears a form that was shown again: back to the page it was shown on, or to the list (`from=list`)."""
    draft = get_object_or_404(kept_drafts.of(request.user), pk=draft_id)
    draft.delete()
    return redirect("drafts" if request.POST.get("from") == "list" else draft.submission or "entry")
