"""Recovery codes: shown once, and kept as digests alone, so that whoever reads the database has none of them."""

import secrets
from hashlib import sha256

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest

from accounts import sign_ins
from accounts.models import User
from contacts.models.event import Event

COUNT = 10
# No letter or digit that passes for another. Of these, a code has 118 bits: as many as let a plain digest do.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 6, 4
DIGESTS = "digests"


def make(request: HttpRequest, user: User) -> list[str]:
    """New codes, which nobody is told a second time; the earlier ones stop working. On record."""
    codes = ["-".join(_group() for _ in range(GROUPS)) for _ in range(COUNT)]
    # allauth looks for codes of its own here, and finds none.
    data = {"migrated_codes": [], DIGESTS: [_digest(code) for code in codes]}
    with transaction.atomic():
        Authenticator.objects.update_or_create(
            user=user, type=Authenticator.Type.RECOVERY_CODES, defaults={"data": data}
        )
        sign_ins.record(Event.Kind.FACTOR_ADDED, request, account=user, by=user, factor="recovery_codes")
    return codes


def use(user: User, code: str) -> Authenticator | None:
    """Uses a code up. None where it is none of the account's, or was used before."""
    digest = _digest(code)
    own = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES)
    if not _has(own.first(), digest):
        return None
    with transaction.atomic():
        found = own.select_for_update().first()
        if found is None or not _has(found, digest):
            return None
        found.data[DIGESTS].remove(digest)
        found.save(update_fields=["data"])
    return found


def left(user: User) -> int:
    """How many codes the account has that were shown and not used."""
    own = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    if own is None:
        return 0
    if DIGESTS in own.data:
        return len(own.data[DIGESTS])
    # Of an earlier release. What allauth makes beside the first factor was shown to nobody.
    return len(own.wrap().get_unused_codes()) if own.data.get("viewed_at") else 0


def _has(own: Authenticator | None, digest: str) -> bool:
    return own is not None and digest in own.data.get(DIGESTS, [])


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(GROUP))


def _digest(code: str) -> str:
    return sha256(normalize_user_code(code).encode()).hexdigest()
