"""The digest: one mail to admins about everything that needs them, when there is news and once a day while it lasts."""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import Digest, Reason, Submission, current_workspace
from contacts.operations import readiness

log = logging.getLogger(__name__)

# Mail that goes nowhere: Django's own for trying things out.
SILENT_BACKENDS = tuple(f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy"))
# A recruiter settles what waits for a person; admins hear of what has waited longer.
WAITS_LONG = timedelta(hours=1)
AGAIN_AFTER = timedelta(days=1)
# A try that has neither succeeded nor failed by then was cut off, by the end of its process say.
TRY_LASTS = timedelta(minutes=5)


def admins_are_told() -> bool:
    """Whether anybody gets the digest: recipients are named, and mail leaves this machine."""
    return bool(settings.DIGEST_RECIPIENTS) and settings.EMAIL_BACKEND not in SILENT_BACKENDS


@dataclass(frozen=True, slots=True)
class News:
    """What a digest says: counts and reasons, never a contact's data."""

    gate: str = ""
    is_overdue: bool = False
    waiting: int = 0

    def is_worth_telling_after(self, told: "News") -> bool:
        """Whether something has come up that `told` did not say; a number that has grown is not news by itself."""
        return bool(
            (self.gate and self.gate != told.gate)
            or (self.is_overdue and not told.is_overdue)
            or (self.waiting and not told.waiting)
        )


def send_digest() -> None:
    """Writes to DIGEST_RECIPIENTS if there is news, or if what was said a day ago still holds.

    Does nothing where nobody is told. What is over is forgotten, so that it is news when it comes again. A mail that
    can't be sent is logged and tried again at the next call. Any number of processes may call this.
    """
    if not admins_are_told():
        return
    now = timezone.now()
    news = _news(now)
    if not _take(news, now):
        return
    is_sent = _send(news)
    done = {"said": asdict(news), "sent_at": now} if is_sent else {}
    Digest.objects.filter(workspace=settings.LEONAR_WORKSPACE).update(tried_at=None, **done)


def _news(now: datetime) -> News:
    seen = readiness.look(now)
    waiting = Submission.objects.here().unfinished_before(now).filter(created_at__lt=now - WAITS_LONG)
    return News(
        gate=seen.standing.reason if seen.standing.needs_admin else "",
        is_overdue=seen.is_stuck,
        waiting=waiting.count(),
    )


def _take(news: News, now: datetime) -> bool:
    """Whether this process writes now; at most one does."""
    with transaction.atomic():
        Digest.objects.get_or_create(workspace=current_workspace())
        last = Digest.objects.select_for_update().get(workspace=settings.LEONAR_WORKSPACE)
        told = News(**last.said)
        if last.tried_at is not None and now - last.tried_at < TRY_LASTS:
            return False
        is_daily = news != News() and last.sent_at is not None and now - last.sent_at >= AGAIN_AFTER
        if not is_daily and not news.is_worth_telling_after(told):
            _forget_what_is_over(last, told, news)
            return False
        last.tried_at = now
        last.save()
    return True


def _forget_what_is_over(last: Digest, told: News, news: News) -> None:
    still = News(
        told.gate if news.gate else "", told.is_overdue and news.is_overdue, told.waiting if news.waiting else 0
    )
    if still != told:
        last.said = asdict(still)
        last.save()


def _send(news: News) -> bool:
    try:
        send_mail(_subject(news), "\n\n".join(_lines(news)), None, settings.DIGEST_RECIPIENTS)
    except (OSError, SMTPException) as error:
        log.error("digest not sent: %s", type(error).__name__)
        return False
    log.info("digest sent: gate=%s overdue=%s waiting=%s", news.gate or "-", news.is_overdue, news.waiting)
    return True


def _subject(news: News) -> str:
    if news.gate:
        return _("Leonar Portal: nothing can be sent until an admin acts")
    if news.is_overdue:
        return _("Leonar Portal: nothing is being sent")
    return _("Leonar Portal: entries have been waiting for more than an hour")


def _lines(news: News) -> list[str]:
    lines = []
    if news.gate:
        reason = Reason(news.gate).label
        lines.append(
            _("Nothing can be sent: %(reason)s. Fix the cause, then reopen the way in the portal.") % {"reason": reason}
        )
    if news.is_overdue:
        lines.append(_("Work that is due is not being done. Look whether `manage.py deliver` is running."))
    if news.waiting:
        waiting = ngettext(
            "%(count)d entry has been waiting for more than an hour; the history in the portal shows it.",
            "%(count)d entries have been waiting for more than an hour; the history in the portal lists them.",
            news.waiting,
        )
        lines.append(waiting % {"count": news.waiting})
    return [*lines, _("Everything is still accepted and saved.")]
