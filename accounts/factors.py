"""Second factors: whom the settings oblige to have one, and what is done beside allauth's own pages."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts import recovery, sign_ins, throttle, vault
from accounts.models import User
from accounts.roles import MANAGES_ACCOUNTS

TOTP = Authenticator.Type.TOTP
CODE_DIGEST = "last_code"
# What of an authenticator's data is encrypted: an app's key, and what recovery codes of earlier releases come from.
SECRETS = ("secret", "seed")


def is_compulsory(user: Any) -> bool:
    """Whether the settings oblige this account to have a second factor."""
    return settings.SECOND_FACTOR_FOR_ALL or (settings.SECOND_FACTOR_FOR_ADMINS and user.has_perm(MANAGES_ACCOUNTS))


def is_missing(request: HttpRequest) -> bool:
    """Whether whoever is signed in must first set one up. The company's own sign-in has asked for its own."""
    if not is_compulsory(request.user):
        return False
    methods = {record["method"] for record in get_authentication_records(request, request.user)}
    return not methods & {"mfa", "socialaccount"} and not has_one(request.user)


def has_one(user: Any) -> bool:
    """Whether the account has a second factor; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def remove_all(user: User) -> int:
    """Takes an account's second factors away, recovery codes included. Returns how many there were."""
    return Authenticator.objects.filter(user=user).delete()[0]


def encrypt_anew() -> int:
    """Encrypts the secrets of all second factors with the SECRET_KEY of now. Returns of how many."""
    done = 0
    for pk in list(Authenticator.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            own = Authenticator.objects.select_for_update().filter(pk=pk, data__has_any_keys=list(SECRETS)).first()
            if own is None:
                continue
            own.data |= {name: vault.encrypt(vault.decrypt(own.data[name])) for name in SECRETS if name in own.data}
            own.save(update_fields=["data"])
            done += 1
    return done


def use_up(app: Authenticator, code: str) -> None:
    """Notes that an app's code was used. Raises ValidationError where it was already, in whichever process."""
    digest = salted_hmac("accounts.factors.code", normalize_user_code(code), algorithm="sha256").hexdigest()
    with transaction.atomic():
        own = Authenticator.objects.select_for_update().get(pk=app.pk)
        if own.data.get(CODE_DIGEST) == digest:
            raise forms.ValidationError(_("This code was used already. Wait for the next one."))
        own.data[CODE_DIGEST] = digest
        own.save(update_fields=["data"])


class _Throttled(forms.Form):
    """A code that can't be guessed without end."""

    user: User

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        attributes = self.fields["code"].widget.attrs
        attributes.pop("placeholder", None)
        attributes |= {"inputmode": "numeric", "autofocus": True}

    def clean_code(self) -> str:
        """The code, where it is right and was not used before."""
        request, name = context.request, self.user.get_username()
        try:
            with throttle.trying(request, name, what=throttle.CODE) as attempt:
                code = self.right_code()
                authenticator = getattr(self, "authenticator", None)
                if authenticator is not None and authenticator.type == TOTP:
                    use_up(authenticator, code)
                attempt.succeeded()
        except throttle.TooManyTriesError as refusal:
            raise forms.ValidationError(f"{_('Too many wrong codes.')} {refusal.sentence}") from None
        except forms.ValidationError:
            sign_ins.record_failure(request, name, how="code", is_lockout=attempt.is_last)
            raise
        return code

    def right_code(self) -> str:
        """The code. Raises ValidationError where it is none of the account's."""
        return super().clean_code()  # type: ignore[misc]


class _OfAnyFactor(_Throttled):
    """An app's code, or one of the recovery codes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs |= {"inputmode": "text", "autocapitalize": "none", "spellcheck": "false"}

    def right_code(self) -> str:
        """The code, of whichever of the two."""
        code = self.cleaned_data["code"]
        self.authenticator = recovery.use(self.user, code)
        return code if self.authenticator else super().right_code()


class CodeForm(_OfAnyFactor, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(_OfAnyFactor, ReauthenticateForm):
    """Who is signed in, asked anew."""


class NewAppForm(_Throttled, ActivateTOTPForm):
    """An authenticator app that is set up."""
