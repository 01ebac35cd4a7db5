"""One person, by whatever they are known: where the portal holds something of them, and all of it as data.

Asked for an address, a number, a profile or a name, of every workspace: a person's rights don't end at one of them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.db.models import Q, QuerySet

from contacts.contact import Key, email_addresses, full_name, keys, phone_numbers
from contacts.models import Attempt, ContactKey, Draft, SavedView, SearchEntry, Submission
from contacts.text.folding import fold
from contacts.text.identity import email_key, linkedin_key, name_key, phone_key
from contacts.text.links import linkedin_name

# A person who was entered more often than this is erased in several goes.
SUBMISSIONS_MOST = 500
# The end of a number is the same in every notation.
_DIGITS = 9
_DIGITS_LEAST = 7
_RUN_OF_DIGITS = re.compile(r"\d[\d ().+/-]*")


def asked_keys(text: str) -> set[Key]:
    """What `text` may be: an e-mail address, a phone number, a LinkedIn profile, else a full name."""
    address = email_key(text)
    if address:
        return {Key("email", address)}
    if linkedin_name(text):
        return {Key("linkedin", linkedin_key(text))}
    number = phone_key(text, region=settings.DEFAULT_PHONE_REGION)
    if number:
        return {Key("phone", number)}
    name = name_key(text)
    return {Key("name", name)} if name else set()


@dataclass(frozen=True)
class Person:
    """Whoever is known by `asked`, and what is held of them."""

    asked: frozenset[Key]

    @classmethod
    def known_by(cls, text: str) -> "Person":
        """The person of this address, number, profile or name."""
        return cls(frozenset(asked_keys(text)))

    @cached_property
    def submissions(self) -> list[Submission]:
        """Every submission that has one of the keys, newest first."""
        wanted = Q()
        for key in self.asked:
            wanted |= Q(kind=key.kind, value=key.value)
        if not wanted:
            return []
        found = ContactKey.objects.filter(wanted).values("submission")
        return list(
            Submission.objects.filter(pk__in=found)
            .select_related("created_by")
            .order_by("-created_at")[:SUBMISSIONS_MOST]
        )

    def among(self, submissions: Iterable[Submission]) -> "Traces":
        """What tells of the person elsewhere: by the asked keys, and by all that these submissions hold of them."""
        return Traces(self.asked, [each.payload for each in submissions])


class Traces:
    """Recognises the person in any text: by an address, the end of a number, a profile, or all words of the name."""

    def __init__(self, asked: Iterable[Key], payloads: Iterable[Mapping[str, Any]]) -> None:
        self._texts: set[str] = set()
        self._numbers: set[str] = set()
        self._names: set[frozenset[str]] = set()
        for key in asked:
            self._add(key)
        for payload in payloads:
            for key in keys(payload, region=settings.DEFAULT_PHONE_REGION):
                self._add(key)
            self._texts |= {fold(address) for address in email_addresses(payload)}
            self._numbers |= {_end(number) for number in phone_numbers(payload)}
            self._add(Key("name", name_key(full_name(payload))))
        self._numbers.discard("")

    def are_in(self, text: str) -> bool:
        """Whether `text` tells of the person."""
        return self._has_address(text) or self._has_number(text) or self._has_name(text)

    def drafts(self) -> list[Draft]:
        """Everybody's unsent forms that tell of the person."""
        if self._is_nobody:
            return []
        return [draft for draft in Draft.objects.all() if self.are_in(_joined(draft.typed))]

    def views(self) -> list[SavedView]:
        """Saved views that search for the person, or whose filters name them."""
        if self._is_nobody:
            return []
        searching = SavedView.objects.exclude(words="", query="")
        return [view for view in searching if self.are_in(f"{view.words} {unquote_plus(view.query)}")]

    def attempts(self, among: QuerySet[Attempt]) -> Iterator[tuple[Attempt, list[Any]]]:
        """Checks that came across the person, each with the candidates that stay."""
        for attempt in among.filter(candidates__isnull=False).iterator(chunk_size=500):
            found = attempt.candidates if isinstance(attempt.candidates, list) else []
            kept = [contact for contact in found if not self.are_in(_joined(contact))]
            if len(kept) < len(found):
                yield attempt, kept

    @property
    def _is_nobody(self) -> bool:
        return not (self._texts or self._numbers or self._names)

    # Each reads the text only where it knows what to look for: a draft may hold a megabyte.

    def _has_address(self, text: str) -> bool:
        folded = fold(text) if self._texts else ""
        return any(known in folded for known in self._texts)

    def _has_number(self, text: str) -> bool:
        written = [_digits(run) for run in _RUN_OF_DIGITS.findall(fold(text))] if self._numbers else []
        return any(number.endswith(known) for known in self._numbers for number in written)

    def _has_name(self, text: str) -> bool:
        words = set(name_key(text).split()) if self._names else set()
        return any(name <= words for name in self._names)

    def _add(self, key: Key) -> None:
        if key.kind == "phone":
            self._numbers.add(_end(key.value))
        elif key.kind == "name":
            # One word is half of Europe's.
            words = frozenset(key.value.split())
            self._names |= {words} if len(words) > 1 else set()
        elif key.kind in ("email", "linkedin"):
            self._texts.add(key.value)


