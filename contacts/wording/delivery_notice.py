"""What admins read about delivery: what is not being done and since when, how much waits, what waits elsewhere."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.operations import readiness
from contacts.wording.reasons import sentence
from contacts.wording.states import how_many
from contacts.wording.times import say_since


def delivery_notice(
    seen: readiness.Readiness, waiting_elsewhere: Sequence[tuple[str, int]], now: datetime
) -> list[str]:
    """One sentence each; empty where whatever is due is being done and nothing waits in another workspace.

    Why the gate is closed stands above every page already.
    """
    return [*_not_done(seen, now), *(_elsewhere(name, count) for name, count in waiting_elsewhere)]


def _not_done(seen: readiness.Readiness, now: datetime) -> Iterator[str]:
    if seen.is_ready:
        return
    if seen.deliverer == readiness.DELIVERER_OVERDUE:
        yield _("Due work is not being done: the portal's deliverer seems not to be running. Start it.")
    if seen.sending == readiness.UNANSWERED:
        yield _("What is sent does not get through to Leonar; it is tried again automatically.")
    if seen.checking == readiness.UNANSWERED:
        yield _("Checks get no answer from Leonar; they are tried again automatically.")
    elif seen.checking != readiness.OK:
        yield _("Nothing can be checked now: %(why)s") % {"why": sentence(seen.checking)}
    if seen.oldest_due_at is not None:
        waiting = ngettext(
            "%(count)d entry is due, %(since)s.",
            "%(count)d entries are due, the oldest %(since)s.",
            seen.due,
        )
        yield waiting % {"count": seen.due, "since": say_since(seen.oldest_due_at, now)}


def _elsewhere(workspace: str, count: int) -> str:
    waiting = ngettext(
        "%(count)s entry waits in the workspace “%(name)s” of another key; it is not sent from here.",
        "%(count)s entries wait in the workspace “%(name)s” of another key; they are not sent from here.",
        count,
    )
    return waiting % {"count": how_many(count), "name": workspace}
