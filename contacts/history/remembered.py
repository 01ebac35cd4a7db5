"""How somebody looked at the history last: found again in this session, and after signing in anew.

What was searched for stays with the session, because it may be a person's name. The rest lies with the saved views, as
the one without a name.
"""

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.http import urlencode

from contacts.models import SavedView, current_workspace
from contacts.models.asked import rows_where
from contacts.privacy.sessions import REMEMBERED

UNNAMED = ""


def recall(sender: type, request: HttpRequest, user: Any, **_: Any) -> None:
    """Puts what is remembered of whoever has just signed in into their session, which is written then anyway."""
    del sender
    last = next(rows_where(SavedView, owner=user.pk, workspace=settings.LEONAR_WORKSPACE, name=UNNAMED), None)
    request.session[REMEMBERED] = last.query if last else ""


def query(session: SessionBase) -> str:
    """The filters and the key of the words, as an address has them."""
    return session.get(REMEMBERED, "")


def views(owner: Any, *, most: int) -> list[SavedView]:
    """The views that `owner` has saved, by name."""
    # In SQL, as each page of the history asks it: having it composed anew would cost more than asking it.
    named = "SELECT * FROM contacts_savedview WHERE owner_id = %s AND workspace_id = %s AND name <> %s"
    parameters = [owner.pk, settings.LEONAR_WORKSPACE, UNNAMED, most]
    return list(SavedView.objects.raw(f"{named} ORDER BY name LIMIT %s", parameters))


def keep(viewer: Any, session: SessionBase, filters: str, *, words: str) -> str:
    """Remembers these filters, and the key of the words for as long as it is good. Returns what the address has."""
    whole = "&".join(part for part in (filters, urlencode({"words": words}) if words else "") if part)
    if whole != session.get(REMEMBERED, ""):
        session[REMEMBERED] = whole
        SavedView.objects.update_or_create(
            owner=viewer, workspace=current_workspace(), name=UNNAMED, defaults={"query": filters}
        )
    return whole
