"""The words that somebody searches for: they may be a person's name, so they stay out of addresses and logs.

They are kept in the session under a short key, which the address has instead; those of a saved view lie with it.
"""

from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest

from contacts.models import SavedView
from contacts.privacy.sessions import SEARCHED
from contacts.text.storable import storable
from contacts.views.permissions import account_of

_SESSION = SEARCHED
# The searches that are open in somebody's tabs; older ones are forgotten.
KEPT_MOST = 20
WORDS_MOST = 500
_OF_VIEW = "v"


def keep(request: HttpRequest, words: str) -> str:
    """Keeps the words for this session. Returns their key; the same words have the same one."""
    words = storable(words)[:WORDS_MOST].strip()
    key = blake2b(words.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=6).hexdigest()
    kept: dict[str, str] = request.session.get(_SESSION, {})
    if words and key not in kept:
        latest = list(kept.items())[-KEPT_MOST + 1 :]
        request.session[_SESSION] = {**dict(latest), key: words}
    return key if words else ""


def words(request: HttpRequest, key: str) -> str:
    """The words under this key; "" where there are none, or they are somebody else's."""
    if key.startswith(_OF_VIEW) and key[1:].isascii() and key[1:].isdecimal() and len(key) < 18:
        view = SavedView.objects.filter(pk=int(key[1:]), owner=account_of(request), workspace=settings.LEONAR_WORKSPACE)
        return view.values_list("words", flat=True).first() or ""
    return request.session.get(_SESSION, {}).get(key, "")


def key_of_view(view: SavedView) -> str:
    """The key of a saved view's words."""
    return f"{_OF_VIEW}{view.pk}" if view.words else ""
