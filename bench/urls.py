"""The portal's own addresses and two yardsticks beside them."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from contacts.entry.entry import Entry
from contacts.models import Submission

_AS_DIV = """{% extends "base.html" %}{% block content %}<form method="post">{% csrf_token %}
{{ entry.contact.as_div }}{{ entry.emails.as_div }}{{ entry.phones.as_div }}{{ entry.custom_data.as_div }}
<button>Create contact</button></form>{% endblock %}"""


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing but the middleware."""
    del request
    return HttpResponse("")


def as_div(request: HttpRequest) -> HttpResponse:
    """The same form on the same page, rendered by Django's own templates."""
    template = engines["django"].from_string(_AS_DIV)
    return HttpResponse(template.render({"entry": Entry()}, request))


class PlainAdmin(admin.ModelAdmin):
    """Django admin's own list of the same rows, as it comes."""

    list_display = ("name", "company", "state", "reason", "created_by", "created_at")
    list_select_related = ("created_by",)
    search_fields = ("name", "company")


plain = admin.AdminSite("plain")
plain.register(Submission, PlainAdmin)
# Whoever may open the portal's Django admin may look at this.
plain.has_permission = lambda request: request.user.is_active  # type: ignore[method-assign]
PlainAdmin.has_view_permission = lambda self, request, obj=None: True  # type: ignore[method-assign]
PlainAdmin.has_module_permission = lambda self, request: True  # type: ignore[method-assign]

urlpatterns = [
    path("", include("leonar_portal.urls")),
    path("bench/empty/", empty),
    path("bench/as-div/", as_div),
    path("bench/admin/", plain.urls),
]
