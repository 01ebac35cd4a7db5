"""Whether due work is being done, and if not, why and since when: for supervisors, the admin's page and the log."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Exists, Min, OuterRef, Q
from django.utils import timezone

from contacts.delivery import gate
from contacts.models import Attempt, Submission, SubmissionQuerySet

log = logging.getLogger(__name__)

State = Submission.State
Verdict = Attempt.Verdict

# Due work that nobody has done for this long is not being done.
OVERDUE = timedelta(seconds=60)
# Whatever the machine still tries, it tries within a day: no more of a long table is looked at.
LOOKS_AHEAD = timedelta(days=1)
# What came to nothing and is tried again: a send that provably left nothing, a check that got no answer.
IN_VAIN = (Verdict.NOT_SENT, Verdict.FAILED)

OK = "ok"
DELIVERER_OVERDUE = "overdue"
UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Readiness:
    """How delivery stands. `deliverer`, `sending` and `checking` are "ok" or say what is wrong.

    `sending` and `checking` name the gate's reason where it holds back due work, or that tries come to nothing.
    """

    standing: gate.Standing
    deliverer: str = OK
    sending: str = OK
    checking: str = OK
    due: int = 0
    oldest_due_at: datetime | None = None

    @property
    def is_ready(self) -> bool:
        """Whether whatever is due is being done."""
        return self.deliverer == self.sending == self.checking == OK

    @property
    def is_stuck(self) -> bool:
        """Whether something is not done that no closed gate explains."""
        return self.deliverer == DELIVERER_OVERDUE or UNANSWERED in (self.sending, self.checking)

    def as_json(self, now: datetime) -> dict[str, object]:
        """For machines: names and counts, nothing of a contact."""
        return {
            "database": OK,
            "deliverer": self.deliverer,
            "sending": self.sending,
            "checking": self.checking,
            "gate": self.standing.reason or "open",
            "gate_since": self.standing.since and self.standing.since.isoformat(),
            "gate_until": self.standing.until and self.standing.until.isoformat(),
            "due": self.due,
            "oldest_seconds": round((now - self.oldest_due_at).total_seconds()) if self.oldest_due_at else 0,
        }


def look(now: datetime | None = None, standing: gate.Standing | None = None) -> Readiness:
    """How delivery stands now, in the configured workspace. Raises django.db.DatabaseError where it can't be asked.

    `standing` is how the gate stands, where that is known already.
    """
    now = now or timezone.now()
    standing = standing or gate.standing(now)
    if not _is_any_due(now + LOOKS_AHEAD):
        return Readiness(standing)
    due = Submission.objects.due(now)
    oldest = due.aggregate(oldest=Min("due_at"))["oldest"]
    return Readiness(
        standing,
        deliverer=_deliverer(standing, now),
        sending=_sending(standing, now),
        checking=_checking(standing, now),
        due=due.count() if oldest else 0,
        oldest_due_at=oldest,
    )


def _is_any_due(moment: datetime) -> bool:
    """Whether anything here is due by then. In SQL, as every page of an admin asks it: composing it costs far more."""
    due = "SELECT EXISTS (SELECT 1 FROM contacts_submission WHERE workspace_id = %s AND due_at <= %s)"
    with connection.cursor() as cursor:
        cursor.execute(due, [settings.LEONAR_WORKSPACE, connection.ops.adapt_datetimefield_value(moment)])
        return bool(cursor.fetchone()[0])


def _deliverer(standing: gate.Standing, now: datetime) -> str:
    """Overdue where something could be done now and nobody does it; an expired lease even while the gate is closed."""
    late = Submission.objects.due(now - OVERDUE)
    possible = Q(state=State.SENDING)
    if standing.is_open:
        possible |= Q(state=State.QUEUED)
    if standing.is_reading_open:
        possible |= Q(state=State.UNCONFIRMED)
    return DELIVERER_OVERDUE if late.filter(possible).exists() else OK


def _sending(standing: gate.Standing, now: datetime) -> str:
    queued = Submission.objects.here().filter(state=State.QUEUED)
    if not standing.is_open:
        return _held_back(queued, standing, now)
    return UNANSWERED if _tried_in_vain(queued, now) else OK


def _checking(standing: gate.Standing, now: datetime) -> str:
    unconfirmed = Submission.objects.here().filter(state=State.UNCONFIRMED)
    if standing.reading is not None and not standing.is_reading_open:
        return _held_back(unconfirmed, standing.reading, now)
    return UNANSWERED if _tried_in_vain(unconfirmed, now) else OK


def _held_back(submissions: SubmissionQuerySet, closed: gate.Standing, now: datetime) -> str:
    """The reason why some of `submissions` are due and not done; at once where only a person changes that."""
    due = submissions.due(now)
    lasts = closed.waits_for_person or (closed.since is not None and now - closed.since > OVERDUE)
    is_held = due.exists() if lasts else due.filter(due_at__lte=now - OVERDUE).exists()
    return closed.reason if is_held else OK


def _tried_in_vain(submissions: SubmissionQuerySet, now: datetime) -> bool:
    """Whether one on which the machine acts has been tried for long, and nothing but in vain since."""
    later = Attempt.objects.filter(submission=OuterRef("submission"), pk__gt=OuterRef("pk"))
    otherwise = later.exclude(verdict__in=[*IN_VAIN, Verdict.OPEN])
    in_vain = Attempt.objects.filter(
        ~Exists(otherwise), submission=OuterRef("pk"), verdict__in=IN_VAIN, started_at__lte=now - OVERDUE
    )
    return submissions.due(now + LOOKS_AHEAD).filter(Exists(in_vain)).exists()


@dataclass(slots=True)
class Watch:
    """Writes how delivery stands to the log, once for each change."""

    last: tuple[str, ...] = field(default=(OK, OK, OK, ""))

    def look(self) -> None:
        """Looks, and writes a line where something is otherwise than it was at the look before."""
        now = timezone.now()
        seen = look(now)
        state = (seen.deliverer, seen.sending, seen.checking, str(seen.standing.reason))
        if state == self.last:
            return
        self.last = state
        facts = seen.as_json(now)
        line = " ".join(f"{name}={facts[name]}" for name in LOGGED)
        log.log(logging.INFO if seen.is_ready else logging.WARNING, "delivery: %s", line)


LOGGED = ("deliverer", "sending", "checking", "gate", "gate_since", "gate_until", "due", "oldest_seconds")
