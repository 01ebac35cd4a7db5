"""The list of the portal's keys: a page, which scripts show over any other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.views.permissions import enters_contacts


@enters_contacts
@require_safe
def keyboard(request: HttpRequest) -> HttpResponse:
    """The list."""
    return render(request, "contacts/keyboard.html")
