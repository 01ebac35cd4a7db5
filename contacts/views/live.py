"""What the rail beside the entry form shows of a form while it is being filled."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from contacts.entry.entry import Entry
from contacts.lookups import duplicates
from contacts.lookups.custom_fields import known_definitions
from contacts.text.ids import read_id
from contacts.views.permissions import enters_contacts
from contacts.wording import cards


@enters_contacts
@never_cache
@require_POST
def live(request: HttpRequest) -> HttpResponse:
    """A fragment of HTML: the contact as its record would show it if the form, posted as it stands, were sent.

    Nothing is refused, kept or sent; what is not valid yet is not shown. `marked` in the body are the names of the
    controls whose values were pasted and not touched since, `pinned` the fields that the next form begins with;
    `correcting` in the query is the submission that the form corrects, which is no likeness of itself.
    """
    form = Entry(request.POST, definitions=known_definitions())
    pinned = request.POST.getlist("pinned")
    context = {
        "entry": form,
        "card": card_so_far(form),
        "hints": form.hints,
        "duplicates": duplicates.of_form(form, viewer=request.user, leaving_out=read_id(request.GET.get("correcting"))),
        "pasted_fields": {name.partition("-")[0] for name in request.POST.getlist("marked")} - set(pinned),
        "pinned_fields": pinned,
    }
    return render(request, "contacts/entry_live.html", context)


def card_so_far(form: Entry) -> cards.Card | None:
    """The contact as a posted form makes it so far; None where it holds nothing, or was not posted."""
    shape = form.shape if form.data is not None else None
    return cards.card(shape) if shape else None
