"""Why nothing can be sent now, since when, until when, and who acts."""

from datetime import datetime

from django.utils.translation import gettext as _

from contacts.delivery.gate import Standing
from contacts.models import Reason
from contacts.operations import alerts
from contacts.wording.reasons import sentence
from contacts.wording.times import say_since, say_until, say_when


def gate_notice(standing: Standing, now: datetime) -> str:
    """Why nothing can be sent now, since when, until when or who acts; empty while the gate is open."""
    if standing.is_open:
        return ""
    lines = (closed_because(standing, now), _since_when(standing, now), *_what_next(standing, now))
    return " ".join(line for line in lines if line)


def closed_because(standing: Standing, now: datetime) -> str:
    """Why the gate is closed, in a sentence."""
    if standing.reason == Reason.RATE_LIMITED and standing.until is not None:
        return _("Waiting for Leonar's hourly limit until %(time)s.") % {"time": say_until(standing.until, now)}
    return sentence(standing.reason)


def key_trouble(detail: str) -> str:
    """What is wrong with the key, from the detail that the gate keeps; empty where it says nothing more."""
    if "401" in detail:
        return _("The key is missing or wrong.")
    if "402" in detail:
        return _("The account behind the key has to be paid for.")
    if "403" in detail:
        return _("The key lacks the permission to create contacts (contacts:write).")
    return ""


def who_acts() -> str:
    """That an admin has to fix it, and whether the portal tells one."""
    if alerts.admins_are_told():
        return _("An admin is told and has to fix it.")
    return _("An admin has to fix it; the portal can't tell one automatically.")


def _since_when(standing: Standing, now: datetime) -> str:
    if standing.since is None:
        return ""
    return _("Nothing has been sent %(since)s.") % {"since": say_since(standing.since, now)}


def _what_next(standing: Standing, now: datetime) -> list[str]:
    if standing.until is None:
        trouble = key_trouble(standing.detail) if standing.reason == Reason.KEY_REFUSED else ""
        return [trouble, who_acts(), _("Everything is saved and sent automatically afterwards.")]
    if standing.reason == Reason.RATE_LIMITED:
        return [_("Everything is saved and sent automatically then.")]
    when = say_when(standing.until, now)
    saved = _("Everything is saved and sent automatically; next try %(when)s.") % {"when": when}
    return [who_acts(), saved] if standing.reason == Reason.UNTRUSTED else [saved]
