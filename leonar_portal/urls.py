"""The project's addresses: the app's pages, accounts, and Django admin."""

from django.contrib import admin
from django.urls import include, path

from contacts.views import errors

urlpatterns = [
    path("", include("contacts.urls")),
    path("accounts/", include("accounts.urls")),
    # Django's redirect from a record to its own page: nothing links to it, and it fails on ids that it can't read.
    path("admin/r/<path:record>", errors.gone, name="record_redirect"),
    path("admin/", admin.site.urls),
]

handler400 = "contacts.views.errors.bad_request"
handler403 = "contacts.views.errors.forbidden"
handler404 = "contacts.views.errors.not_found"
handler500 = "contacts.views.errors.server_error"
