"""What was posted and could not be taken, for a sign-in or a page that was out of date, kept for whoever typed it."""

from django.http import HttpRequest

from contacts.entry import drafts
from contacts.entry.entry import Entry
from contacts.models import Draft

# The addresses that an entry form is posted to.
FORMS = ("entry", "correct")


def keep(request: HttpRequest) -> Draft | None:
    """Keeps the form that `request` posts for the owner of its page; None where it is none, or nobody's."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.url_name not in FORMS:
        return None
    proof = request.POST.get("form_proof", "")
    if not proof:
        return None
    form = Entry(request.POST)
    submission_id = match.kwargs.get("submission_id")
    return drafts.keep(proof=proof, token=form.token, typed=form.held(), submission_id=submission_id)
