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


class Teller:
    """Tells past times as say_ago and say_exactly do, with zone, language and day looked up once for a long list."""

    def __init__(self, now: datetime) -> None:
        self._now, self._zone, self._language = now, timezone.get_current_timezone(), get_language()
        self._today = now.astimezone(self._zone).date()

    def here(self, moment: datetime) -> datetime:
        """The same moment in the portal's time zone."""
        return moment.astimezone(self._zone)

    def ago(self, moment: datetime) -> str:
        """See say_ago."""
        if self._now - moment < SOON:
            return _("just now")
        if self._now - moment < HOUR:
            minutes = int((self._now - moment) / SOON)
            return ngettext("%(count)d min ago", "%(count)d min ago", minutes) % {"count": minutes}
        here = self.here(moment)
        said = _day_and_time(self._language, here.date(), self._today)
        return said % {"time": f"{here.hour:02}:{here.minute:02}"}

    def exactly(self, moment: datetime) -> str:
        """See say_exactly."""
        here = self.here(moment)
        return f"{_day_in(self._language, here.date(), 'j F Y')}, {here.hour:02}:{here.minute:02}:{here.second:02}"


def say_ago(moment: datetime, now: datetime) -> str:
    """A past time: “just now”, “5 min ago”, “today 09:12”, “yesterday 16:40”, “12 Mar, 16:40”, “12 Mar 2025”."""
    return Teller(now).ago(moment)


def say_exactly(moment: datetime) -> str:
    """The exact time, for where somebody asks: “12 March 2026, 16:40:07”."""
    return Teller(moment).exactly(moment)


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
def _day_and_time(language: str | None, day: date, today: date) -> str:
    """A day as it is seen today, with a place for the time where that is still of interest."""
    if day == today:
        return _("today %(time)s")
    if (today - day).days == 1:
        return _("yesterday %(time)s")
    if day.year == today.year:
        return _("%(day)s, %(time)s") % {"day": _day_in(language, day, "j M"), "time": "%(time)s"}
    return _day_in(language, day, "j M Y")


@lru_cache(maxsize=500)
def _day_in(language: str | None, day: date, layout: str) -> str:
    del language  # the months are in it
    return date_format(day, layout)
