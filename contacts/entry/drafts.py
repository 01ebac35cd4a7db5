"""What a form held that could not be taken, kept where only its owner finds it again.

Each form that is shown to somebody signed in carries a proof: whose form it is, under which token, signed by the
portal. By it the portal knows whose a form is that comes without a sign-in; without it nothing is stored, so a stranger
neither fills the database nor plants anything in anybody's form.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone

from contacts.models import Draft, Submission, current_workspace

_SALT = "contacts.entry.drafts"
# Each is as large as one request may be; more forms than anybody has open, the oldest go.
DRAFTS_MOST = 20


def proof(*, owner_id: int, token: UUID) -> str:
    """What the page of a form carries, so that `keep` knows whose it is."""
    return signing.dumps([owner_id, str(token)], salt=_SALT)


def keep(*, proof: str, token: UUID, typed: Mapping[str, list[str]], submission_id: UUID | None = None) -> Draft | None:
    """Keeps a form for the owner that `proof` names, as an entry or as the correction of a submission.

    None, and nothing is stored, where the proof does not fit the token, the submission is not for the owner to see, or
    nothing was typed.
    """
    owner = _owner(proof, token)
    if owner is None or not typed:
        return None
    if submission_id and not Submission.objects.visible_to(owner).filter(pk=submission_id).exists():
        return None
    now = timezone.now()
    what = {"workspace": current_workspace(), "submission_id": submission_id, "typed": typed, "updated_at": now}
    draft, _is_new = Draft.objects.update_or_create(
        owner=owner, token=token, defaults=what, create_defaults=what | {"created_at": now}
    )
    _drop_oldest(owner)
    return draft


def of(owner: Any) -> QuerySet[Draft]:
    """What is kept for `owner` here, the latest first."""
    return Draft.objects.filter(owner=owner, workspace=settings.LEONAR_WORKSPACE).order_by("-updated_at")


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
