"""What the insights page says: headline numbers, charts and tables of a period."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.history.figures import Figures, total, within
from contacts.models import Reason, Submission
from contacts.wording import charts

PERIODS = {
    7: gettext_lazy("7 days"),
    30: gettext_lazy("30 days"),
    90: gettext_lazy("90 days"),
    365: gettext_lazy("a year"),
}
# As many columns as can be told apart: longer periods are drawn by the week and by the month.
DAYS_MOST, WEEKS_MOST = 31, 26
REASONS_SHOWN = 6

# The readers of what is pasted, see contacts/reading/readers.
READERS = {
    "vcard": gettext_lazy("vCards"),
    "table": gettext_lazy("Rows of a table"),
    "chat": gettext_lazy("Chats"),
    "letter": gettext_lazy("Letters and mails"),
    "encoded": gettext_lazy("Names in mail headers"),
    "labels": gettext_lazy("Lines with a label"),
    "people": gettext_lazy("Name and address in one line"),
    "addresses": gettext_lazy("Addresses"),
    "phones": gettext_lazy("Phone numbers"),
    "experience": gettext_lazy("Years of experience"),
    "introduction": gettext_lazy("Sentences"),
    "places": gettext_lazy("Places"),
    "signature": gettext_lazy("Signatures"),
    "address": gettext_lazy("Last names from addresses"),
}

State = Submission.State
Found = Sequence[tuple[date, Any, Figures]]

_OUTCOMES = (
    ("created", State.CREATED.label, (State.CREATED,)),
    ("waiting", State.QUEUED.label, (State.QUEUED, State.SENDING)),
    ("checking", State.UNCONFIRMED.label, (State.UNCONFIRMED,)),
    ("needs", gettext_lazy("Refused by Leonar"), (State.REJECTED,)),
    ("discarded", State.DISCARDED.label, (State.DISCARDED,)),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number to look at first, and what it is."""

    label: str
    value: str
    note: str = ""


def first_day(days: int, today: date) -> date:
    """The first of so many days of which today is the last."""
    return today - timedelta(days=days - 1)


def headline(found: Found) -> list[Number]:
    """The few numbers of the whole period."""
    whole = total(figures for _day, _who, figures in found)
    return [
        Number(_("Entered"), _grouped(whole.entered)),
        Number(_("Created in Leonar"), _grouped(whole.created), _share(whole.created, whole.entered)),
        Number(_("At the first try"), _share(whole.first_try, whole.created) or "–", _("of those created")),
        Number(_("Time until created"), _time(whole.seconds(0.5)), _slowest(whole)),
        Number(_("Time to enter a contact"), _time(within(whole.entering, 0.5)), _keys(whole)),
        Number(_("Hints followed"), _share(whole.hints_heeded, whole.hints) or "–", _hinted(whole)),
        Number(_("Duplicates announced"), _grouped(whole.twins + whole.twins_heeded), _heeded(whole)),
        Number(_("Found by checking"), _grouped(whole.found_by_check)),
        Number(
            _("Leonar's hourly limit"),
            f"{whole.limit_used}\u00a0%" if whole.limit_used else "–",
            _("used at most, as its answers told"),
        ),
    ]


def by_time(found: Found, *, since: date, today: date) -> charts.Columns:
    """Outcomes of what was entered, by the day, the week or the month."""
    places = _places(since, today)
    summed: dict[date, Figures] = {start: Figures() for start, _name in places}
    starts = list(summed)
    for day, _who, figures in found:
        summed[starts[bisect_right(starts, day) - 1]].add(figures)
    names = [name for _start, name in places]
    return charts.columns(
        "by-time",
        title=_("Entries and what became of them"),
        description=_("%(count)s entries, by the day they were entered on, longer periods by the week or the month.")
        % {"count": _grouped(sum(each.entered for each in summed.values()))},
        heading=_("Entered"),
        names=names,
        series=_series([summed[start] for start, _name in places]),
    )


