"""Where allauth asks the portal: who may come in, what counts as proof, how second factors are kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import company, sessions, vault
from accounts.addresses import client_address
from accounts.backends import may_sign_in
from accounts.factors import is_compulsory
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes an account for themselves; a fresh sign-in is proof enough for what is asked for anew."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: admins invite, and the company's own sign-in is asked elsewhere."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse | None:
        """Refuses who may not sign in, by whichever way they came."""
        came_through_company = "sociallogin" in (more.get("signal_kwargs") or {})
        if not may_sign_in(user) or not (settings.LOCAL_PASSWORDS or came_through_company):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **more)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address as everywhere in the portal."""
        return client_address(request) or ""

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not just after the sign-in."""
        return not sessions.is_fresh(self.request)

    def is_safe_url(self, url: str | None) -> bool:
        """Whether it leads to a page of the portal; what can't be read as an address leads nowhere."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """Password and second factor; for whoever has neither here the company's sign-in, or signing in anew."""
        methods = super().get_reauthentication_methods(user)
        if not settings.LOCAL_PASSWORDS:
            methods = [method for method in methods if method["id"] != "reauthenticate"]
        if methods:
            return methods
        if settings.OIDC_ISSUER:
            return [{"id": "company", "description": settings.OIDC_NAME, "url": company.sign_in_url()}]
        return [{"id": "sign_in_again", "description": _("Sign in again"), "url": reverse("sign_in_again")}]

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **more: Any
    ) -> None:
        """What allauth says; not that somebody has signed in, which is plain to see."""
        if not (message_template or "").startswith("account/"):
            super().add_message(request, level, message_template, *rest, **more)


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted with the portal's own secret, and keys have names that people know."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "That code is not right. An app shows another every half minute: take the one of now."
        )
    }

    def get_totp_issuer(self) -> str:
        """What an authenticator app calls the portal."""
        return _("Leonar Portal")

    def get_totp_label(self, user: User) -> str:
        """What it calls the account."""
        return user.get_username()

    def encrypt(self, text: str) -> str:
        """For the database."""
        return vault.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Back from it."""
        return vault.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of whoever must have one."""
        if not is_compulsory(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """A name for a passkey that was given none."""
        return _("Passkey %s") % (Authenticator.objects.filter(user=user, type=type).count() + 1)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The portal, as the browser tells whoever keeps the key."""
        return super().get_public_key_credential_rp_entity() | {"name": _("Leonar Portal")}
