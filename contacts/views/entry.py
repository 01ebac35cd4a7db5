"""The entry form: show it, take it, send it."""

import logging
from collections.abc import Sequence

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from contacts.comparison import changes
from contacts.delivery import clients, outbox
from contacts.entry import drafts, hinting
from contacts.entry.entry import Entry
from contacts.entry.pasting import FILE_BYTES_MOST, LEAVE_OUT, PLACES, Pasted, place_pieces, read_paste
from contacts.history.log import note_twin_asked
from contacts.lookups import duplicates
from contacts.lookups.custom_fields import definitions, known_definitions
from contacts.lookups.duplicates import Duplicate
from contacts.models import Draft, Submission
from contacts.text.ids import read_id
from contacts.views import kept, pins
from contacts.views.live import card_so_far
from contacts.views.not_saved import not_saved
from contacts.views.permissions import enters_contacts
from contacts.views.recent import entry_named, recent_entries
from contacts.wording.likenesses import ask_about_twin

log = logging.getLogger(__name__)


@enters_contacts
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The portal opens on its main job."""
    del request
    return redirect("entry")


@enters_contacts
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest) -> HttpResponse:
    """GET shows the form, prefilled from query parameters named like fields, or from another submission (`from`).

    POST with `then=read` shows it again, its blank fields filled from the text in `paste`, or from a file; with
    `then=place`, pieces of that which found no field (`leftover`) put where `leftover_to` says; `then=clear` gives a
    blank one, and what was typed is gone; `then=fix KEY` and `then=dismiss KEY` answer a hint; `then=unpin`
    takes off the pins and the values they brought. Any other submits it:
    302 to the submission's page; 422 with the form again where something is wrong or asked; 409 where this very form
    was sent before with other content; 503 where it could not be saved.
    """
    if request.POST.get("then") == "clear":
        forget_draft(request, Entry(request.POST))
        return redirect(f"{reverse('entry')}?blank=")
    act, _space, hint = request.POST.get("then", "").partition(" ")
    if act in hinting.ACTS:
        return _show(request, hinting.ACTS[act](Entry(request.POST, definitions=known_definitions()), hint))
    if act in ("read", "place"):
        posted = Entry(request.POST, definitions=known_definitions())
        pasted = _read(request, posted) if act == "read" else place_pieces(posted)
        found = duplicates.of_form(Entry.from_typed(pasted.form.shown()), viewer=request.user)
        return _show(request, pasted.form, pasted=pasted, likenesses=found)
    if act == "unpin":
        return _show(request, pins.take_off(request, Entry(request.POST, definitions=known_definitions())))
    if request.method == "POST":
        return _submit(request)
    draft = _draft(request)
    if draft is not None and (request.GET or draft.was_pressed):
        form = Entry.resumed(draft.typed, token=draft.token, definitions=definitions())
        return _show(request, pins.tick(request, form), draft=draft)
    return _show(request, _fresh_entry(request), previous=entry_named(request, "after"), waiting=draft)


def _read(request: HttpRequest, posted: Entry) -> Pasted:
    file = request.FILES.get("file")
    if file is None:
        return read_paste(posted)
    return read_paste(posted, file.read(FILE_BYTES_MOST + 1), name=file.name or "")


def _submit(request: HttpRequest) -> HttpResponse:
    form = Entry(request.POST, definitions=known_definitions())
    found = duplicates.of_form(form, viewer=request.user)
    asks_about_twin = ask_about_twin(form, found, by=request.user)
    if not form.is_valid() or form.questions:
        kept.keep_beside(request, form)
        if asks_about_twin:
            _note_asked(request, form)
        return _show(request, form, likenesses=found, status=422)
    try:
        entered = outbox.enter(
            by=request.user,
            token=form.token,
            payload=form.payload,
            typed=form.typed(),
            facts=form.facts,
            # Whoever adds another waits for no answer of Leonar's: the deliverer sends it while they type on.
            is_sent_here=request.POST.get("then") != "another",
        )
    except outbox.NotSaved as failure:
        return not_saved(request, form, is_certain=failure.is_certain)
    if entered.is_same:
        # Whatever fails from here on: it was saved.
        request.stored = entered.submission  # type: ignore[attr-defined]
    forget_draft(request, form)
    pins.keep(request, form)
    if not entered.is_same:
        return _show_changed_content(request, form, entered.submission)
    return _go_on(request, entered.submission)


def _note_asked(request: HttpRequest, form: Entry) -> None:
    try:
        note_twin_asked(by=request.user, form=form.token)
    except (DatabaseError, InterfaceError) as error:
        # The page with the question is worth more than the count of it.
        clients.drop_database()
        log.warning("a question about a twin was not noted: %s", type(error).__name__)


def forget_draft(request: HttpRequest, form: Entry) -> None:
    """Discards what was kept of a form that is sent now."""
    try:
        drafts.forget(request.user, form.token)
    except (DatabaseError, InterfaceError) as error:
        # It is shown once more, under the same token: pressing Create then leads to the same submission.
        clients.drop_database()
        log.warning("a draft was not discarded: %s", type(error).__name__)


def _go_on(request: HttpRequest, submission: Submission) -> HttpResponse:
    if request.POST.get("then") != "another":
        return redirect(submission)
    return redirect(f"{reverse('entry')}?{urlencode({'after': str(submission.pk)})}")


def _show(
    request: HttpRequest,
    form: Entry,
    *,
    status: int = 200,
    previous: Submission | None = None,
    draft: Draft | None = None,
    waiting: Draft | None = None,
    pasted: Pasted | None = None,
    likenesses: Sequence[Duplicate] = (),
) -> HttpResponse:
    context = {
        "entry": form,
        "card": card_so_far(form),
        "pinned_fields": form.pinned,
        "previous": previous,
        "draft": draft,
        "pasted": pasted,
        "duplicates": likenesses,
        "places": PLACES,
        "leave_out": LEAVE_OUT,
        "recent": recent_entries(request),
        "waiting": waiting,
        "hints": form.hints if request.method == "POST" else [],
    }
    return render(request, "contacts/entry.html", context, status=status)


def _show_changed_content(request: HttpRequest, form: Entry, first: Submission) -> HttpResponse:
    """The form was sent before with other content: what differs, and the new content under a new token."""
    again = Entry.from_typed(form.typed(), definitions=form.definitions)
    ask_about_twin(again, duplicates.of_form(again, viewer=request.user), by=request.user)
    again.take_as_asked()
    context = {
        "entry": again,
        "card": card_so_far(again),
        "first": first,
        "changes": changes(first.payload, form.payload),
    }
    return render(request, "contacts/entry.html", context, status=409)


def _draft(request: HttpRequest) -> Draft | None:
    """The draft that the address names; else the latest that was pressed and not taken, or the latest that waits.

    Only one that was pressed comes back unasked: a form that was left, or is still open in another tab, is offered.
    """
    own = drafts.of(request.user).filter(submission=None)
    if not request.GET:
        return own.order_by("-was_pressed", "-updated_at").first()
    draft_id = read_id(request.GET.get("draft"))
    return own.filter(pk=draft_id).first() if draft_id else None


def _fresh_entry(request: HttpRequest) -> Entry:
    source = entry_named(request, "from")
    if source is not None:
        return pins.tick(request, Entry.from_payload(source.payload, definitions=definitions()))
    return pins.begin(request, Entry.from_query(request.GET, definitions=definitions()))
