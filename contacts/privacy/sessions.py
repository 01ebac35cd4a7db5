"""What sessions keep of contacts: the words that people have searched for."""

from collections.abc import Callable
from importlib import import_module
from urllib.parse import unquote_plus

from django.conf import settings
from django.utils import timezone

# Under which the history keeps the words of open searches, and the filters that it was looked at with last.
SEARCHED, REMEMBERED = "searched", "history"


def forget_searches(is_forgotten: Callable[[str], bool]) -> int:
    """Takes the searches and filters of which this is true out of every session; returns of how many."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    changed = 0
    for key in (
        store.get_model_class().objects.filter(expire_date__gt=timezone.now()).values_list("session_key", flat=True)
    ):
        session = store(session_key=key)
        kept = session.get(SEARCHED, {})
        left = {name: words for name, words in kept.items() if not is_forgotten(words)}
        names_somebody = is_forgotten(unquote_plus(session.get(REMEMBERED, "")))
        if len(left) < len(kept) or names_somebody:
            session[SEARCHED] = left
            if names_somebody:
                session[REMEMBERED] = ""
            session.save()
            changed += 1
    return changed