def as_data(submissions: Iterable[Submission], *, traces: Traces, now: datetime) -> dict[str, Any]:
    """All that the portal holds of the person, in plain JSON, for whoever asks what is known of them.

    `traces` are the person's: of what a check came across, only what tells of them is theirs to see.
    """
    return {
        "made_at": now.isoformat(),
        "entries": [_entry(each, traces) for each in submissions],
        "forms_not_sent": [
            {"kept_at": draft.updated_at.isoformat(), "typed": draft.typed} for draft in traces.drafts()
        ],
        "saved_searches": [view.words for view in traces.views()],
    }


def _entry(submission: Submission, traces: Traces) -> dict[str, Any]:
    found_by = SearchEntry.objects.filter(submission=submission).values_list("words", flat=True).first()
    return {
        "name": submission.name,
        "company": submission.company,
        "entered_at": submission.created_at.isoformat(),
        "entered_by": submission.created_by.shown_name,
        "workspace": submission.workspace_id,
        "outcome": submission.get_state_display(),
        "source": submission.payload.get("source"),
        "sent_to_leonar": submission.payload,
        "typed": submission.typed,
        "held_by_leonar": submission.contact,
        "leonar_id": submission.contact_id and str(submission.contact_id),
        "refused_because": submission.error_message or None,
        "discarded_because": submission.discard_reason or None,
        "told_at": submission.told_at and submission.told_at.isoformat(),
        "recognised_by": [f"{key.kind}: {key.value}" for key in submission.keys.order_by("pk")],
        "found_by_words": (found_by or "").split(),
        "calls": [_call(attempt, traces) for attempt in submission.attempts.order_by("pk")],
        "events": [
            {"at": event.at.isoformat(), "what": str(event.get_kind_display())}
            for event in submission.events.order_by("pk")
        ],
    }


def _call(attempt: Attempt, traces: Traces) -> dict[str, Any]:
    found = attempt.candidates if isinstance(attempt.candidates, list) else []
    return {
        "at": attempt.started_at.isoformat(),
        "what": attempt.kind,
        "sent": attempt.payload,
        "verdict": attempt.verdict,
        "answer": attempt.answer or None,
        "found": [contact for contact in found if traces.are_in(_joined(contact))],
    }


def _joined(value: Any) -> str:
    """All texts in a JSON value, of lists and objects within it too; never deeper than Python reads JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return " ".join(_joined(item) for item in value.values())
    if isinstance(value, list):
        return " ".join(_joined(item) for item in value)
    return ""


def _end(number: str) -> str:
    digits = _digits(number)
    return digits[-_DIGITS:] if len(digits) >= _DIGITS_LEAST else ""


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())
