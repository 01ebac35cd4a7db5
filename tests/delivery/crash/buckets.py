"""What became of each submission: Leonar's own ledger held against what the portal (or a queue) says about it. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any

from tests.delivery.crash.entries import entry_of


class Says(Enum):
    """What a record claims about its submission."""

    CREATED = "created in Leonar"
    NOT_CREATED = "not created: refused, failed or given up"
    NOTHING_FOUND = "looked for, nothing found; a person decides"
    UNDECIDED = "something like it was found, or nothing could be; a person decides"
    UNDER_WAY = "still on its way"


@dataclass(frozen=True, slots=True)
class Record:
    """What is on record about one submission, named by its mark; `shown` are the contacts that a person may pick."""

    name: str
    says: Says
    contact_id: str = ""
    shown: frozenset[str] = frozenset()


@dataclass(slots=True)
class Buckets:
    """The names in each bucket. Those from `lost` on must be empty."""

    attempted: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    created: set[str] = field(default_factory=set)
    absent_and_known: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    duplicated: set[str] = field(default_factory=set)
    indeterminate: set[str] = field(default_factory=set)
    wrongly_linked: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    sent_twice: set[str] = field(default_factory=set)

    @property
    def violations(self) -> dict[str, set[str]]:
        """The buckets that must be empty and are not."""
        names = [one.name for one in fields(self)]
        return {name: getattr(self, name) for name in names[names.index("lost") :] if getattr(self, name)}


def sort(
    *,
    attempted: Iterable[str],
    acknowledged: Iterable[str],
    records: Iterable[Record],
    ledger: Iterable[Mapping[str, Any]],
    sent_again: Iterable[str] = (),
) -> Buckets:
    """Puts every submission where it belongs; one may be in several buckets.

    created            in Leonar, and the record says so with the right id
    absent_and_known   not in Leonar; the record says so, and a person may send it again
    shown              a person decides, and is shown the contact that it became, or it is not in Leonar
    lost               acknowledged, but there is no record; or the record says that it exists, and it does not
    duplicated         more than one contact in Leonar, or more than one record
    indeterminate      nobody will ever move it on: still on its way after the drain, or a person decides and is
                       not shown what it became, or in Leonar without any record
    wrongly_linked     the record names another contact than the one that its request created
    denied             in Leonar, while the record says that it is not
    sent_twice         Leonar read more than one whole request for it, apart from those that it refused with 429
                       and those in `sent_again`, which a person had sent again
    """
    sorted_ = Buckets(attempted=set(attempted), acknowledged=set(acknowledged))
    known: dict[str, list[Record]] = {}
    for record in records:
        known.setdefault(record.name, []).append(record)
    requests = Counter[str]()
    contacts: dict[str, list[str]] = {}
    for line in ledger:
        name = entry_of(line["body"])
        requests[name] += line["status"] != 429
        contacts.setdefault(name, []).extend([line["created_id"]] if line["created_id"] else [])
    sorted_.sent_twice = {name for name, times in requests.items() if times > 1} - set(sent_again)
    for name in sorted_.attempted | known.keys() | requests.keys():
        _sort_one(sorted_, name, known.get(name, []), contacts.get(name, []))
    return sorted_


def _sort_one(sorted_: Buckets, name: str, records: list[Record], contacts: list[str]) -> None:
    if len(contacts) > 1 or len(records) > 1:
        sorted_.duplicated.add(name)
    if not records:
        if contacts:
            sorted_.indeterminate.add(name)
        elif name in sorted_.acknowledged:
            sorted_.lost.add(name)
        return
    record = records[0]
    if record.says is Says.UNDER_WAY:
        sorted_.indeterminate.add(name)
    elif record.says is Says.UNDECIDED:
        (sorted_.shown if record.shown.issuperset(contacts) else sorted_.indeterminate).add(name)
    elif record.says is Says.CREATED:
        _sort_created(sorted_, record, contacts)
    elif contacts:
        sorted_.denied.add(name)
    else:
        sorted_.absent_and_known.add(name)


def _sort_created(sorted_: Buckets, record: Record, contacts: list[str]) -> None:
    if not contacts:
        sorted_.lost.add(record.name)
    elif record.contact_id not in contacts:
        sorted_.wrongly_linked.add(record.name)
    else:
        sorted_.created.add(record.name)
