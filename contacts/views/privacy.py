"""Data protection, for admins: how long data is kept, whom to tell of it, and one person's data, to export or erase.

What a person is known by is posted, never part of an address.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from contacts.history import clearing, counts, decisions, erasure
from contacts.models import Event, Submission
from contacts.privacy import retention
from contacts.privacy.person import SUBMISSIONS_MOST, Person, as_data
from contacts.text.ids import read_id
from contacts.text.storable import storable
from contacts.views.permissions import account_of, enters_contacts, reviews_all
from contacts.views.submission import find
from contacts.wording.telling import MONTH_AGO, last_day

KNOWN_BY_MOST = 500
UNTOLD_SHOWN = 20


@reviews_all
@never_cache
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept and for how long, who has to be told, and the way to one person's data."""
    now = timezone.now()
    untold = Submission.objects.here().untold()
    context = {
        "limit": retention.limit(now),
        "overdue": counts.up_to_most(retention.overdue(now)),
        "untold": [
            (each, last_day(each.created_at))
            for each in untold.select_related("created_by").order_by("created_at")[:UNTOLD_SHOWN]
        ],
        "untold_count": counts.up_to_most(untold),
        "late_count": counts.up_to_most(untold.filter(created_at__lt=now - MONTH_AGO)),
        "receipts": Event.objects.filter(kind=Event.Kind.ERASED).select_related("actor")[:10],
    }
    return render(request, "contacts/privacy.html", context)


@reviews_all
@never_cache
@require_POST
def person(request: HttpRequest) -> HttpResponse:
    """What is held of the person who is known by what was posted: the preview of an erasure."""
    known_by = _known_by(request)
    someone = Person.known_by(known_by)
    traces = someone.among(someone.submissions)
    context = {
        "known_by": known_by,
        "submissions": someone.submissions,
        # Namesakes are many; an address is one person's.
        "is_address": any(key.kind != "name" for key in someone.asked),
        "drafts": len(traces.drafts()),
        "views": len(traces.views()),
        "most": SUBMISSIONS_MOST,
    }
    return render(request, "contacts/privacy_person.html", context)


@reviews_all
@require_POST
def person_data(request: HttpRequest) -> HttpResponse:
    """All that is held in the submissions that are ticked, as a JSON file; put on record."""
    now = timezone.now()
    chosen = _chosen(request)
    someone = Person.known_by(_known_by(request))
    found = [each for each in someone.submissions if each.pk in chosen]
    Event.objects.create(
        at=now, kind=Event.Kind.PERSON_EXPORTED, actor=account_of(request), details={"submissions": len(found)}
    )
    return JsonResponse(
        as_data(found, traces=someone.among(found), now=now),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": 'attachment; filename="person.json"', "Cache-Control": "no-store"},
    )


@reviews_all
@require_POST
def erase_person(request: HttpRequest) -> HttpResponse:
    """Erases the submissions that are ticked, and all traces of the person elsewhere: 302 to the receipt."""
    someone = Person.known_by(_known_by(request))
    event = erasure.erase_person(someone, by=account_of(request), chosen=_chosen(request))
    return redirect("receipt", event_id=event.pk)


@reviews_all
@never_cache
@require_safe
def receipt(request: HttpRequest, event_id: int) -> HttpResponse:
    """What an erasure took away, when, and by whom; without a word of the person."""
    event = get_object_or_404(Event.objects.select_related("actor"), pk=event_id, kind=Event.Kind.ERASED)
    return render(request, "contacts/privacy_receipt.html", {"event": event, "is_cleared": clearing.is_cleared(event)})


@enters_contacts
@require_POST
def told(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Notes that the person of a created contact was told that their data is held."""
    found = find(request, submission_id)
    if not decisions.note_told(found, by=account_of(request)):
        messages.error(request, _("There is nobody to tell, or it is noted already."))
    return redirect(found)


def _known_by(request: HttpRequest) -> str:
    return storable(request.POST.get("known_by", ""))[:KNOWN_BY_MOST].strip()


def _chosen(request: HttpRequest) -> set[UUID]:
    """The submissions that are ticked; what can't be read is left out."""
    ids = map(read_id, request.POST.getlist("ids")[:SUBMISSIONS_MOST])
    return {each for each in ids if each is not None}
