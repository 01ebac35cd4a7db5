"""Filters that templates need to speak as the rest of the portal does."""

import json
from datetime import datetime

from django import template
from django.template import Context
from django.utils import timezone

from contacts.delivery.gate import Standing
from contacts.entry import drafts
from contacts.entry.entry import Entry
from contacts.wording import cards, events, likenesses, reasons, states, times
from contacts.wording import gate_notice as notices

register = template.Library()

register.filter("field_label", cards.field_label)
register.filter("readable", cards.readable)
register.filter("same", likenesses.same)
register.filter("state_label", states.state_label)
register.filter("how_many", states.how_many)
register.filter("reason", reasons.sentence)
register.filter("who", events.who)
register.filter("draft_words", drafts.words)
register.filter("exactly", times.say_exactly)
register.filter("seconds", times.say_duration)


@register.simple_tag(takes_context=True)
def form_proof(context: Context, form: Entry) -> str:
    """What makes the page's form known as the viewer's; what was posted, where nobody can say who that is."""
    user = context["user"]
    if user.is_authenticated:
        return drafts.proof(owner_id=user.pk, token=form.token)
    return form.data.get("form_proof", "") if form.data is not None else ""


@register.filter
def gate_notice(standing: Standing) -> str:
    """Why nothing can be sent now; empty while the gate is open."""
    return notices.gate_notice(standing, timezone.now())


@register.filter
def ago(moment: datetime) -> str:
    """A past time as people say it."""
    return times.say_ago(moment, timezone.now())


@register.filter
def as_json(value: object) -> str:
    """JSON for a data attribute."""
    return json.dumps(value, ensure_ascii=False)


@register.filter
def indented(value: object) -> str:
    """JSON laid out for reading."""
    return json.dumps(value, ensure_ascii=False, indent=2)
