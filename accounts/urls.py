"""The addresses of sign-in. Those of allauth's pages that the portal uses are named here one by one."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth import views as auth
from django.urls import path
from django.views.generic import RedirectView

from accounts.company import PROVIDER
from accounts.views import again, people, security, sign_in

to_security = RedirectView.as_view(pattern_name="security")

urlpatterns = [
    path("login/", sign_in.SignIn.as_view(), name="login"),
    path("login/", sign_in.SignIn.as_view(), name="account_login"),
    path("login/factor/", factor.authenticate, name="mfa_authenticate"),
    path("login/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("login/company/", sign_in.to_company, {"provider_id": PROVIDER}, name="openid_connect_login"),
    path("login/company/back/", sign_in.from_company, {"provider_id": PROVIDER}, name="openid_connect_callback"),
    path("logout/", sign_in.SignOut.as_view(), name="logout"),
    path("inactive/", sign_in.may_not_sign_in, name="account_inactive"),
    path("invitation/<uidb64>/<token>/", people.AcceptInvitation.as_view(), name="accept_invitation"),
    path("again/password/", again.renewing(account.reauthenticate), name="account_reauthenticate"),
    path("again/code/", again.renewing(factor.reauthenticate), name="mfa_reauthenticate"),
    path("again/sign-in/", sign_in.sign_in_again, name="sign_in_again"),
    path("again/passkey/", again.renewing(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("password/", security.ChangePassword.as_view(), name="password_change"),
    path("password/done/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("security/", security.security, name="security"),
    path("security/start/", security.set_up_factor, name="set_up_factor"),
    path("security/end-session/", security.end_session, name="end_session"),
    # Where allauth's own pages lead when they are done.
    path("security/factors/", to_security, name="mfa_index"),
    path("security/passkeys/", to_security, name="mfa_list_webauthn"),
    path("security/app/", security.AddApp.as_view(), name="mfa_activate_totp"),
    path("security/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("security/codes/", security.recovery_codes, name="mfa_view_recovery_codes"),
    path("security/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/remove/", security.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:account_id>/", people.person, name="person"),
    path("people/<int:account_id>/end-sessions/", people.end_sessions, name="end_sessions"),
    path("people/<int:account_id>/link/", people.new_link, name="new_link"),
    path("people/<int:account_id>/remove-factors/", people.remove_factors, name="remove_factors"),
]
