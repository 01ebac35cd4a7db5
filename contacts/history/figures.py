"""Figures of what was entered: counted day by day and recruiter by recruiter, added up for a page.

The deliverer's housekeeping counts; no page does. A day is counted while it lasts, and again while something of it is
still open, a few such days a round.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from contacts.models import Attempt, DayFigures, Event, Submission, current_workspace
from contacts.models.submission import FINISHED_STATES

# How many days are counted in one round.
DAYS_A_ROUND = 30
# Each step of the histogram of times is so much longer than the one before.
STEP = 1.2

State = Submission.State
Verdict = Attempt.Verdict


@dataclass(slots=True)
class Figures:
    """What some entries came to. `states` and `reasons` are counts by value, `times` a histogram by its steps."""

    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    times: Counter[str] = field(default_factory=Counter)
    # How long entering took, and how many keys, for those whose page told.
    entering: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)
    # By reader of what was pasted: its values, and those that people changed.
    read: Counter[str] = field(default_factory=Counter)
    corrected: Counter[str] = field(default_factory=Counter)
    hints: int = 0
    hints_heeded: int = 0
    twins: int = 0
    # Forms of somebody who was entered before that were given up when the portal asked.
    twins_heeded: int = 0
    first_try: int = 0
    found_by_check: int = 0
    # The most of Leonar's hourly limit that was used, in per cent; 0 where it told nothing.
    limit_used: int = 0

    @property
    def entered(self) -> int:
        """All of them."""
        return self.states.total()

    @property
    def created(self) -> int:
        """Those that are in Leonar."""
        return self.states[State.CREATED]

    def add(self, other: "Figures") -> None:
        """Counts `other` in."""
        self.states += other.states
        self.reasons += other.reasons
        self.times += other.times
        self.entering += other.entering
        self.keys += other.keys
        self.read += other.read
        self.corrected += other.corrected
        self.hints += other.hints
        self.hints_heeded += other.hints_heeded
        self.twins += other.twins
        self.twins_heeded += other.twins_heeded
        self.first_try += other.first_try
        self.found_by_check += other.found_by_check
        self.limit_used = max(self.limit_used, other.limit_used)

    def seconds(self, share: float) -> float | None:
        """Within how many seconds this share of those created was created, to a tenth; None where there are none."""
        return within(self.times, share)

    def to_json(self) -> dict[str, Any]:
        """As a row keeps it."""
        return {
            "states": self.states,
            "reasons": self.reasons,
            "times": self.times,
            "entering": self.entering,
            "keys": self.keys,
            "read": self.read,
            "corrected": self.corrected,
            "hints": self.hints,
            "hints_heeded": self.hints_heeded,
            "twins": self.twins,
            "twins_heeded": self.twins_heeded,
            "first_try": self.first_try,
            "found_by_check": self.found_by_check,
            "limit_used": self.limit_used,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Figures":
        """Of a row."""
        return cls(
            states=Counter(kept["states"]),
            reasons=Counter(kept["reasons"]),
            times=Counter(kept["times"]),
            entering=Counter(kept.get("entering", {})),
            keys=Counter(kept.get("keys", {})),
            read=Counter(kept.get("read", {})),
            corrected=Counter(kept.get("corrected", {})),
            hints=kept.get("hints", 0),
            hints_heeded=kept.get("hints_heeded", 0),
            twins=kept.get("twins", 0),
            twins_heeded=kept.get("twins_heeded", 0),
            first_try=kept["first_try"],
            found_by_check=kept["found_by_check"],
            limit_used=kept["limit_used"],
        )


def within(histogram: Counter[str], share: float) -> float | None:
    """The value that this share does not exceed, to a tenth; None where there is none."""
    left = share * histogram.total()
    for step in sorted(histogram, key=int):
        left -= histogram[step]
        if left <= 0:
            return STEP ** (int(step) + 0.5)
    return None


def roll_up() -> bool:
    """Counts the days that are due. True if more are."""
    today = timezone.localdate()
    days = list(_uncounted(today))
    for day in days:
        _count(day)
    if len(days) >= DAYS_A_ROUND:
        return True
    for day in _open_days(today)[: DAYS_A_ROUND - len(days)]:
        _count(day)
    return False


def of_days(viewer: Any, *, since: date) -> list[tuple[date, Any, Figures]]:
    """Day, recruiter and figures since then, as far as `viewer` may see them: their own, or everybody's."""
    rows = DayFigures.objects.filter(workspace=settings.LEONAR_WORKSPACE, day__gte=since).order_by("day")
    if not viewer.has_perm("contacts.review_all_submissions"):
        rows = rows.filter(recruiter=viewer)
    return [(row.day, row.recruiter, Figures.from_json(row.figures)) for row in rows.select_related("recruiter")]


def total(several: Iterable[Figures]) -> Figures:
    """All of them together."""
    whole = Figures()
    for each in several:
        whole.add(each)
    return whole


