"""A submission's page: the result while it is fresh, the record for ever after."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contacts.comparison import differences
from contacts.delivery import gate
from contacts.delivery.matching import contact_id
from contacts.entry import drafts
from contacts.entry.entry import Entry
from contacts.history import decisions, log
from contacts.lookups.custom_fields import known_definitions
from contacts.lookups.duplicates import Duplicate
from contacts.models import Draft, Event, Submission
from contacts.views.permissions import enters_contacts
from contacts.wording import cards, stories, telling

# Seconds between two looks for news on the page of an unfinished submission: soon after something may have happened,
# and seldom while it waits for long, because without scripts a look wipes what is being typed.
REFRESH_FIRST, REFRESH_MOST = 3, 60
# Values of each, which tell one from another.
OF_A_CANDIDATE = 100


@enters_contacts
@never_cache
@require_safe
def submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The page; somebody else's submission is not found."""
    found = find(request, submission_id)
    if request.method == "GET":
        log.note_viewed(found, by=request.user)
    return show(request, found)


@enters_contacts
@never_cache
@require_safe
def status(request: HttpRequest, submission_id: UUID) -> JsonResponse:
    """The state, for scripts: `due_at` is when the machine acts next, null where it waits for a person or is done."""
    found = find(request, submission_id)
    due_at = stories.acts_next_at(found, gate.standing(), timezone.now())
    return JsonResponse(
        {
            "state": found.state,
            "contact_id": found.contact_id and str(found.contact_id),
            "due_at": due_at and due_at.isoformat(),
        },
        # For the page that waits for news, beside what the public surface fixes.
        headers={"X-Revision": str(found.revision)},
    )


def find(request: HttpRequest, submission_id: UUID) -> Submission:
    """The submission if this viewer may see it. Raises Http404."""
    return get_object_or_404(Submission.objects.visible_to(request.user).select_related("created_by"), pk=submission_id)


def show(
    request: HttpRequest,
    found: Submission,
    *,
    form: Entry | None = None,
    likenesses: Sequence[Duplicate] = (),
    message: str = "",
    typed: Mapping[str, str] = MappingProxyType({}),
    status: int = 200,
) -> HttpResponse:
    """The page of `found`; `form` is the correction as it was just posted, `message` what an act came to.

    `typed` is what was posted to an act that did nothing, by the names of its controls. What was posted stays in view:
    a page that answers it never refreshes itself.
    """
    now, standing = timezone.now(), gate.standing()
    draft = drafts.of(request.user).filter(submission=found).first() if found.may_be_corrected and not form else None
    last_check = decisions.last_check(found) if found.may_be_decided else None
    context = {
        "submission": found,
        "story": stories.tell(found, standing, now, last_check=last_check),
        "card": cards.card(found.contact or found.payload),
        "differences": differences(found.payload, found.contact) if found.contact else [],
        "entry": form or _correction(found, draft),
        "facts": form.facts if form else found.facts,
        "draft": draft,
        "duplicates": likenesses,
        "hints": form.hints if form else [],
        "candidates": _candidates(found),
        "looked_for": last_check.payload if last_check else None,
        "events": found.events.exclude(kind=Event.Kind.VIEWED).select_related("actor"),
        "attempts": found.attempts.all() if request.user.has_perm("contacts.review_all_submissions") else [],
        "gate": standing,
        "duty": telling.duty(found, now=now),
        "message": message,
        "typed": typed,
        "refresh": _refresh(found, standing, now) if request.method != "POST" else None,
    }
    return render(request, "contacts/submission.html", context, status=status)


def _candidates(found: Submission) -> list[tuple[UUID | None, cards.Card]]:
    held = decisions.candidates(found) if found.may_be_decided else []
    return [(contact_id(contact), cards.card(contact, most=OF_A_CANDIDATE)) for contact in held]


def _refresh(found: Submission, standing: gate.Standing, now: datetime) -> int | None:
    if not stories.changes_by_itself(found):
        return None
    if found.state == Submission.State.SENDING:
        # Its due time is the end of the lease; the answer comes long before.
        return REFRESH_FIRST
    next_at = stories.acts_next_at(found, standing, now)
    if next_at is None:
        return REFRESH_MOST
    return round(min(max((next_at - now).total_seconds(), REFRESH_FIRST), REFRESH_MOST))


def _correction(found: Submission, draft: Draft | None) -> Entry | None:
    if not found.may_be_corrected:
        return None
    if draft is not None:
        return Entry.resumed(draft.typed, token=draft.token, definitions=known_definitions())
    form = Entry.from_typed(found.typed, definitions=known_definitions())
    form.add_leonar_error(found.error_field or None, found.error_message)
    return form
