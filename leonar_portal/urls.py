"""The project's addresses: the app's pages, accounts, and Django admin."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path, reverse_lazy

urlpatterns = [
    path("", include("contacts.urls")),
    path("accounts/login/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path(
        "accounts/password/",
        auth.PasswordChangeView.as_view(success_url=reverse_lazy("password_change_done")),
        name="password_change",
    ),
    path("accounts/password/done/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("admin/", admin.site.urls),
]

handler400 = "contacts.views.errors.bad_request"
handler403 = "contacts.views.errors.forbidden"
handler404 = "contacts.views.errors.not_found"
handler500 = "contacts.views.errors.server_error"