def _uncounted(today: date) -> Iterator[date]:
    """From the last day that was counted on, that one and the day before included; a few at a time."""
    last = DayFigures.objects.filter(workspace=settings.LEONAR_WORKSPACE).order_by("-day").first()
    day: date | None = _next_with_entries(last.day - timedelta(days=1) if last else date(1970, 1, 2))
    for _ in range(DAYS_A_ROUND):
        if day is None or day > today:
            return
        yield day
        day = _next_with_entries(day + timedelta(days=1))


def _next_with_entries(day: date) -> date | None:
    found = Submission.objects.here().filter(created_at__gte=_start_of(day)).order_by("created_at", "id")
    moment = found.values_list("created_at", flat=True).first()
    return timezone.localdate(moment) if moment else None


def _open_days(today: date) -> list[date]:
    """Those counted longest ago first; today and yesterday are counted anyway."""
    rows = DayFigures.objects.filter(
        workspace=settings.LEONAR_WORKSPACE, is_open=True, day__lt=today - timedelta(days=1)
    )
    days = rows.order_by("counted_at").values_list("day", flat=True)[: DAYS_A_ROUND * 10]
    return list(dict.fromkeys(days))


def _count(day: date) -> None:
    now = timezone.now()
    start, end = _start_of(day), _start_of(day + timedelta(days=1))
    entered = Submission.objects.here().filter(created_at__gte=start, created_at__lt=end)
    found: dict[int, Figures] = {}
    by_whom: dict[Any, int] = {}
    created: dict[Any, bool] = {}
    for id_, by, state, settled_by, created_at, settled_at, facts in entered.values_list(
        "pk", "created_by", "state", "settled_by", "created_at", "settled_at", "facts"
    ):
        figures = found.setdefault(by, Figures())
        by_whom[id_] = by
        _count_facts(figures, facts or {})
        figures.states[state] += 1
        if state == State.CREATED:
            figures.found_by_check += settled_by == Submission.SettledBy.CHECK
            if settled_at:
                figures.times[_step((settled_at - created_at).total_seconds())] += 1
            # A browser without scripts tells nothing, and its first press is taken for one.
            created[id_] = settled_by == Submission.SettledBy.ANSWER and (facts or {}).get("presses", 1) == 1
    _count_attempts(entered, found, by_whom, created)
    _count_heeded(start, end, found)
    with transaction.atomic():
        for by, figures in found.items():
            DayFigures.objects.update_or_create(
                workspace=current_workspace(),
                day=day,
                recruiter_id=by,
                defaults={
                    "figures": figures.to_json(),
                    "is_open": bool(set(figures.states) - set(FINISHED_STATES)),
                    "counted_at": now,
                },
            )


def _count_attempts(entered: Any, found: dict[int, Figures], by_whom: dict[Any, int], created: dict[Any, bool]) -> None:
    attempts = Attempt.objects.filter(submission__in=entered, kind=Attempt.Kind.SEND).order_by()
    for id_, verdict, reason, limit in attempts.values_list("submission", "verdict", "reason", "rate_limit"):
        figures = found.get(by_whom.get(id_, 0))
        if figures is None:
            continue
        if verdict not in (Verdict.CREATED, Verdict.OPEN):
            figures.reasons[reason] += 1
            created[id_] = False
        figures.limit_used = max(figures.limit_used, _used(limit))
    for id_, is_first_try in created.items():
        found[by_whom[id_]].first_try += is_first_try


def _count_facts(figures: Figures, facts: dict[str, int]) -> None:
    if facts.get("seconds"):
        figures.entering[_step(facts["seconds"])] += 1
    if facts.get("keys"):
        figures.keys[_step(facts["keys"])] += 1
    for name, count in facts.items():
        what, _separator, reader = name.partition("_")
        if what == "read":
            figures.read[reader] += count
        elif what == "corrected":
            figures.corrected[reader] += count
    figures.hints += facts.get("hints", 0)
    figures.hints_heeded += facts.get("heeded", 0)
    figures.twins += bool(facts.get("twins"))


def _count_heeded(start: datetime, end: datetime, found: dict[int, Figures]) -> None:
    """Of the forms that were asked about a twin, those that have not been sent."""
    events = Event.objects.filter(kind=Event.Kind.TWIN_ASKED, workspace=settings.LEONAR_WORKSPACE)
    asked = {
        (by, UUID(details["form"]))
        for by, details in events.filter(at__gte=start, at__lt=end).values_list("actor", "details")
    }
    if not asked:
        return
    own = Submission.objects.here().filter(
        created_by__in={by for by, _form in asked}, token__in={form for _by, form in asked}
    )
    for by, _form in asked - set(own.values_list("created_by", "token")):
        found.setdefault(by, Figures()).twins_heeded += 1


def _used(limit: dict[str, Any] | None) -> int:
    limit = limit or {}
    most, left = limit.get("limit"), limit.get("remaining")
    if not most or left is None:
        return 0
    return round(100 * max(0, most - left) / most)


def _step(seconds: float) -> str:
    return str(math.floor(math.log(max(seconds, 0.001), STEP)))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
