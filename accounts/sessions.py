"""Sessions that end: after a time without use, after a time whatever happens, and when somebody ends them.

The whole lives in the session's own row, which each request reads anyway, so no page costs a query more.
"""

import re
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts import throttle
from accounts.addresses import client_address
from accounts.models import Session, User
from contacts.models.asked import rows_where

# Written at sign-in, and read wherever a fresh one is asked for.
SIGNED_IN_AT = "signed_in_at"
# When the company's provider has asked for proof, where it says so: it may let in whoever has given it hours ago.
PROVED_AT = "proved_at"
ADDRESS, BROWSER = "address", "browser"
BROWSER_MOST = 300
# The first mark that is there tells: many browsers name others beside themselves.
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("python-requests", "Script"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
# Not at every request: the limits are hours.
TOUCH_EVERY = timedelta(minutes=1)
# What is begun before signing in, such as a passkey's question or the way to the company's page.
BEFORE_SIGNING_IN = timedelta(hours=1)
# How a database says that it can't be written or reached; InternalError is a read-only PostgreSQL's.
UNWRITABLE = (OperationalError, InterfaceError, InternalError)
KEY_SHAPE = re.compile(r"[a-z0-9]{32}")


class SessionStore(DatabaseStore):
    """Django's sessions in the database, with an owner and two limits; SESSION_ENGINE names this module."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table with the owner."""
        return Session

    def _validate_session_key(self, key: Any) -> bool:
        """Only what could be one of ours reaches the database, which refuses some characters loudly."""
        return bool(key) and KEY_SHAPE.fullmatch(key) is not None

    def _get_session_from_db(self) -> Session | None:
        rows = rows_where(Session, session_key=self.session_key)
        self.row = next((row for row in rows if row.expire_date > timezone.now()), None)
        if self.row is None:
            self._session_key = None
        return self.row

    @classmethod
    def clear_expired(cls) -> None:
        """Erases what has expired: sessions, and the failures that slow nobody any more."""
        super().clear_expired()
        throttle.forget_old(timezone.now())

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to save."""
        now = timezone.now()
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            account_id=data.get(SESSION_KEY),
            seen_at=now,
            expire_date=_ends_at(now, data),
        )

    def save(self, must_create: bool = False) -> None:
        """Saves what the session holds. Raises the database's own error where that can't be written: Django has a
        session that could not be saved pass for one that ended.

        Of one that was ended meanwhile nothing is saved: what was asked for is done, and the next request is nobody's.
        """
        try:
            super().save(must_create)
        except UpdateError as refusal:
            # That no row is there any more is the one error that Django raises in the name of no database's.
            if refusal.__context__ is not None and type(refusal.__context__) is not DatabaseError:
                raise refusal.__context__ from None

    @property
    def seconds_left(self) -> int:
        """After how long without a request the sign-in ends, as the page says that is shown now."""
        now = timezone.now()
        return round((_ends_at(now, self._get_session()) - now).total_seconds())  # type: ignore[attr-defined]

    def touch(self) -> None:
        """Puts off the end of a session that is in use, if that can be written now: the page is there all the same.

        One column's update and no save: another request may be changing what the session holds.
        """
        now = timezone.now()
        if self.row is None or now - self.row.seen_at < TOUCH_EVERY:
            return
        ends = _ends_at(now, self._get_session())  # type: ignore[attr-defined]
        with suppress(*UNWRITABLE):
            Session.objects.filter(session_key=self.session_key).update(seen_at=now, expire_date=ends)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as its owner or an admin sees it. `key` names it on pages without giving it away."""

    key: str
    began_at: datetime
    seen_at: datetime
    address: str
    browser: str
    is_this: bool

    @property
    def browser_name(self) -> str:
        """What the browser calls itself, as people call it."""
        return browser_name(self.browser)


def browser_name(agent: str) -> str:
    """“Firefox, Windows”; in doubt, that it is not known."""
    browser = next((name for mark, name in BROWSERS if mark in agent), None)
    system = next((name for mark, name in SYSTEMS if mark in agent), None)
    return ", ".join(filter(None, (browser, system))) or _("Unknown browser")


def begin(request: HttpRequest) -> None:
    """Notes in a session that has just been signed in to since when it lasts, and from where."""
    request.session[SIGNED_IN_AT] = time.time()
    request.session[PROVED_AT] = getattr(request, "proved_at", request.session[SIGNED_IN_AT])
    request.session[ADDRESS] = client_address(request) or ""
    request.session[BROWSER] = request.META.get("HTTP_USER_AGENT", "").replace("\0", "")[:BROWSER_MOST]


def is_fresh(request: HttpRequest) -> bool:
    """Whether whoever uses this session has proved who it is a short while ago."""
    proved_at = request.session.get(PROVED_AT, request.session.get(SIGNED_IN_AT, 0))
    return time.time() - proved_at < settings.REAUTHENTICATE_SECONDS


def note_proof(request: HttpRequest, *, at: float) -> None:
    """Has the sign-in that this request brings count as no fresher than `at`."""
    request.proved_at = min(at, time.time())  # type: ignore[attr-defined]


def open_sessions(user: User, *, this: str | None) -> list[OpenSession]:
    """The account's sessions, the latest used first; `this` is the key of the one that asks."""
    rows = user.sessions.filter(expire_date__gt=timezone.now()).order_by("-seen_at")
    return [_as_seen(row, this) for row in rows]


def end(user: User, *, name: str | None = None, but: str | None = None) -> int:
    """Ends the account's session of this name, or all; `but` is the key of one to leave. Returns how many ended."""
    keys = [row.session_key for row in user.sessions.all() if name in (None, _name(row.session_key))]
    ended, _ = user.sessions.filter(session_key__in=[key for key in keys if key != but]).delete()
    return ended


def _ends_at(now: datetime, data: dict[str, Any]) -> datetime:
    if SIGNED_IN_AT not in data:
        return now + BEFORE_SIGNING_IN
    idle = now + timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    absolute = datetime.fromtimestamp(data[SIGNED_IN_AT], UTC) + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return min(idle, absolute)


def _as_seen(row: Session, this: str | None) -> OpenSession:
    data = row.get_decoded()
    return OpenSession(
        key=_name(row.session_key),
        began_at=datetime.fromtimestamp(data.get(SIGNED_IN_AT, row.seen_at.timestamp()), UTC),
        seen_at=row.seen_at,
        address=data.get(ADDRESS, ""),
        browser=data.get(BROWSER, ""),
        is_this=row.session_key == this,
    )


def _name(key: str) -> str:
    return salted_hmac("accounts.sessions", key, algorithm="sha256").hexdigest()[:32]
