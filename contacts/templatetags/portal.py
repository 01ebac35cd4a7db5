"""Filters that templates need to speak as the rest of the portal does."""

import json
from datetime import datetime

from django import template
from django.utils import timezone

from contacts.delivery.gate import Standing
from contacts.wording import cards, reasons, states, times
from contacts.wording import gate_notice as notices

register = template.Library()

register.filter("field_label", cards.field_label)
register.filter("readable", cards.readable)
register.filter("card", cards.card)
register.filter("state_label", states.state_label)
register.filter("reason", reasons.sentence)
register.filter("exactly", times.say_exactly)
register.filter("seconds", times.say_duration)


@register.filter
def gate_notice(standing: Standing) -> str:
    """Why nothing can be sent now; empty while the gate is open."""
    return notices.gate_notice(standing, timezone.now())


@register.filter
def ago(moment: datetime) -> str:
    """A past time as people say it."""
    return times.say_ago(moment, timezone.now())


@register.filter
def indented(value: object) -> str:
    """JSON laid out for reading."""
    return json.dumps(value, ensure_ascii=False, indent=2)
