"""The page of the bookmarklet, which brings a person from the page that a recruiter looks at into the entry form."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from contacts.views.permissions import enters_contacts


@enters_contacts
@require_safe
def bookmarklet(request: HttpRequest) -> HttpResponse:
    """What it does, how it is put into the browser, and the bookmarklet itself."""
    form = request.build_absolute_uri(reverse("entry"))
    code = " ".join(render_to_string("contacts/bookmarklet.js", {"form": form}).split())
    return render(request, "contacts/bookmarklet.html", {"address": f"javascript:{quote(code, safe='')}"})
