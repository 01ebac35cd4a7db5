"""The one place where a submission's state changes: what each outcome and each decision makes of it.

Every act is a compare-and-set over the rows `where`, which says what they are compared with (their key, the state or
the revision that was seen): whatever no longer matches is left alone. It returns how many rows it changed, and bumps
their revision. What an act does not name of an earlier outcome is cleared.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F

from contacts import document
from contacts.contact import ADDRESS_KINDS, company_name, full_name, keys
from contacts.models import ContactKey, Reason, SearchEntry, Submission, SubmissionQuerySet, UsedValue
from contacts.models.asked import change_where, put_all
from contacts.text.storable import storable

State = Submission.State
SettledBy = Submission.SettledBy

NAME_MOST = 210


def entered(submission: Submission, *, payload: Mapping[str, Any], typed: Mapping[str, Any]) -> Submission:
    """A new submission, given what was entered; not stored yet."""
    submission.payload, submission.typed = dict(payload), dict(typed)
    submission.name, submission.company = full_name(payload)[:NAME_MOST], company_name(payload)
    return submission


def corrected(
    where: SubmissionQuerySet,
    *,
    payload: Mapping[str, Any],
    typed: Mapping[str, Any],
    facts: Mapping[str, int] | None,
    due_at: datetime,
    now: datetime,
) -> int:
    """It has new content, and waits to be sent; without new `facts` the old ones stay.

    `where` names one; call it in a transaction.
    """
    submission = where.first()
    if submission is None or not queued(where, reason=Reason.NONE, due_at=due_at, now=now):
        return 0
    UsedValue.objects.count_out(submission.workspace_id, [submission.payload])
    entered(submission, payload=payload, typed=typed)
    submission.facts = facts or submission.facts
    submission.save(update_fields=["payload", "typed", "name", "company", "facts"])
    submission.keys.all().delete()
    SearchEntry.objects.filter(submission=submission).delete()
    submission.refresh_from_db(fields=["state", "due_at", "settled_by"])
    write_keys(submission, is_corrected=True)
    return 1


def write_keys(submission: Submission, *, is_corrected: bool = False) -> None:
    """Stores by what it is recognised and found, and counts its words; call it in the transaction of the content."""
    own = list(contact_keys(submission))
    entry = search_entry(submission, has_twin=_has_twin(submission, own), is_corrected=is_corrected)
    put_all(own)
    entry.store()
    UsedValue.objects.count_in(submission.workspace_id, [submission.payload])


def contact_keys(submission: Submission) -> Iterator[ContactKey]:
    """By what the person of a submission is recognised; not stored yet."""
    for key in keys(submission.payload, region=settings.DEFAULT_PHONE_REGION):
        yield ContactKey(submission=submission, workspace_id=submission.workspace_id, kind=key.kind, value=key.value)


def search_entry(submission: Submission, *, has_twin: bool = False, is_corrected: bool = False) -> SearchEntry:
    """By what a submission is found; not stored yet."""
    space = document.space(submission.workspace_id)
    return SearchEntry(
        number=document.number(submission.created_at, submission.pk),
        submission=submission,
        space=space,
        words=document.words(submission.payload, region=settings.DEFAULT_PHONE_REGION),
        facts=document.facts(
            submission.payload,
            workspace=submission.workspace_id,
            by=submission.created_by_id,
            has_twin=has_twin,
            is_corrected=is_corrected,
        ),
        standing=document.standing(
            state=submission.state,
            waits_for_person=submission.needs_person,
            settled_by=submission.settled_by,
            space=space,
        ),
    )


def _has_twin(submission: Submission, own: Iterable[ContactKey]) -> bool:
    """Whether another submission of the workspace has an address, a number or a profile in common with this one."""
    addresses = [key.value for key in own if key.kind in ADDRESS_KINDS]
    if not addresses:
        return False
    # As two lists: of pairs joined by "or" SQLite makes a walk through all keys there are.
    others = ContactKey.objects.filter(workspace=submission.workspace_id, kind__in=ADDRESS_KINDS, value__in=addresses)
    return others.exclude(submission=submission).exists()


def queued(where: SubmissionQuerySet, *, reason: str, due_at: datetime, now: datetime) -> int:
    """It waits to be sent; `reason` is why the last attempt came to nothing."""
    return _change(where, now=now, state=State.QUEUED, reason=reason, due_at=due_at)


def sending(where: SubmissionQuerySet, *, lease_until: datetime, now: datetime) -> int:
    """One process may make one call for it until the lease runs out."""
    return where.update(
        state=State.SENDING,
        due_at=lease_until,
        changed_at=now,
        revision=F("revision") + 1,
    )


def created(where: SubmissionQuerySet, *, contact: Mapping[str, Any], settled_by: str, now: datetime) -> int:
    """It is `contact` in Leonar.

    Raises django.db.IntegrityError where a check or a person names a contact that another submission is linked to.
    """
    return where.update(**_created(contact, settled_by, now), revision=F("revision") + 1)


def answered(submission_id: UUID, *, contact: Mapping[str, Any], now: datetime) -> int:
    """It is `contact`, by Leonar's own answer, and was still being sent: so neither given up nor erased meanwhile."""
    columns = _created(contact, SettledBy.ANSWER, now)
    return change_where(Submission, columns, one_more="revision", id=submission_id, state=State.SENDING)


