"""Sign-in through the company's own provider (OpenID Connect): who that is here, and which role their groups give."""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from accounts import roles
from accounts.account import give_role
from accounts.models import User

log = logging.getLogger(__name__)

PROVIDER = "company"
# The stronger one first: whoever is in groups of both has this one.
STRONGEST_FIRST = (roles.ADMIN, roles.RECRUITER)


def sign_in_url() -> str:
    """Where signing in through the company begins."""
    return reverse("openid_connect_login", kwargs={"provider_id": PROVIDER})


def role_of_groups(groups: list[str]) -> str | None:
    """The role that the settings give to members of these groups; None where to none of them."""
    given = {settings.OIDC_ROLES[group] for group in groups if group in settings.OIDC_ROLES}
    return next((role for role in STRONGEST_FIRST if role in given), None)


class CompanyAdapter(DefaultSocialAccountAdapter):
    """Whom the provider names has an account here: their own, one with the same confirmed address, or a new one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Always: the company decides who may sign in there, and without a role they may nothing here."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Finds the account, and gives it the role of its groups as they are now."""
        if not sociallogin.is_existing:
            account = _account_of_address(sociallogin)
            if account is not None:
                sociallogin.connect(request, account)
        if sociallogin.is_existing:
            _give_role_of_groups(sociallogin)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Makes a new account, with the role of its groups."""
        user = super().save_user(request, sociallogin, form)
        _give_role_of_groups(sociallogin)
        return user

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Says that it did not work, and leaves the reason to the log."""
        log.warning("company_sign_in_failed error=%s cause=%s", error, type(exception).__name__)
        page = render(request, "accounts/company_failed.html", {"is_cancelled": error == "cancelled"}, status=401)
        raise ImmediateHttpResponse(page)


def _account_of_address(sociallogin: SocialLogin) -> User | None:
    confirmed = [address.email for address in sociallogin.email_addresses if address.verified]
    found = list(User.objects.filter(email__iexact=confirmed[0], is_active=True)[:2]) if confirmed else []
    return found[0] if len(found) == 1 else None


def _give_role_of_groups(sociallogin: SocialLogin) -> None:
    if not settings.OIDC_ROLES:
        return
    said = sociallogin.account.extra_data
    claims = {**(said.get("id_token") or {}), **(said.get("userinfo") or {})}
    groups = claims.get(settings.OIDC_GROUPS_CLAIM) or []
    give_role(sociallogin.user, role_of_groups([groups] if isinstance(groups, str) else [str(one) for one in groups]))
