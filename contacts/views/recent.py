"""What a person has just entered, beside the form for the next: the list with its states, kept up to date."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contacts.models import Submission
from contacts.text.ids import read_id
from contacts.views.permissions import enters_contacts

RECENT_MOST = 5


@enters_contacts
@never_cache
@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    """A fragment of HTML: the list, and the entry that `after` names, which a notice above the form tells of."""
    context = {"recent": recent_entries(request), "previous": entry_named(request, "after")}
    return render(request, "contacts/entry_recent.html", context)


def recent_entries(request: HttpRequest) -> list[Submission]:
    """The latest of this person's own."""
    own = Submission.objects.here().filter(created_by=request.user.pk).order_by("-created_at", "-id")
    return list(own.only("name", "company", "state", "created_at", "due_at")[:RECENT_MOST])


def entry_named(request: HttpRequest, parameter: str) -> Submission | None:
    """The submission whose id a parameter of the address is; None where there is none for this person to see."""
    submission_id = read_id(request.GET.get(parameter))
    if submission_id is None:
        return None
    return Submission.objects.visible_to(request.user).filter(pk=submission_id).first()
