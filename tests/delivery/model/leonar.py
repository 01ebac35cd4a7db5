"""A modelled Leonar: it knows which call created what, and fails in the way that it is told to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from contacts.leonar import errors
from contacts.leonar.answers import Answer, RateLimit
from contacts.leonar.client import Reply
from contacts.text.folding import fold
from tests.delivery.crash.entries import entry_of


class ProcessKilled(BaseException):
    """kill -9 while a call is under way: nothing that comes after it is done."""


@dataclass
class ModelLeonar:
    """Stands where the client stands. `post` and `read` name how the next calls go; each is used up by one call."""

    post: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    skew: timedelta = timedelta(0)
    search_lag: timedelta = timedelta(0)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def create_contact(self, payload: Mapping[str, Any], *, may_send: Callable[[], bool]) -> Reply:
        """POST /contacts."""
        self.calls.append("send")
        how = self.post.pop(0) if self.post else "created"
        if how == "unreachable":
            raise errors.Unreachable("modelled")
        if not may_send():
            raise errors.Abandoned("lease")
        contact = self._create(payload) if how.startswith("created") else None
        match how:
            case "created":
                return Reply(contact, self._answer(201))
            case "created, connection lost" | "connection lost":
                raise errors.ConnectionLost("modelled")
            case "created, no answer" | "no answer":
                raise errors.NoAnswer("modelled")
            case "created, unreadable":
                raise errors.CreatedUnseen("modelled", answer=self._answer(201))
            case "created, killed" | "killed":
                raise ProcessKilled
            case "server error":
                raise errors.ServerError("modelled", answer=self._answer(503))
            case "invalid":
                raise errors.Invalid("title", "no", answer=self._answer(400))
            case "limited":
                raise errors.RateLimited(30.0, answer=self._answer(429))
            case "not found":
                raise errors.AddressWrong("modelled", answer=self._answer(404))
            case "key refused":
                raise errors.KeyRefused("modelled", code="invalid_api_key", answer=self._answer(401))
        raise AssertionError(how)

    def search_contacts(self, *, search: str, limit: int, offset: int, **_: Any) -> Reply:
        """POST /contacts/search, by name or LinkedIn address."""
        self._reading()
        known = timezone.now() - self.search_lag
        found = [contact for contact in reversed(self.contacts) if contact["seen"] <= known and _has(contact, search)]
        shown = [{key: value for key, value in contact.items() if key != "seen"} for contact in found]
        return Reply(shown[offset : offset + limit], self._answer(200), has_more=len(shown) > offset + limit)

    def tags(self) -> Reply:
        """GET /tags."""
        self._reading()
        return Reply([], self._answer(200))

    def created_for(self, mark: str) -> list[str]:
        """The ids of what calls with this mark created."""
        return [contact["id"] for contact in self.contacts if entry_of(contact) == mark]

    def _reading(self) -> None:
        self.calls.append("read")
        how = self.read.pop(0) if self.read else "answered"
        if how == "no answer":
            raise errors.NoAnswer("modelled")
        if how == "not allowed":
            raise errors.AddressWrong("modelled", answer=self._answer(403))
        if how == "server error":
            raise errors.ServerError("modelled", answer=self._answer(502))
        if how == "killed":
            raise ProcessKilled

    def _create(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        now = timezone.now()
        created_at = (now + self.skew).astimezone(UTC).isoformat(timespec="milliseconds")
        contact = {"id": str(uuid4()), "created_at": created_at, "seen": now, **payload}
        self.contacts.append(contact)
        return {key: value for key, value in contact.items() if key != "seen"}

    def _answer(self, status: int) -> Answer:
        return Answer(status, "application/json", "", RateLimit(), 0.1, skew=self.skew.total_seconds())


def _has(contact: Mapping[str, Any], search: str) -> bool:
    name = f"{contact['first_name']} {contact.get('last_name', '')}".strip()
    return fold(search) in fold(name) or search == contact.get("linkedin_profile")


def moment(text: str) -> datetime:
    """A time as the model writes it."""
    return datetime.fromisoformat(text)
