"""What a form held that could not be taken, kept where only its owner finds it again.

Each form that is shown to somebody signed in carries a proof: whose form it is, under which token, signed by the
portal. By it the portal knows whose a form is that comes without a sign-in; without it nothing is stored, so a stranger
neither fills the database nor plants anything in anybody's form.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone

from contacts.models import Draft, Submission, current_workspace
from contacts.models.asked import rows_where

_SALT = "contacts.entry.drafts"
# Of more forms than anybody has open, the oldest go. No form that can be sent is as large as a draft may be.
DRAFTS_MOST = 20
TYPED_MOST = 1_000_000
WORDS_MOST = 80
_SAYS_NOTHING = re.compile(r"-(?:[A-Z_]+_FORMS|type)$|^dismissed$")
# What a form holds beside the contact.
NEVER_SENT = ("paste", "dismissed")


def proof(*, owner_id: int, token: UUID) -> str:
    """What the page of a form carries, so that `keep` knows whose it is."""
    return signing.dumps([owner_id, str(token)], salt=_SALT)


def keep(
    *,
    proof: str,
    token: UUID,
    typed: Mapping[str, list[str]],
    submission_id: UUID | None = None,
    was_pressed: bool = True,
    is_since_sent: bool = False,
) -> Draft | None:
    """Keeps a form for the owner that `proof` names, as an entry or as the correction of a submission.

    None, and nothing is stored, where the proof does not fit the token, the submission is not for the owner to see, or
    it is too much. A form in which nothing is typed any more is no draft. What comes late of a form that was sent is
    none either, unless the button was pressed again or the page says that it was typed since.
    """
    owner = _owner(proof, token)
    if owner is None or len(json.dumps(typed)) > TYPED_MOST:
        return None
    if is_blank(typed):
        Draft.objects.filter(owner=owner, token=token).delete()
        return None
    if submission_id and not _may_be_kept_for(owner, submission_id, was_pressed=was_pressed):
        return None
    if not was_pressed and _was_sent(owner, token, typed, is_since_sent=is_since_sent):
        return None
    now = timezone.now()
    what = {
        "workspace": current_workspace(),
        "submission_id": submission_id,
        "typed": typed,
        "was_pressed": was_pressed,
        "updated_at": now,
    }
    draft, _is_new = Draft.objects.update_or_create(
        owner=owner, token=token, defaults=what, create_defaults=what | {"created_at": now}
    )
    _drop_oldest(owner)
    return draft


def is_blank(typed: Mapping[str, list[str]]) -> bool:
    """Whether nothing was entered: rows are counted and have a type even so."""
    return all(_SAYS_NOTHING.search(name) or not any(values) for name, values in typed.items())


def words(draft: Draft) -> tuple[str, str]:
    """What a draft is known by in a list: whose it is, as far as that was typed, and the job or company."""
    names = [_first_line(draft, name) for name in ("first_name", "last_name")]
    addresses = [_first_line(draft, name) for name in sorted(draft.typed) if name.endswith(("-email", "-phone"))]
    about = [_first_line(draft, name) for name in ("title", "current_company")]
    who = " ".join(filter(None, names)) or next(filter(None, [*addresses, _first_line(draft, "paste")]), "")
    return who[:WORDS_MOST], ", ".join(filter(None, about))[:WORDS_MOST]


def _first_line(draft: Draft, name: str) -> str:
    lines = " ".join(draft.typed.get(name, [])).split("\n")
    return next(filter(None, (line.strip() for line in lines)), "")


def _may_be_kept_for(owner: Any, submission_id: UUID, *, was_pressed: bool) -> bool:
    found = Submission.objects.visible_to(owner).filter(pk=submission_id).first()
    return found is not None and (was_pressed or found.may_be_corrected)


def _was_sent(owner: Any, token: UUID, typed: Mapping[str, list[str]], *, is_since_sent: bool) -> bool:
    sent = Submission.objects.filter(created_by=owner, token=token).only("typed").first()
    if sent is None:
        return False
    return not is_since_sent or {name: typed[name] for name in typed if name not in NEVER_SENT} == sent.typed


def of(owner: Any) -> QuerySet[Draft]:
    """What is kept for `owner` here, the latest first."""
    return Draft.objects.filter(owner=owner, workspace=settings.LEONAR_WORKSPACE).order_by("-updated_at")


def forget(owner: Any, token: UUID) -> None:
    """Discards what was kept for `owner` of the form with this token."""
    # Asked first: to delete nothing is a write all the same, which waits for whoever else writes.
    for draft in rows_where(Draft, owner=owner.pk, token=token, workspace=settings.LEONAR_WORKSPACE):
        draft.delete()


def _owner(proof: str, token: UUID) -> Any | None:
    try:
        owner_id, of_token = signing.loads(proof, salt=_SALT)
    except signing.BadSignature:
        return None
    if of_token != str(token):
        return None
    return get_user_model().objects.filter(pk=owner_id, is_active=True).first()


def _drop_oldest(owner: Any) -> None:
    kept = Draft.objects.filter(owner=owner).order_by("-updated_at").values_list("pk", flat=True)[:DRAFTS_MOST]
    Draft.objects.filter(owner=owner).exclude(pk__in=list(kept)).delete()
