"""Words for what is being typed into the entry form, for its scripts."""

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contacts.lookups.suggestions import FIELDS_SUGGESTED, beginning_with, known
from contacts.views.permissions import enters_contacts


@enters_contacts
@never_cache
@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """The words of this workspace for a `field`, most used first; with `q`, those that begin so. Nothing about anybody.

    `more` says that others may be found by `q`; a company of Leonar's has its `id`.
    """
    field = request.GET.get("field", "")
    if field not in FIELDS_SUGGESTED:
        raise Http404
    text = request.GET.get("q", "")
    found = beginning_with(field, text) if text else known(field)
    words = [{"value": each.value} | ({"id": each.company_id} if each.company_id else {}) for each in found.words]
    return JsonResponse({"words": words, "more": found.has_more})
