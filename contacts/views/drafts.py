"""The forms that were kept for their owners."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from contacts.entry import drafts
from contacts.views.permissions import enters_contacts


@enters_contacts
@require_POST
def discard_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Clears a form that was shown again; back to the page it was shown on."""
    draft = get_object_or_404(drafts.of(request.user), pk=draft_id)
    draft.delete()
    return redirect(draft.submission or "entry")