def by_recruiter(found: Found) -> list[tuple[str, str, str, str, str]]:
    """Name, how many were entered and created, share at the first try, usual time; who entered most first."""
    summed: dict[Any, Figures] = defaultdict(Figures)
    for _day, who, figures in found:
        summed[who].add(figures)
    rows = sorted(summed.items(), key=lambda each: -each[1].entered)
    return [
        (
            who.shown_name,
            _grouped(figures.entered),
            _grouped(figures.created),
            _share(figures.first_try, figures.created) or "–",
            _time(figures.seconds(0.5)),
        )
        for who, figures in rows
    ]


def by_recruiter_and_time(found: Found, *, since: date, today: date) -> charts.Smalls | None:
    """What each recruiter entered, over the same time as by_time; None where there is one alone."""
    starts, names = zip(*_places(since, today), strict=True)
    entered: dict[Any, list[int]] = {}
    for day, who, figures in found:
        counts = entered.setdefault(who, [0] * len(starts))
        counts[bisect_right(starts, day) - 1] += figures.entered
    if len(entered) < 2:
        return None
    busiest_first = sorted(entered.items(), key=lambda each: -sum(each[1]))
    return charts.smalls(
        "by-recruiter-and-time",
        title=_("Entries of each recruiter"),
        description=_("All drawn to one scale, longer periods by the week or the month."),
        heading=_("Entered"),
        names=names,
        rows=[(who.shown_name, counts) for who, counts in busiest_first],
    )


def top_reasons(found: Found) -> list[tuple[str, int]]:
    """Why attempts came to nothing, the most frequent first."""
    whole = total(figures for _day, _who, figures in found)
    return [(str(Reason(reason).label), count) for reason, count in whole.reasons.most_common(REASONS_SHOWN) if reason]


def by_reader(found: Found) -> list[tuple[str, int, int, str]]:
    """What was read out of pasted text, how much of it people changed, and its share; the most changed first."""
    whole = total(figures for _day, _who, figures in found)
    ordered = sorted(whole.read, key=lambda reader: (-whole.corrected[reader], -whole.read[reader], reader))
    return [
        (str(READERS.get(each, each)), whole.read[each], whole.corrected[each], _rate(whole, each)) for each in ordered
    ]


def _rate(whole: Figures, reader: str) -> str:
    return _share(whole.corrected[reader], whole.read[reader])


def _series(several: Sequence[Figures]) -> list[charts.Series]:
    return [
        charts.Series(meaning, str(label), [sum(each.states[state] for state in states) for each in several])
        for meaning, label, states in _OUTCOMES
    ]


def _places(since: date, today: date) -> list[tuple[date, str]]:
    """Where each column begins, and its name."""
    days = [since + timedelta(days=number) for number in range((today - since).days + 1)]
    if len(days) <= DAYS_MOST:
        return [(day, date_format(day, "j M")) for day in days]
    if len(days) <= WEEKS_MOST * 7:
        return [(day, date_format(day, "j M")) for day in days[::7]]
    return [(day, date_format(day, "M Y")) for day in days if day == since or day.day == 1]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}\u00a0%" if whole else ""


def _keys(whole: Figures) -> str:
    keys = within(whole.keys, 0.5)
    return _("%(count)d keys, usually") % {"count": round(keys)} if keys is not None else ""


def _hinted(whole: Figures) -> str:
    return _("of %(count)s shown") % {"count": _grouped(whole.hints)} if whole.hints else ""


def _heeded(whole: Figures) -> str:
    share = _share(whole.twins_heeded, whole.twins + whole.twins_heeded)
    return _("%(share)s heeded, the others sent all the same") % {"share": share} if share else ""


def _slowest(whole: Figures) -> str:
    seconds = whole.seconds(0.95)
    return _("95 of 100 within %(time)s") % {"time": _time(seconds)} if seconds is not None else ""


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    if seconds < 1:
        return _("%(count).1f s") % {"count": seconds}
    if seconds < 90:
        return _("%(count)d s") % {"count": round(seconds)}
    if seconds < 5400:
        return _("%(count)d min") % {"count": round(seconds / 60)}
    return _("%(count)d h") % {"count": round(seconds / 3600)}
