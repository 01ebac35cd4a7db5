"""Filters that templates need to speak as the rest of the portal does."""

import json
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.delivery.gate import Standing
from contacts.models import Submission
from contacts.wording import cards, stories

register = template.Library()

register.filter("field_label", cards.field_label)
register.filter("readable", cards.readable)
register.filter("card", cards.card)

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


@register.filter
def state_label(submission: Submission) -> stories.StateLabel:
    """The state as meaning, icon and word."""
    return stories.state_label(submission)


@register.filter
def gate_notice(standing: Standing) -> str:
    """Why nothing can be sent now; empty while the gate is open."""
    return stories.gate_notice(standing, timezone.now())


@register.filter
def ago(moment: datetime) -> str:
    """A past time as people say it: “just now”, “5 min ago”, “today 09:12”, “yesterday 16:40”, “12 Mar, 16:40”."""
    seconds = (timezone.now() - moment).total_seconds()
    local, today = timezone.localtime(moment), timezone.localdate()
    if seconds < MINUTE:
        return _("just now")
    if seconds < HOUR:
        minutes = int(seconds // MINUTE)
        return ngettext("%(count)d min ago", "%(count)d min ago", minutes) % {"count": minutes}
    days = (today - local.date()).days
    clock = date_format(local, "H:i")
    if days == 0:
        return _("today %(time)s") % {"time": clock}
    if days == 1:
        return _("yesterday %(time)s") % {"time": clock}
    if local.year == today.year:
        return _("%(day)s, %(time)s") % {"day": date_format(local, "j M"), "time": clock}
    return date_format(local, "j M Y")


@register.filter
def exactly(moment: datetime) -> str:
    """The exact time, for where somebody asks: “12 March 2026, 16:40:07”."""
    return date_format(timezone.localtime(moment), "j F Y, H:i:s")


@register.filter
def indented(value: object) -> str:
    """JSON laid out for reading."""
    return json.dumps(value, ensure_ascii=False, indent=2)


@register.filter
def seconds(value: float) -> str:
    """A duration: “84 ms”, “2.3 s”."""
    if value < 1:
        return _("%(count)d ms") % {"count": round(value * 1000)}
    return _("%(count).1f s") % {"count": value}
