"""The history: who entered whom, when, with which outcome."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contacts.delivery import gate
from contacts.history import export as exports
from contacts.history import search as histories
from contacts.text.storable import storable
from contacts.views.permissions import enters_contacts
from contacts.wording import states

MANY_MOST = 500
# A reason, not a report.
NOTE_MOST = 2000
# Days that exist in every time zone.
DAYS = [MinValueValidator(date(1970, 1, 1)), MaxValueValidator(date(9000, 1, 1))]


class Filters(forms.Form):
    """What the history may be narrowed by; anything that can't be read is left out with a message."""

    q = forms.CharField(label=gettext_lazy("Name, e-mail or company"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=list(states.FILTERS.items()))
    who = forms.ModelChoiceField(
        label=gettext_lazy("Entered by"),
        required=False,
        queryset=get_user_model().objects.order_by("username"),
        empty_label=gettext_lazy("Anybody"),
    )
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput({"type": "date"}), validators=DAYS
    )
    until = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput({"type": "date"}), validators=DAYS
    )

    def __init__(self, data, *, viewer) -> None:
        super().__init__(data)
        if not viewer.has_perm("contacts.review_all_submissions"):
            del self.fields["who"]

    def sentence(self) -> str:
        """The active filters as a person would say them; empty where there are none."""
        asked = self.cleaned_data
        parts = []
        if asked.get("q"):
            parts.append(_("matching “%(text)s”") % {"text": asked["q"]})
        if asked.get("state"):
            parts.append(_("in state “%(state)s”") % {"state": states.FILTERS[asked["state"]]})
        if asked.get("who"):
            parts.append(_("entered by %(who)s") % {"who": asked["who"]})
        if asked.get("since"):
            parts.append(_("from %(day)s") % {"day": asked["since"].isoformat()})
        if asked.get("until"):
            parts.append(_("to %(day)s") % {"day": asked["until"].isoformat()})
        return ", ".join(parts)


class Many(forms.Form):
    """One act for all the submissions that are ticked."""

    use_required_attribute = False

    act = forms.ChoiceField(
        label=gettext_lazy("With those selected"),
        choices=[
            ("check_again", gettext_lazy("Check again")),
            ("send_again", gettext_lazy("Check, then send again")),
            ("discard", gettext_lazy("Discard")),
        ],
        error_messages={
            "required": gettext_lazy("Choose what to do."),
            "invalid_choice": gettext_lazy("Choose what to do."),
        },
    )
    note = forms.CharField(label=gettext_lazy("Why, when discarding"), required=False)

    def clean_note(self) -> str:
        """The reason, as any database stores it."""
        return storable(self.cleaned_data["note"])[:NOTE_MOST]

    def clean(self) -> None:
        """Asks for a reason where the record needs one."""
        if self.cleaned_data.get("act") == "discard" and not self.cleaned_data.get("note"):
            self.add_error("note", _("Say why they are discarded; the record keeps the reason."))
        if not self.ticked():
            self.add_error(None, _("Tick at least one submission."))

    def ticked(self) -> dict[UUID, int]:
        """The submissions that are ticked, each with the revision its person saw. What can't be read is left out."""
        items = self.data.getlist("ids") if isinstance(self.data, QueryDict) else []
        found = {}
        for item in items[:MANY_MOST]:
            id_, _colon, revision = item.partition(":")
            try:
                found[UUID(id_)] = int(revision)
            except ValueError:
                continue
        return found


@enters_contacts
@never_cache
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """The list, newest first, filtered and searched; paged by key."""
    return show(request, Many())


def show(request: HttpRequest, many: Many, *, status: int = 200) -> HttpResponse:
    """The history under the filters and at the place that the address names, with what was ticked."""
    filters = Filters(request.GET, viewer=request.user)
    asked = _asked(filters)
    sentence = filters.sentence()
    if many.errors:
        many.fields["note" if "note" in many.errors else "act"].widget.attrs["autofocus"] = True
    context = {
        "page": histories.page(request.user, asked, cursor=request.GET.get("cursor", "")),
        "filters": filters,
        "sentence": sentence,
        "is_filtered": bool(sentence),
        "many": many,
        "ticked": many.ticked(),
        "standing": gate.standing(),
    }
    return render(request, "contacts/history.html", context, status=status)


@enters_contacts
@never_cache
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What the history shows under the same filters, as CSV; 400 where one can't be read."""
    filters = Filters(request.GET, viewer=request.user)
    if not filters.is_valid():
        # Without it, the file would hold more than was asked for.
        raise BadRequest("a filter can't be read")
    found = histories.narrow(request.user, _asked(filters))
    return StreamingHttpResponse(
        exports.csv_lines(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="submissions.csv"'},
    )


def _asked(filters: Filters) -> histories.Asked:
    filters.is_valid()
    asked = filters.cleaned_data
    who = asked.get("who")
    return histories.Asked(
        text=asked.get("q", ""),
        state=asked.get("state", ""),
        who=who and who.pk,
        since=asked.get("since"),
        until=asked.get("until"),
    )
