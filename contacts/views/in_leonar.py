"""Who of Leonar's own contacts may be the person in the form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from contacts.entry.entry import Entry
from contacts.lookups import in_leonar as leonars
from contacts.views.permissions import enters_contacts


@enters_contacts
@never_cache
@require_POST
def in_leonar(request: HttpRequest) -> HttpResponse:
    """A fragment of HTML, empty where there is nobody or Leonar does not say. Nothing else waits for it."""
    return render(request, "elements/in_leonar.html", {"held": leonars.find(Entry(request.POST).shape)})
