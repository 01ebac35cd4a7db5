"""The history: who entered whom, when, with which outcome."""

from datetime import date

from django import forms
from django.contrib.auth import get_user_model
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contacts.delivery import gate
from contacts.history import export as exports
from contacts.history import search as histories
from contacts.models import Submission
from contacts.views.permissions import enters_contacts
from contacts.wording import states

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


@enters_contacts
@never_cache
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """The list, newest first, filtered and searched; paged by key."""
    filters = Filters(request.GET, viewer=request.user)
    found = _found(request, filters)
    sentence = filters.sentence()
    query = request.GET.copy()
    query.pop("cursor", None)
    context = {
        "page": histories.page(found, cursor=request.GET.get("cursor", "")),
        "filters": filters,
        "sentence": sentence,
        "is_filtered": bool(sentence),
        "query": query.urlencode(),
        "standing": gate.standing(),
    }
    return render(request, "contacts/history.html", context)


@enters_contacts
@never_cache
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What the history shows under the same filters, as CSV."""
    found = _found(request, Filters(request.GET, viewer=request.user))
    return StreamingHttpResponse(
        exports.csv_lines(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="submissions.csv"'},
    )


def _found(request: HttpRequest, filters: Filters):
    filters.is_valid()
    asked = filters.cleaned_data
    visible = Submission.objects.visible_to(request.user)
    state = asked.get("state", "")
    if state == states.NEEDS:
        visible, state = Submission.objects.visible_to(request.user).needing_person(), ""
    who = asked.get("who")
    return histories.search(
        visible,
        text=asked.get("q", ""),
        state=state,
        who=who and who.pk,
        since=asked.get("since"),
        until=asked.get("until"),
    )
