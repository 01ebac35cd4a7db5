"""Forms kept for whoever typed them: while they are typed, and where they could not be taken."""

import logging
from uuid import UUID

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest

from contacts.delivery import clients
from contacts.entry import drafts
from contacts.entry.entry import Entry
from contacts.lookups.custom_fields import known_definitions
from contacts.models import Draft
from contacts.text.ids import read_id

log = logging.getLogger(__name__)

# The addresses that an entry form is posted to: by its button, and by itself while it is typed.
PRESSED, TYPED = ("entry", "correct"), "keep_draft"


def keep(request: HttpRequest) -> Draft | None:
    """Keeps the form that `request` posts for the owner of its page; None where it is none, or nobody's."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.url_name not in (*PRESSED, TYPED):
        return None
    proof = request.POST.get("form_proof", "")
    if not proof:
        return None
    form = Entry(request.POST, definitions=known_definitions())
    return drafts.keep(
        proof=proof,
        token=form.token,
        typed=form.held(),
        submission_id=match.kwargs.get("submission_id") or read_id(request.POST.get("submission_id")),
        was_pressed=match.url_name in PRESSED,
        is_since_sent="since_sent" in request.POST,
    )


def keep_beside(request: HttpRequest, form: Entry, *, submission_id: UUID | None = None) -> None:
    """Keeps a form whose page is shown again, as if it were being typed; where that fails, the page has it still."""
    if drafts.is_blank(form.held()):
        return
    proof = drafts.proof(owner_id=int(request.user.pk or 0), token=form.token)
    try:
        drafts.keep(proof=proof, token=form.token, typed=form.held(), submission_id=submission_id, was_pressed=False)
    except (DatabaseError, InterfaceError) as error:
        clients.drop_database()
        log.warning("a draft was not kept: %s", type(error).__name__)
