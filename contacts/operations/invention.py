"""Invented submissions for benchmarks: people who do not exist, in every state, spread over two years."""

import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

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

State = Submission.State
ContactKeyValue = tuple[str, str]

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
BATCH = 2000


def invent(*, number: int, seed: int) -> None:
    """Stores `number` invented submissions, with attempts and keys, entered by invented recruiters who can't sign in.

    The same `seed` gives the same people. Each batch is committed by itself.
    """
    dice = random.Random(seed)  # noqa: S311  (nothing here is a secret)
    recruiters = _recruiters()
    now = timezone.now()
    workspace = current_workspace()
    # In the order of time, as real ones come: what is written goes to the end of the tables and of most indexes.
    moments = sorted(now - SPREAD * dice.random() for _ in range(number))
    submissions = (_submission(dice, workspace, recruiters, moment) for moment in moments)
    known: set[ContactKeyValue] = set()
    while batch := list(islice(submissions, BATCH)):
        with transaction.atomic():
            Submission.objects.bulk_create(batch)
            Attempt.objects.bulk_create(_attempts(batch))
            keys = {submission.pk: list(outcomes.contact_keys(submission)) for submission in batch}
            ContactKey.objects.bulk_create(chain.from_iterable(keys.values()))
            SearchEntry.objects.bulk_create(_entries(batch, keys, known))
            UsedValue.objects.count_in(workspace.pk, [submission.payload for submission in batch])


def _entries(
    batch: list[Submission], keys: dict[uuid.UUID, list[ContactKey]], known: set[ContactKeyValue]
) -> Iterator[SearchEntry]:
    """By what they are found; `known` are the addresses of those before."""
    for submission in batch:
        own = {(key.kind, key.value) for key in keys[submission.pk] if key.kind == ContactKey.Kind.EMAIL}
        yield outcomes.search_entry(
            submission, has_twin=not known.isdisjoint(own), is_corrected=submission.revision > 2
        )
        known |= own


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
    number = dice.randrange(10_000_000)
    return {
        "first_name": first,
        "last_name": last,
        "email": f"person{number}@{company.split()[0].lower()}.example",
        # Numbers that are set aside for invented people.
        "phone": f"+3363998{number % 10_000:04}",
        "title": dice.choice(TITLES),
        "current_company": company,
        "location": dice.choice(PLACES),
        "tags": dice.sample(TAGS, 2),
        "source": dice.choice(SOURCES),
    }


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


def _attempts(submissions: list[Submission]) -> Iterator[Attempt]:
    for submission in submissions:
        if submission.state in (State.QUEUED, State.DISCARDED):
            continue
        verdict, reason, http_status = VERDICTS[State(submission.state)]
        is_open = verdict == Attempt.Verdict.OPEN
        yield Attempt(
            submission=submission,
            number=1,
            worker="invented",
            started_at=submission.created_at,
            lease_until=submission.due_at or submission.created_at + timedelta(seconds=30),
            finished_at=None if is_open else submission.changed_at,
            payload=submission.payload,
            verdict=verdict,
            reason=reason,
            http_status=http_status,
            duration=None if is_open else (submission.changed_at - submission.created_at).total_seconds(),
        )
