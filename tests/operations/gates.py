"""The gate as these tests need it, without a call that closes it."""

from datetime import datetime

from django.utils import timezone

from contacts.delivery import clients
from contacts.models import Gate, current_workspace


def close_gate(reason: str, *, until: datetime | None = None) -> None:
    """Closed as of now for `reason`: until then, or until a person acts."""
    columns = {
        "fingerprint": clients.fingerprint(),
        "reason": reason,
        "since": timezone.now(),
        "closed_until": until,
    }
    Gate.objects.update_or_create(workspace=current_workspace(), defaults=columns)
