"""Lists that Leonar is asked for now and then, kept for every process: what was last answered, however old."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import F
from django.utils import timezone

from contacts.delivery import clients
from contacts.leonar.client import LeonarClient, Reply
from contacts.lookups.asking import ask
from contacts.models import LeonarList, current_workspace
from contacts.models.asked import rows_where
from contacts.text.storable import storable

log = logging.getLogger(__name__)

Kind = LeonarList.Kind

# An answer is used as it is for so long; the deliverer asks again before that, so that no page has to.
FRESH = timedelta(minutes=10)
REFRESHED_AFTER = timedelta(minutes=5)
# After an ask that came to nothing, the next one follows after so long, and after twice as long each time.
PAUSE, PAUSE_MOST = timedelta(minutes=1), timedelta(hours=1)
ITEMS_MOST = 2000
# Seconds between two looks at what is due.
LOOK_EVERY = 15.0

CALLS: dict[str, Callable[[LeonarClient], Reply]] = {
    Kind.TAGS: LeonarClient.tags,
    Kind.CUSTOM_FIELDS: LeonarClient.custom_fields,
}


def items(kind: Kind, *, may_ask: bool = True) -> list[dict[str, Any]]:
    """What Leonar last answered; [] where it never has. Asks where that is due, which takes about a second at most."""
    try:
        if may_ask:
            return _refreshed(kind, older_than=FRESH).items
        kept = _kept(kind)
        return kept.items if kept else []
    except (DatabaseError, InterfaceError) as error:
        # The page goes without rather than not at all.
        clients.drop_database()
        log.warning("help: %s is not known: %s", kind, type(error).__name__)
        return []


def run(*, stop: threading.Event) -> None:
    """Asks for every list before it is too old, until `stop` is set, so that no page has to."""
    try:
        while not stop.is_set():
            _refresh()
            stop.wait(LOOK_EVERY)
    finally:
        connection.close()


def _refresh() -> None:
    try:
        for kind in Kind:
            _refreshed(kind, older_than=REFRESHED_AFTER)
    except (DatabaseError, InterfaceError) as error:
        log.warning("help: database: %s", type(error).__name__)
        connection.close()
    except Exception as error:  # noqa: BLE001  (the next round tries again)
        # Without the message, which may quote anything.
        log.error("help: unexpected %s", type(error).__name__)


def _refreshed(kind: Kind, *, older_than: timedelta) -> LeonarList:
    now = timezone.now()
    kept = _kept(kind)
    if kept is None:
        kept, _is_new = LeonarList.objects.get_or_create(workspace=current_workspace(), kind=kind)
    if not _is_due(kept, now, older_than) or not _claim(kept, now):
        return kept
    reply = ask(CALLS[kind])
    own = LeonarList.objects.filter(pk=kept.pk)
    if reply is None:
        own.update(failures=F("failures") + 1)
        return kept
    kept.items = storable(reply.data[:ITEMS_MOST])
    own.update(items=kept.items, answered_at=timezone.now(), failures=0)
    return kept


def _kept(kind: Kind) -> LeonarList | None:
    return next(rows_where(LeonarList, workspace=settings.LEONAR_WORKSPACE, kind=kind), None)


def _is_due(kept: LeonarList, now: datetime, older_than: timedelta) -> bool:
    if kept.asked_at is None or kept.asked_at > now:
        return True
    pause = min(PAUSE * 2 ** min(kept.failures - 1, 10), PAUSE_MOST) if kept.failures else older_than
    return kept.asked_at <= now - pause


def _claim(kept: LeonarList, now: datetime) -> bool:
    """Whether it is this process that asks."""
    return bool(LeonarList.objects.filter(pk=kept.pk, asked_at=kept.asked_at).update(asked_at=now))
