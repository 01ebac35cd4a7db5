"""Times as people say them, in the portal's time zone."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

# Below this, a clock time would be more exact than anybody can use.
MOMENT = timedelta(seconds=5)
SOON = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def say_when(moment: datetime, now: datetime) -> str:
    """A future time: “in a moment”, “within a minute”, “at 14:05”, “tomorrow at 09:10”, “on 15 March at 14:00”."""
    if moment - now <= MOMENT:
        return _("in a moment")
    if moment - now < SOON:
        return _("within a minute")
    days, clock = _days_between(now, moment), _clock(moment)
    if days == 0:
        return _("at %(time)s") % {"time": clock}
    if days == 1:
        return _("tomorrow at %(time)s") % {"time": clock}
    return _("on %(day)s at %(time)s") % {"day": _day(moment, "j F"), "time": clock}


def say_until(moment: datetime, now: datetime) -> str:
    """The end of a wait: “14:05”, “tomorrow 09:10”, “15 March, 14:00”."""
    days, clock = _days_between(now, moment), _clock(moment)
    if days == 0:
        return clock
    if days == 1:
        return _("tomorrow %(time)s") % {"time": clock}
    return _("%(day)s, %(time)s") % {"day": _day(moment, "j F"), "time": clock}


def say_since(moment: datetime, now: datetime) -> str:
    """When something that still lasts began: “since 14:05”, “since yesterday 09:10”, “since 15 March, 14:00”."""
    days, clock = _days_between(moment, now), _clock(moment)
    if days == 0:
        return _("since %(time)s") % {"time": clock}
    if days == 1:
        return _("since yesterday %(time)s") % {"time": clock}
    return _("since %(day)s, %(time)s") % {"day": _day(moment, "j F"), "time": clock}


def say_ago(moment: datetime, now: datetime) -> str:
    """A past time: “just now”, “5 min ago”, “today 09:12”, “yesterday 16:40”, “12 Mar, 16:40”, “12 Mar 2025”."""
    if now - moment < SOON:
        return _("just now")
    if now - moment < HOUR:
        minutes = int((now - moment) / SOON)
        return ngettext("%(count)d min ago", "%(count)d min ago", minutes) % {"count": minutes}
    here, today = timezone.localtime(moment), timezone.localdate(now)
    day, clock = here.date(), f"{here:%H:%M}"
    if day == today:
        return _("today %(time)s") % {"time": clock}
    if (today - day).days == 1:
        return _("yesterday %(time)s") % {"time": clock}
    if day.year == today.year:
        return _("%(day)s, %(time)s") % {"day": _day_in(get_language(), day, "j M"), "time": clock}
    return _day_in(get_language(), day, "j M Y")


def say_exactly(moment: datetime) -> str:
    """The exact time, for where somebody asks: “12 March 2026, 16:40:07”."""
    here = timezone.localtime(moment)
    return f"{_day_in(get_language(), here.date(), 'j F Y')}, {here:%H:%M:%S}"


def say_duration(seconds: float) -> str:
    """How long a call took: “84 ms”, “2.3 s”."""
    if seconds < 1:
        return _("%(count)d ms") % {"count": round(seconds * 1000)}
    return _("%(count).1f s") % {"count": seconds}


def _days_between(earlier: datetime, later: datetime) -> int:
    return (timezone.localdate(later) - timezone.localdate(earlier)).days


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def _day(moment: datetime, layout: str) -> str:
    return _day_in(get_language(), timezone.localdate(moment), layout)


# A list's rows are of few days, and Django's way to write one is most of what a row's times cost.
@lru_cache(maxsize=500)
def _day_in(language: str | None, day: date, layout: str) -> str:
    del language  # the months are in it
    return date_format(day, layout)
