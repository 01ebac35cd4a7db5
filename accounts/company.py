"""Sign-in through the company's own provider (OpenID Connect): who that is here, and which role their groups give."""

import json
import logging
import time
from contextlib import suppress
from typing import Any

import jwt
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts import roles, sessions
from accounts.account import give_role
from accounts.models import User

log = logging.getLogger(__name__)

PROVIDER = "company"
# The stronger one first: whoever is in groups of both has this one.
STRONGEST_FIRST = (roles.ADMIN, roles.RECRUITER)
# By a private key of the provider's, which the portal has no part of.
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


def sign_in_url() -> str:
    """Where signing in through the company begins."""
    return reverse("openid_connect_login", kwargs={"provider_id": PROVIDER})


def lead_there(request: HttpRequest) -> HttpResponse:
    """On to the provider's page; whoever is signed in is asked there anew.

    What is asked of the provider is the portal's to say: allauth would take it from the address that leads here.
    """
    provider = CompanyAdapter(request).get_provider(request, PROVIDER)
    is_again = request.user.is_authenticated
    asked = {"acr_values": " ".join(settings.OIDC_ACR)} if settings.OIDC_ACR else {}
    if is_again:
        asked |= {"prompt": "login", "max_age": "0"}
    return provider.redirect(
        request, AuthProcess.LOGIN, next_url=get_next_redirect_url(request), auth_params=asked, is_again=is_again
    )


class Exchange(OpenIDConnectOAuth2Adapter):
    """A code for what the provider says of its owner, which counts only with the provider's signature."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **more: Any) -> SocialLogin:
        """Who it is. Raises OAuth2Error where that is not signed, or where two are spoken of."""
        if not more["response"].get("id_token"):
            raise OAuth2Error("no ID token")
        login = super().complete_login(request, app, token, **more)
        said = login.account.extra_data
        if said["userinfo"].get("sub") != said["id_token"].get("sub"):
            raise OAuth2Error("userinfo of another subject")
        if "\\u0000" in json.dumps(said):
            raise OAuth2Error("a character that PostgreSQL can't store")
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict:
        """What stands in the token; allauth spares itself the signature of what the provider has handed over itself.

        And who the issuer is, which here are the settings to say and not whoever answers at its address.
        """
        issuer = self.openid_config["issuer"]
        if str(issuer).rstrip("/") != settings.OIDC_ISSUER.partition("/.well-known/")[0]:
            raise OAuth2Error("metadata of another issuer")
        with get_adapter().get_requests_session() as session:
            published = session.get(self.openid_config["jwks_uri"])
            published.raise_for_status()
        try:
            named = jwt.get_unverified_header(id_token).get("kid")
            keys = [key for key in jwt.PyJWKSet.from_dict(published.json()).keys if named in (None, key.key_id)]
            return _said_by(keys, id_token, issuer=issuer, client=app.client_id)
        except jwt.PyJWTError as error:
            raise OAuth2Error("not signed by the provider") from error


def _said_by(keys: list[jwt.PyJWK], token: str, *, issuer: str, client: str) -> dict:
    """What the token says where one of these keys has signed it; a provider with one key need not name it."""
    needed: Any = {"require": ["exp", "iat", "sub"]}
    for key in keys:
        with suppress(jwt.InvalidSignatureError, jwt.InvalidAlgorithmError, jwt.InvalidKeyError):
            return jwt.decode(token, key, algorithms=SIGNED_BY, options=needed, issuer=issuer, audience=client)
    raise jwt.InvalidSignatureError


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
        """Finds the account, and gives it the role of its groups as they are now.

        Not where the proof is weaker than the settings ask for, or older than what it was asked for anew.
        """
        self._look_at_the_proof(request, sociallogin)
        if not sociallogin.is_existing:
            account = _account_of_address(sociallogin)
            if account is not None:
                sociallogin.connect(request, account)
        if sociallogin.is_existing:
            _give_role_of_groups(sociallogin)

    def _look_at_the_proof(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        proof = sociallogin.account.extra_data.get("id_token") or {}
        if settings.OIDC_ACR and proof.get("acr") not in settings.OIDC_ACR:
            self._refuse(request, "is_weak", error="acr")
        proved_at = proof.get("auth_time")
        if isinstance(proved_at, bool) or not isinstance(proved_at, int | float):
            # Not every provider says when it has asked. What it was told, to ask anew, is then believed to be done.
            return
        sessions.note_proof(request, at=proved_at)
        age = time.time() - proved_at
        if sociallogin.state.get("is_again") and age >= settings.REAUTHENTICATE_SECONDS:
            self._refuse(request, "is_stale", error="auth_time")

    def _refuse(self, request: HttpRequest, why: str, *, error: str) -> None:
        log.warning("company_sign_in_failed error=%s", error)
        raise ImmediateHttpResponse(render(request, "accounts/company_failed.html", {why: True}, status=401))

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


def is_same_address(one: str, other: str) -> bool:
    """Whether two addresses are the same in other capitals, of letters whose capitals are no other letter's.

    A database compares in capitals, and those of the dotless i, say, are those of i.
    """
    return one == other or ((one + other).isascii() and one.lower() == other.lower())


def _account_of_address(sociallogin: SocialLogin) -> User | None:
    confirmed = [address.email for address in sociallogin.email_addresses if address.verified]
    if not confirmed:
        return None
    alike = User.objects.filter(email__iexact=confirmed[0], is_active=True)
    found = [user for user in alike if is_same_address(user.email, confirmed[0])]
    return found[0] if len(found) == 1 else None


def _give_role_of_groups(sociallogin: SocialLogin) -> None:
    if not settings.OIDC_ROLES:
        return
    said = sociallogin.account.extra_data
    claims = {**(said.get("id_token") or {}), **(said.get("userinfo") or {})}
    groups = claims.get(settings.OIDC_GROUPS_CLAIM) or []
    give_role(sociallogin.user, role_of_groups([groups] if isinstance(groups, str) else [str(one) for one in groups]))
