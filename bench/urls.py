"""The portal's own addresses and two yardsticks beside them."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from contacts.entry.entry import Entry

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


urlpatterns = [
    path("", include("leonar_portal.urls")),
    path("bench/empty/", empty),
    path("bench/as-div/", as_div),
]
