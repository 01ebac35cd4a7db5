"""How somebody looked at the history last: found again in this session, and after signing in anew.

What was searched for stays with the session, because it may be a person's name. The rest lies with the saved views, as
the one without a name.
"""

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils.http import urlencode

from contacts.models import SavedView, current_workspace
from contacts.privacy.sessions import REMEMBERED

UNNAMED = ""


def query(viewer: Any, session: SessionBase) -> str:
    """The filters and the key of the words, as an address has them."""
    if REMEMBERED not in session:
        last = SavedView.objects.filter(owner=viewer, workspace=settings.LEONAR_WORKSPACE, name=UNNAMED)
        session[REMEMBERED] = last.values_list("query", flat=True).first() or ""
    return session[REMEMBERED]


def keep(viewer: Any, session: SessionBase, filters: str, *, words: str) -> str:
    """Remembers these filters, and the key of the words for as long as it is good. Returns what the address has."""
    whole = "&".join(part for part in (filters, urlencode({"words": words}) if words else "") if part)
    if whole != session.get(REMEMBERED, ""):
        session[REMEMBERED] = whole
        SavedView.objects.update_or_create(
            owner=viewer, workspace=current_workspace(), name=UNNAMED, defaults={"query": filters}
        )
    return whole
