"""What a passkey answers: anybody may post it without signing in, so it is looked at before it is taken apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core import context
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from accounts import sign_ins

# Many times what the largest of them is.
CREDENTIAL_MOST = 32 * 1024
# What taking apart JSON, base64 and CBOR that nobody's key has written can end in.
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, DatabaseError)


class CredentialField(forms.JSONField):
    """The answer in JSON: an object of reasonable size."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """The object."""
        with _refusing_the_unreadable():
            found = super().to_python(value) if len(value or "") <= CREDENTIAL_MOST else None
        if not isinstance(found, dict):
            raise _unreadable()
        return found


class _Passkey(forms.Form):
    """Checks a passkey, and puts on record where it was none of the account's."""

    user: Any
    credential = CredentialField()

    def clean_credential(self) -> Any:
        """The factor that it belongs to."""
        try:
            with _refusing_the_unreadable():
                return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            name = self.user.get_username() if self.user else ""
            sign_ins.record_failure(context.request, name, how="passkey")
            raise


class SecondStepForm(_Passkey, webauthn.AuthenticateWebAuthnForm):
    """The second step of signing in."""


class SignInForm(_Passkey, webauthn.LoginWebAuthnForm):
    """Signing in by a passkey alone."""


class AgainForm(_Passkey, webauthn.ReauthenticateWebAuthnForm):
    """Who is signed in, asked anew."""


class NewPasskeyForm(webauthn.AddWebAuthnForm):
    """A passkey that is set up."""

    name = forms.CharField(required=False, max_length=100)
    credential = CredentialField()

    def clean(self) -> dict:
        """Everything, the key's answer included."""
        with _refusing_the_unreadable():
            return super().clean()


@contextmanager
def _refusing_the_unreadable() -> Iterator[None]:
    try:
        yield
    except UNREADABLE:
        raise _unreadable() from None


def _unreadable() -> ValidationError:
    return ValidationError(_("That was no answer of a passkey."))
