"""The contacts and tags that the stand-in holds, in memory and in a journal."""

import threading
import time
import uuid
from pathlib import Path
from typing import Any

from leonar_sandbox.alteration import alter
from leonar_sandbox.contact import new_contact
from leonar_sandbox.journal import Journal
from leonar_sandbox.samples import TAGS
from leonar_sandbox.search import Entry


class Store:
    """Contacts and tags, safe for many threads. What `create` returned is still there after a restart or a kill."""

    def __init__(self, data_dir: Path) -> None:
        self._lock = threading.Lock()
        self._entries: list[Entry] = []
        self._by_id: dict[str, Entry] = {}
        self._tags: dict[str, dict[str, Any]] = {}
        self._search_lag = 0.0
        self._alteration = "none"
        self._hidden_until: dict[str, float] = {}
        self._journal = Journal(data_dir / "contacts.jsonl")
        self._hold_tags(TAGS)
        for record in self._journal.records():
            self._hold_tags(record["new_tags"])
            self._hold(record["contact"])

    def create(self, sent: dict[str, Any]) -> dict[str, Any]:
        """Make a contact of a checked body, and of its unknown tags new ones. Raises OSError where it can't be kept."""
        contact = new_contact(sent)
        alter(contact, self._alteration)
        with self._lock:
            new_tags = self._settle_tags(contact)
            self._journal.append({"contact": contact, "new_tags": new_tags})
            self._hold_tags(new_tags)
            self._hold(contact)
            if self._search_lag:
                self._hidden_until[contact["id"]] = time.monotonic() + self._search_lag
        return contact

    def find(self, contact_id: str) -> dict[str, Any] | None:
        """The contact with this id."""
        entry = self._by_id.get(contact_id)
        return entry.contact if entry else None

    def count(self) -> int:
        """How many contacts there are."""
        return len(self._entries)

    def entries(self) -> list[Entry]:
        """Every contact, oldest first."""
        with self._lock:
            return self._entries.copy()

    def searchable(self) -> list[Entry]:
        """The contacts that the search index has caught up with, oldest first."""
        now = time.monotonic()
        with self._lock:
            if not self._hidden_until:
                return self._entries.copy()
            return [entry for entry in self._entries if self._hidden_until.get(entry.contact["id"], now) <= now]

    def newest(self, *, limit: int, offset: int) -> list[dict[str, Any]]:
        """A page of contacts, newest first."""
        with self._lock:
            end = max(len(self._entries) - offset, 0)
            return [entry.contact for entry in reversed(self._entries[max(end - limit, 0) : end])]

    def tags(self) -> list[dict[str, Any]]:
        """Every tag, in alphabetical order."""
        with self._lock:
            return [self._tags[key] for key in sorted(self._tags)]

    @property
    def search_lag(self) -> float:
        """How many seconds a new contact stays hidden from searches."""
        return self._search_lag

    def set_search_lag(self, seconds: float) -> None:
        """Hide contacts created from now on from searches for so long. Zero shows all at once."""
        with self._lock:
            self._search_lag = seconds
            if not seconds:
                self._hidden_until.clear()

    def set_alteration(self, how: str) -> None:
        """Keep contacts created from now on otherwise than they were sent."""
        self._alteration = how

    def clear(self) -> None:
        """Forget every contact and every tag that contacts brought."""
        with self._lock:
            self._journal.clear()
            self._entries.clear()
            self._by_id.clear()
            self._tags.clear()
            self._hold_tags(TAGS)
            self._search_lag, self._alteration = 0.0, "none"
            self._hidden_until.clear()

    def _hold(self, contact: dict[str, Any]) -> None:
        entry = Entry(contact)
        self._entries.append(entry)
        self._by_id[contact["id"]] = entry

    def _hold_tags(self, tags: list[dict[str, Any]]) -> None:
        for tag in tags:
            self._tags[tag["name"].casefold()] = tag

    def _settle_tags(self, contact: dict[str, Any]) -> list[dict[str, Any]]:
        """Give the contact its tags as the workspace spells them, each once, and return those it did not know."""
        settled: dict[str, dict[str, Any]] = {}
        new: list[dict[str, Any]] = []
        for sent in contact["tags"] or []:
            name = sent.strip()
            key = name.casefold()
            if key in settled:
                continue
            if key not in self._tags:
                new.append({"id": str(uuid.uuid4()), "name": name, "color": "#6b7280", "scope": "contact"})
            settled[key] = self._tags.get(key) or new[-1]
        if contact["tags"] is not None:
            contact["tags"] = [tag["name"] for tag in settled.values()]
        return new
