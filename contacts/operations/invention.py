"""Invented submissions for benchmarks: people who do not exist, in every state, spread over two years."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, cycle, islice
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from contacts import document
from contacts.delivery import outcomes
from contacts.models import (
    Attempt,
    ContactKey,
    Reason,
    SearchEntry,
    Submission,
    UsedValue,
    Workspace,
    current_workspace,
)
from contacts.operations import copies

State = Submission.State

FIRST_NAMES = (
    "Sophie Karim Ana Léa Jonas Mei Noor Tomás Ingrid Oluwaseun Priya Marek Chloé Yusuf Elena Hugo Aiko Fatou Luca Zoë "
    "Anders Dinah Rafael Svetlana Tariq Maud Emeka Bao Greta Ilias"
)
LAST_NAMES = (
    "Martin Haddad Kowalska Lefèvre Berg Chen Rahman Silva Nilsson Adeyemi Sharma Novák Dubois Demir Petrova Moreau "
    "Tanaka Diallo Rossi Janssen Lindqvist Okafor Costa Ivanova Aziz Girard Nwosu Tran Weber Costas O'Neill Süß"
)
COMPANIES = "Acme Globex Initech Umbra Hooli Vandelay Stark Wonka Cyberdyne Tyrell Soylent Oscorp Pied Wayne"
BRANCHES = "Data Labs Health Energy Logistics Retail Media Capital Systems Foods"
TITLES = ["Engineer", "Head of Sales", "Data analyst", "Nurse", "Controller", "Product manager", "Welder", "Notary"]
PLACES = ["Paris", "Lyon", "Warszawa", "Lisboa", "Berlin", "Dakar", "Leeds", "København"]
TAGS = ["2026", "referral", "senior", "remote", "meetup", "relocates"]
SOURCES = ["linkedin", "referral", "job fair", "website"]
RECRUITERS = [f"invented-recruiter-{number}" for number in range(1, 7)]

STATES = [State.CREATED, State.REJECTED, State.UNCONFIRMED, State.DISCARDED, State.QUEUED, State.SENDING]
WEIGHTS = [890, 30, 25, 30, 15, 10]
SPREAD = timedelta(days=730)
# What would have to be sent is due so late that no deliverer ever sends an invented person.
NEVER = timedelta(days=3650)
LEASE = timedelta(seconds=30)
BATCH = 2000
# Of so many people the others are copies, at other moments and with other e-mail addresses.
MOULDS_MOST = 5000


@dataclass(frozen=True, slots=True)
class _Mould:
    """One invented submission, and what is stored with it, ready to be copied."""

    submission: Submission
    row: copies.Row
    attempts: list[copies.Row]
    keys: list[copies.Row]
    entry: copies.Row
    entry_of_twin: copies.Row


@dataclass(frozen=True, slots=True)
class _Copy:
    """One of a mould's copies: its key, its moment, and the words that are different in it."""

    mould: _Mould
    id: uuid.UUID
    entered: datetime
    replaced: dict[str, str]
    contact_id: uuid.UUID | None
    has_twin: bool


def invent(*, number: int, seed: int) -> None:
    """Stores `number` invented submissions, with attempts and keys, entered by invented recruiters who can't sign in.

    The same `seed` gives the same people. Each batch is committed by itself.
    """
    dice = random.Random(seed)  # noqa: S311  (nothing here is a secret)
    recruiters = _recruiters()
    now = timezone.now()
    workspace = current_workspace()
    moulds = [_mould(_submission(dice, workspace, recruiters, now)) for _ in range(min(number, MOULDS_MOST))]
    # In the order of time, as real ones come: what is written goes to the end of the tables and of most indexes.
    moments = sorted(now - SPREAD * dice.random() for _ in range(number))
    known: set[str] = set()
    made = (_copy(dice, mould, moment, known) for mould, moment in zip(cycle(moulds), moments, strict=False))
    while batch := list(islice(made, BATCH)):
        with transaction.atomic():
            copies.store(Submission, (_row(copy) for copy in batch))
            copies.store(Attempt, chain.from_iterable(_attempt_rows(copy) for copy in batch))
            copies.store(ContactKey, chain.from_iterable(_key_rows(copy) for copy in batch))
            copies.store(SearchEntry, (_entry_row(copy) for copy in batch))
            UsedValue.objects.count_in(workspace.pk, [copy.mould.submission.payload for copy in batch])


def _mould(submission: Submission) -> _Mould:
    is_corrected = submission.revision > 2
    return _Mould(
        submission=submission,
        row=copies.mould(submission),
        attempts=[copies.mould(attempt) for attempt in _attempts(submission)],
        keys=[copies.mould(key) for key in outcomes.contact_keys(submission)],
        entry=copies.mould(outcomes.search_entry(submission, is_corrected=is_corrected)),
        entry_of_twin=copies.mould(outcomes.search_entry(submission, has_twin=True, is_corrected=is_corrected)),
    )


def _copy(dice: random.Random, mould: _Mould, entered: datetime, known: set[str]) -> _Copy:
    of = mould.submission
    contact_id = uuid.UUID(int=dice.getrandbits(128), version=4) if of.contact_id else None
    local = _local(dice)
    address = of.payload["email"]
    other = f"{local}@{address.partition('@')[2]}"
    has_twin = other in known
    known.add(other)
    replaced = {address.partition("@")[0]: local}
    if contact_id:
        replaced[str(of.contact_id)] = str(contact_id)
    return _Copy(mould, _key(dice, entered), entered, replaced, contact_id, has_twin)


