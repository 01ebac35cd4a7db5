"""What is said of those who look like the person in a form: what both share, who entered them and when."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.contact import full_name
from contacts.entry.entry import Entry
from contacts.entry.questions import about_twin
from contacts.lookups import duplicates
from contacts.lookups.duplicates import Duplicate
from contacts.wording import times

_SHARED = {
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("phone"),
    "linkedin": gettext_lazy("LinkedIn"),
    "name": gettext_lazy("name"),
    "name_company": gettext_lazy("name and company"),
}


def same(matched: Iterable[str]) -> str:
    """The kinds of keys that two entries share: “Same e-mail and phone”."""
    return capfirst(_("same %(keys)s") % {"keys": get_text_list([str(_SHARED[kind]) for kind in matched], _("and"))})


def ask_about_twin(form: Entry, found: Iterable[Duplicate], *, now: datetime | None = None) -> bool:
    """Has the form ask, once, whether to send somebody who was entered before. Returns whether it asks now."""
    twin = next((each for each in found if each.is_twin), None)
    if twin is None:
        return False
    question = about_twin(_recognised_by(form.shape), _twin_sentence(form.shape, twin, now or timezone.now()))
    form.ask(question)
    return question in form.questions


def _twin_sentence(payload: Mapping[str, Any], twin: Duplicate, now: datetime) -> str:
    return _("%(name)s, with the same %(keys)s, was entered by %(who)s, %(when)s.") % {
        "name": full_name(payload),
        "keys": get_text_list([str(_SHARED[kind]) for kind in twin.matched if kind != "name_company"], _("and")),
        "who": twin.entered_by,
        "when": times.say_ago(twin.entered_at, now),
    }


def _recognised_by(payload: Mapping[str, Any]) -> list[str]:
    return [f"{key.kind} {key.value}" for key in duplicates.telling_keys(payload)]
