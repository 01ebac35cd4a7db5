"""What people do to a submission: each view authorises, acts and goes back to the page that shows the result."""

import re
from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.delivery import gate, outbox
from contacts.entry import hinting
from contacts.entry.entry import Entry
from contacts.entry.fields import too_long
from contacts.history import decisions
from contacts.lookups import duplicates
from contacts.lookups.custom_fields import known_definitions
from contacts.models import Submission
from contacts.text.ids import read_id
from contacts.text.storable import storable
from contacts.text.text import clean_text
from contacts.views import kept
from contacts.views.entry import forget_draft
from contacts.views.history import NOTE_MOST, SUMMARY, Many
from contacts.views.history import show as show_history
from contacts.views.permissions import enters_contacts, reopens_gate, reviews_all
from contacts.views.submission import find, show
from contacts.wording import likenesses

# Something that people decide: called with the submission, `by` whom, and the `revision` that they saw.
Act = Callable[..., Submission]

# An id may come within the address of a contact's page in Leonar. One with more characters, or another part, behind it
# is none, and nor is one in a longer text: a wrong link is worse than none.
ADDRESS_MOST = 2000
_UUID = re.compile(r"(?<![0-9a-z])[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}(?!-?[0-9a-z])", re.IGNORECASE)


@enters_contacts
@require_POST
def correct(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """A rejected submission with new content is sent again; 422 with the form where something is wrong or asked.

    `then=fix KEY` and `then=dismiss KEY` answer a hint, and show the form again.
    """
    found = find(request, submission_id)
    form = Entry(request.POST, definitions=known_definitions())
    act, _space, hint = request.POST.get("then", "").partition(" ")
    if act in hinting.ACTS:
        return show(request, found, form=hinting.ACTS[act](form, hint))
    alike = duplicates.of_form(form, viewer=request.user, leaving_out=found.pk)
    likenesses.ask_about_twin(form, alike, by=request.user)
    if not form.is_valid() or form.questions:
        kept.keep_beside(request, form, submission_id=found.pk)
        return show(request, found, form=form, likenesses=alike, status=422)
    try:
        decisions.correct(
            found,
            by=request.user,
            revision=_revision(request),
            payload=form.payload,
            typed=form.typed(),
            facts=form.facts,
        )
    except decisions.ActRefused as refusal:
        # What was typed stays in view, beside how the submission stands now.
        messages.error(request, str(refusal.sentence))
        return show(request, find(request, submission_id), form=form, status=409)
    forget_draft(request, form)
    outbox.send_now(found.pk)
    return redirect(found)


@enters_contacts
@require_POST
def check_again(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """An unconfirmed submission is checked again."""
    found = find(request, submission_id)
    return _act(request, found, decisions.check_again, done=_("Checking again."))


@enters_contacts
@require_POST
def pick(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """A person says which contact in Leonar it became: one of those shown, or one named by its id."""
    found = find(request, submission_id)
    contact_id = _contact_id(request)
    if contact_id is None:
        return _ask_again(
            request, found, _("Choose one of the contacts, or enter the id of one in Leonar, and of no other.")
        )
    return _act(
        request, found, partial(decisions.pick, contact_id=contact_id), done=_("Linked to the contact you picked.")
    )


@enters_contacts
@require_POST
def send_again(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """An unconfirmed submission is checked first, and sent again where that finds nothing new."""
    found = find(request, submission_id)
    return _act(
        request, found, decisions.send_again, done=_("Checking first. It is sent again if nothing new is found.")
    )


@enters_contacts
@require_POST
def discard(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """A person gives a submission up and says why."""
    found = find(request, submission_id)
    note = storable(request.POST.get("note", "").strip())
    if not clean_text(note):
        return _ask_again(request, found, _("Say why it is discarded; the record keeps the reason."))
    if len(note) > NOTE_MOST:
        return _ask_again(request, found, str(too_long(_("The reason"), note, most=NOTE_MOST).message))
    return _act(request, found, partial(decisions.discard, note=note), done=_("Discarded."))


@reopens_gate
@require_POST
def reopen_gate(request: HttpRequest) -> HttpResponse:
    """An admin opens the way to Leonar again."""
    if gate.reopen(by=request.user):
        messages.success(request, _("Reopened. Waiting entries go out now."))
    else:
        messages.info(request, _("It was open already."))
    return redirect("history")


@reviews_all
@require_POST
def act_on_many(request: HttpRequest) -> HttpResponse:
    """Admins settle several at once from the history, under its filters and at its place, which the address names.

    302 back to it where all is done; 422 where something is missing, 409 where some had to be left: both show it again
    with what was ticked and is still to be done.
    """
    many = Many(request.POST)
    if not many.is_valid():
        for message in [*many.non_field_errors(), *many["act"].errors, *many["note"].errors]:
            messages.error(request, message)
        return show_history(request, many, status=422)
    act, ticked = _act_on_each(many), many.ticked()
    summary = {str(id_): _came_to(request, id_, revision, act) for id_, revision in ticked.items()}
    done = sum(not refusal for refusal in summary.values())
    if done:
        messages.success(request, ngettext("Done for %(count)d.", "Done for %(count)d.", done) % {"count": done})
    if done == len(ticked):
        request.session[SUMMARY] = summary
        return redirect(f"{reverse('history')}?{request.GET.urlencode()}")
    left = len(ticked) - done
    text = ngettext(
        "%(count)d was left as it is: it had changed, or this can't be done with it.",
        "%(count)d were left as they are: they had changed, or this can't be done with them.",
        left,
    )
    messages.warning(request, text % {"count": left})
    return show_history(request, many, summary=summary, status=409)


def _act_on_each(many: Many) -> Act:
    match many.cleaned_data["act"]:
        case "send_again":
            return decisions.send_again
        case "check_again":
            return decisions.check_again
        case _:
            return partial(decisions.discard, note=many.cleaned_data["note"])


def _came_to(request: HttpRequest, submission_id: UUID, revision: int, act: Act) -> str:
    """Why it was left as it is; "" where it was done."""
    try:
        found = Submission.objects.visible_to(request.user).get(pk=submission_id)
        act(found, by=request.user, revision=revision)
    except Submission.DoesNotExist:
        return _("It is not there.")
    except decisions.ActRefused as refusal:
        return str(refusal.sentence)
    return ""


def _act(request: HttpRequest, found: Submission, act: Act, *, done: str) -> HttpResponse:
    try:
        act(found, by=request.user, revision=_revision(request))
    except decisions.ActRefused as refusal:
        messages.error(request, str(refusal.sentence))
        return redirect(found)
    messages.success(request, done)
    return redirect(found)


def _ask_again(request: HttpRequest, found: Submission, message: str) -> HttpResponse:
    messages.error(request, message)
    return show(request, found, typed=request.POST, status=422)


def _contact_id(request: HttpRequest) -> UUID | None:
    """The contact that was typed or, where nothing was, the one that was chosen; None where that is not one."""
    typed = request.POST.get("typed_id", "").strip()
    if not typed:
        return read_id(request.POST.get("contact_id"))
    ids = {UUID(found) for found in _UUID.findall(typed)} if len(typed) <= ADDRESS_MOST else set()
    return ids.pop() if len(ids) == 1 else None


def _revision(request: HttpRequest) -> int:
    posted = request.POST.get("revision", "")
    if not posted.isascii() or not posted.isdecimal() or len(posted) > 9:
        raise decisions.Overtaken
    return int(posted)
