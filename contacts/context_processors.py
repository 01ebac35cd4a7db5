"""What every page shows around its own content."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from contacts.delivery import gate
from contacts.history import counts, remembered
from contacts.operations import elsewhere, readiness
from contacts.wording.delivery_notice import delivery_notice


def surroundings(request: HttpRequest) -> dict[str, object]:
    """The sandbox line, what waits for this person, the gate's standing, and for admins' pages what is not being done.

    Asked of the database only if a page shows it.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "database_is_unreachable", False):
        return {"sandbox": settings.SANDBOX, "sandbox_url": settings.SANDBOX_URL}
    # One read of the gate serves the whole page.
    standing = cast(gate.Standing, SimpleLazyObject(gate.standing))
    return {
        "sandbox": settings.SANDBOX,
        "sandbox_url": settings.SANDBOX_URL,
        "viewer_may_enter": SimpleLazyObject(lambda: user.has_perm("contacts.enter_contacts")),
        "viewer_is_admin": SimpleLazyObject(lambda: user.has_perm("contacts.review_all_submissions")),
        "glance": SimpleLazyObject(lambda: counts.glance(user)),
        "remembered": SimpleLazyObject(lambda: remembered.query(request.session)),
        "gate": standing,
        "delivery_notice": SimpleLazyObject(lambda: _delivery_notice(standing)),
    }


def _delivery_notice(standing: gate.Standing) -> list[str]:
    now = timezone.now()
    return delivery_notice(readiness.look(now, standing), elsewhere.waiting(), now)