def rejected(where: SubmissionQuerySet, *, reason: str, field: str, message: str, now: datetime) -> int:
    """Leonar refused its content, at `field` where it named one, and created nothing."""
    return _change(
        where,
        now=now,
        state=State.REJECTED,
        reason=reason,
        error_field=storable(field),
        error_message=storable(message),
    )


def unconfirmed(where: SubmissionQuerySet, *, reason: str, due_at: datetime, now: datetime) -> int:
    """It is not known whether it was created; the checks begin at `due_at`."""
    return _change(where, now=now, state=State.UNCONFIRMED, reason=reason, due_at=due_at)


def checking(where: SubmissionQuerySet, *, due_at: datetime, now: datetime) -> int:
    """It will be checked (again) at `due_at`."""
    return where.update(due_at=due_at, changed_at=now, revision=F("revision") + 1)


def claimed_for_check(where: SubmissionQuerySet, *, until: datetime) -> int:
    """One process may make one call of its check `until` then. No revision: nothing that anybody sees has changed."""
    return where.update(due_at=until)


def due_after_all(where: SubmissionQuerySet, *, due_at: datetime) -> int:
    """The machine acts on it at `due_at`, because the clock was set back."""
    return where.update(due_at=due_at, revision=F("revision") + 1)


def sending_again(where: SubmissionQuerySet, *, seen_check: int, now: datetime) -> int:
    """A person who saw that check wants it sent: it is checked at once, and sent where that finds nothing else."""
    return where.update(due_at=now, seen_check=seen_check, changed_at=now, revision=F("revision") + 1)


def undecided(where: SubmissionQuerySet, *, now: datetime) -> int:
    """The checks are over, or came to something that only a person can judge: a person decides."""
    return where.update(due_at=None, seen_check=None, changed_at=now, revision=F("revision") + 1)


def named(where: SubmissionQuerySet, *, contact_id: UUID, now: datetime) -> int:
    """A person says that it is the contact with this id; what Leonar holds of it is not known.

    Raises django.db.IntegrityError where another submission is linked to it.
    """
    return _change(
        where, now=now, state=State.CREATED, contact_id=contact_id, settled_at=now, settled_by=SettledBy.PERSON
    )


def discarded(where: SubmissionQuerySet, *, note: str, now: datetime) -> int:
    """A person gave it up, for the reason in `note`. How it stood stays on record."""
    return where.update(
        state=State.DISCARDED,
        due_at=None,
        settled_at=now,
        discard_reason=note,
        changed_at=now,
        revision=F("revision") + 1,
    )


def known_after_all(where: SubmissionQuerySet, *, contact: Mapping[str, Any], now: datetime) -> int:
    """It stays discarded, but the record says which contact in Leonar it is."""
    return where.update(
        contact_id=UUID(str(contact["id"])),
        contact=storable(dict(contact)),
        changed_at=now,
        revision=F("revision") + 1,
    )


def known_after_erasure(where: SubmissionQuerySet, *, contact_id: str) -> int:
    """Nothing of the person comes back, but the record says which contact in Leonar has to be erased too."""
    return where.update(contact_id=UUID(contact_id), revision=F("revision") + 1)


def _created(contact: Mapping[str, Any], settled_by: str, now: datetime) -> dict[str, Any]:
    return _columns(
        now=now,
        state=State.CREATED,
        contact_id=UUID(str(contact["id"])),
        contact=storable(dict(contact)),
        settled_at=now,
        settled_by=settled_by,
    )


def _change(where: SubmissionQuerySet, **columns: Any) -> int:
    return where.update(**_columns(**columns), revision=F("revision") + 1)


def _columns(
    *,
    now: datetime,
    state: str,
    reason: str = Reason.NONE,
    due_at: datetime | None = None,
    error_field: str = "",
    error_message: str = "",
    contact_id: UUID | None = None,
    contact: Mapping[str, Any] | None = None,
    settled_at: datetime | None = None,
    settled_by: str = SettledBy.NONE,
) -> dict[str, Any]:
    """What an outcome makes of every column that tells of one."""
    return {
        "state": state,
        "reason": reason,
        "due_at": due_at,
        "seen_check": None,
        "error_field": error_field,
        "error_message": error_message,
        "contact_id": contact_id,
        "contact": contact,
        "settled_at": settled_at,
        "settled_by": settled_by,
        "changed_at": now,
    }
