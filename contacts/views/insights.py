"""Figures of what was entered, to look at: one's own, or for admins everybody's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contacts.history import figures
from contacts.views.permissions import enters_contacts
from contacts.wording import insights as wording

USUAL = 30


@enters_contacts
@never_cache
@require_safe
def insights(request: HttpRequest) -> HttpResponse:
    """The figures of the last `days`: 7, 30, 90 or 365."""
    asked = request.GET.get("days", "")
    days = next((each for each in wording.PERIODS if str(each) == asked), USUAL)
    today = timezone.localdate()
    since = wording.first_day(days, today)
    found = figures.of_days(request.user, since=since)
    context = {
        "periods": [(each, words, each == days) for each, words in wording.PERIODS.items()],
        "is_empty": not found,
        "numbers": wording.headline(found),
        "chart": wording.by_time(found, since=since, today=today),
        "recruiters": wording.by_recruiter(found),
        "recruiters_chart": wording.by_recruiter_and_time(found, since=since, today=today),
        "reasons": wording.top_reasons(found),
        "readers": wording.by_reader(found),
    }
    return render(request, "contacts/insights.html", context)
