"""Links by which somebody sets a password, for a new account or where one is lost; each is good once, for a while.

The link is the account's own state, signed: it ends when a password is set, when its owner signs in, when another is
made, and with time.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from accounts import sign_ins
from accounts.account import give_role
from accounts.models import User
from contacts.models.event import Event

log = logging.getLogger(__name__)


class _Tokens(PasswordResetTokenGenerator):
    key_salt = "accounts.invitations"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        """With the latest link on record, so that it ends those before, which may have gone to somebody else."""
        links = Event.objects.filter(kind=Event.Kind.INVITED, account=user.pk).order_by("-pk")
        return f"{super()._make_hash_value(user, timestamp)}{links.values_list('pk', flat=True).first()}"


tokens = _Tokens()


def invite(request: HttpRequest, *, name: str, email: str, role: str) -> tuple[User, str]:
    """Makes an account that has no password yet, and the link for its owner."""
    with transaction.atomic():
        account = User(username=name, email=email)
        account.set_unusable_password()
        account.save()
        give_role(account, role, by=request.user)
        return account, make_link(request, account)


def make_link(request: HttpRequest, account: User) -> str:
    """A link to set this account's password, on record with who made it. Whoever has the link has the account."""
    ends = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    sign_ins.record(Event.Kind.INVITED, request, account=account, by=request.user, ends=ends.isoformat())
    named = {"uidb64": urlsafe_base64_encode(force_bytes(account.pk)), "token": tokens.make_token(account)}
    return request.build_absolute_uri(reverse("accept_invitation", kwargs=named))


def mail(account: User, link: str) -> bool:
    """Sends the link to the account's own address. False where there is no address, no mail server, or it refused."""
    if not account.email or not settings.SENDS_MAIL:
        return False
    text = _("Choose a password for Leonar Portal, where you sign in as %(name)s:\n\n%(link)s\n\nThe link works once.")
    try:
        send_mail(_("Your account on Leonar Portal"), text % {"name": account, "link": link}, None, [account.email])
    except (OSError, SMTPException) as error:
        log.warning("invitation_not_mailed account=%s cause=%s", account.pk, type(error).__name__)
        return False
    return True
