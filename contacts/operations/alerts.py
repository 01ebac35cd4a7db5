"""What needs a person, and telling them: the count in the header, readiness, and the e-mail to admins."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.delivery import gate
from contacts.models import Gate, Reason, Submission

log = logging.getLogger(__name__)

State = Submission.State

# Due work that nobody has touched for this long means that no deliverer is running.
OVERDUE = timedelta(seconds=60)
# What waits longer than this is announced, once.
WAITS_LONG = timedelta(hours=1)


# Mail that goes nowhere: Django's own for trying things out.
SILENT_BACKENDS = tuple(f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy"))


def admins_are_told() -> bool:
    """Whether anybody gets the digest: recipients are named, and mail leaves this machine."""
    return bool(settings.DIGEST_RECIPIENTS) and settings.EMAIL_BACKEND not in SILENT_BACKENDS


def is_overdue(now: datetime | None = None) -> bool:
    """Whether work that may be done now has been waiting for longer than any running deliverer would let it."""
    now = now or timezone.now()
    late = Submission.objects.due(now - OVERDUE)
    if not gate.standing(now).is_open:
        # A closed gate explains everything but an expired lease.
        late = late.filter(state=State.SENDING)
    return late.exists()


def announce() -> None:
    """Writes to DIGEST_RECIPIENTS, once each, that the gate waits for a person or that something has waited too long.

    Does nothing where nobody is told. Carries counts and reasons, never a contact's data. A mail that can't be
    sent is logged and tried again at the next call.
    """
    if not admins_are_told():
        return
    now = timezone.now()
    _announce_closed_gate(now)
    _announce_long_waiting(now)


def _announce_closed_gate(now: datetime) -> None:
    closed = Gate.objects.filter(workspace=settings.LEONAR_WORKSPACE, announced_at=None).exclude(reason=Reason.NONE)
    # Untrusted certificates are tried again automatically, but it is an admin who must fix them.
    for_person = closed.filter(Q(closed_until=None) | Q(reason=Reason.UNTRUSTED))
    found = for_person.first()
    if found is None or not for_person.update(announced_at=now):
        return
    is_sent = _send(
        _("Leonar Portal: nothing can be sent until an admin acts"),
        _("%(reason)s. Submissions are still accepted and saved. Fix the cause, then reopen the way in the portal.")
        % {"reason": Reason(found.reason).label},
    )
    if not is_sent:
        Gate.objects.filter(pk=found.pk).update(announced_at=None)


def _announce_long_waiting(now: datetime) -> None:
    unfinished = Q(state__in=[State.QUEUED, State.UNCONFIRMED, State.REJECTED])
    waiting = Submission.objects.here().filter(unfinished, announced_at=None, created_at__lt=now - WAITS_LONG)
    count = waiting.update(announced_at=now)
    if not count:
        return
    is_sent = _send(
        _("Leonar Portal: submissions have been waiting for more than an hour"),
        _("%(count)d submissions wait for a person or could not be sent yet. The history in the portal lists them.")
        % {"count": count},
    )
    if not is_sent:
        Submission.objects.here().filter(announced_at=now).update(announced_at=None)


def _send(subject: str, body: str) -> bool:
    try:
        send_mail(subject, body, None, settings.DIGEST_RECIPIENTS)
    except (OSError, SMTPException) as error:
        log.error("digest not sent: %s", type(error).__name__)
        return False
    return True