def _row(copy: _Copy) -> copies.Row:
    of = copy.mould.submission
    later = copy.entered - of.created_at
    return copies.copied(
        copy.mould.row,
        copy.replaced,
        id=copy.id,
        # Any that nobody else has will do.
        token=uuid.UUID(int=copy.id.int ^ 1),
        created_at=copy.entered,
        changed_at=of.changed_at + later,
        due_at=of.due_at and of.due_at + later,
        settled_at=of.settled_at and of.settled_at + later,
        contact_id=copy.contact_id,
    )


def _attempt_rows(copy: _Copy) -> Iterator[copies.Row]:
    of = copy.mould.submission
    finished = of.changed_at + (copy.entered - of.created_at)
    for attempt in copy.mould.attempts:
        yield copies.copied(
            attempt,
            copy.replaced,
            submission_id=copy.id,
            started_at=copy.entered,
            lease_until=copy.entered + LEASE,
            finished_at=attempt["finished_at"] and finished,
        )


def _key_rows(copy: _Copy) -> Iterator[copies.Row]:
    for key in copy.mould.keys:
        yield copies.copied(key, copy.replaced, submission_id=copy.id)


def _entry_row(copy: _Copy) -> copies.Row:
    entry = copy.mould.entry_of_twin if copy.has_twin else copy.mould.entry
    number = document.number(copy.entered, copy.id)
    return copies.copied(entry, copy.replaced, number=number, submission_id=copy.id)


def _recruiters() -> list[Any]:
    found = []
    for name in RECRUITERS:
        user, _ = get_user_model().objects.get_or_create(username=name, defaults={"password": "!", "is_active": False})
        found.append(user)
    return found


def _submission(dice: random.Random, workspace: Workspace, recruiters: list[Any], entered: datetime) -> Submission:
    payload = _payload(dice)
    state = dice.choices(STATES, WEIGHTS)[0]
    finished = entered + timedelta(seconds=0.2 + dice.random())
    submission = Submission(
        workspace=workspace,
        id=_key(dice, entered),
        revision=dice.choices((2, 4), (97, 3))[0],
        token=uuid.UUID(int=dice.getrandbits(128), version=4),
        created_by=dice.choice(recruiters),
        created_at=entered,
        changed_at=finished,
        state=state,
        **_outcome(dice, state, payload, finished),
    )
    return outcomes.entered(submission, payload=payload, typed={name: [str(value)] for name, value in payload.items()})


def _key(dice: random.Random, moment: datetime) -> uuid.UUID:
    """A UUIDv7 of this moment; the library's own would be chance of another kind each time."""
    milliseconds = int(moment.timestamp() * 1000)
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | dice.getrandbits(12) << 64 | 2 << 62 | dice.getrandbits(62))


def _payload(dice: random.Random) -> dict[str, Any]:
    first, last = dice.choice(FIRST_NAMES.split()), dice.choice(LAST_NAMES.split())
    company = f"{dice.choice(COMPANIES.split())} {dice.choice(BRANCHES.split())}"
    return {
        "first_name": first,
        "last_name": last,
        "email": f"{_local(dice)}@{company.split()[0].lower()}.example",
        # Numbers that are set aside for invented people.
        "phone": f"+3363998{dice.randrange(10_000):04}",
        "title": dice.choice(TITLES),
        "current_company": company,
        "location": dice.choice(PLACES),
        "tags": dice.sample(TAGS, 2),
        "source": dice.choice(SOURCES),
    }


def _local(dice: random.Random) -> str:
    return f"person{dice.randrange(10_000_000):07}"


def _outcome(dice: random.Random, state: str, payload: dict[str, Any], finished: datetime) -> dict[str, Any]:
    if state == State.CREATED:
        contact_id = uuid.UUID(int=dice.getrandbits(128), version=4)
        contact = {"id": str(contact_id), "created_at": finished.isoformat()} | payload
        settled_by = dice.choices((Submission.SettledBy.ANSWER, Submission.SettledBy.CHECK), (98, 2))[0]
        settled = {"settled_at": finished, "settled_by": settled_by}
        return {"contact_id": contact_id, "contact": contact} | settled
    if state == State.REJECTED:
        message = "phone: Invalid phone number"
        return {"reason": Reason.INVALID, "error_field": "phone", "error_message": message}
    if state == State.UNCONFIRMED:
        return {"reason": Reason.NO_ANSWER}
    if state in (State.QUEUED, State.SENDING):
        return {"due_at": finished + NEVER}
    return {}


VERDICTS = {
    State.CREATED: (Attempt.Verdict.CREATED, Reason.NONE, 201),
    State.REJECTED: (Attempt.Verdict.REFUSED, Reason.INVALID, 400),
    State.UNCONFIRMED: (Attempt.Verdict.UNKNOWN, Reason.NO_ANSWER, None),
    State.SENDING: (Attempt.Verdict.OPEN, Reason.NONE, None),
}


def _attempts(submission: Submission) -> Iterator[Attempt]:
    if submission.state in (State.QUEUED, State.DISCARDED):
        return
    verdict, reason, http_status = VERDICTS[State(submission.state)]
    is_open = verdict == Attempt.Verdict.OPEN
    yield Attempt(
        submission=submission,
        number=1,
        worker="invented",
        started_at=submission.created_at,
        lease_until=submission.created_at + LEASE,
        finished_at=None if is_open else submission.changed_at,
        payload=submission.payload,
        verdict=verdict,
        reason=reason,
        http_status=http_status,
        duration=None if is_open else (submission.changed_at - submission.created_at).total_seconds(),
    )
