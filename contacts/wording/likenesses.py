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
from contacts.entry.questions import Question, about_twin, about_twin_in_leonar
from contacts.lookups import duplicates, in_leonar
from contacts.lookups.duplicates import Duplicate
from contacts.lookups.in_leonar import Held
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


def ask_about_twin(form: Entry, found: Iterable[Duplicate], *, by: Any) -> bool:
    """Has the form ask, once, whether `by` means to send somebody who was entered before, or whom Leonar holds.

    Returns whether it asks now.
    """
    question = _about_twin(form, found, by=by)
    if question is None:
        return False
    form.ask(question)
    return question in form.questions


def _about_twin(form: Entry, found: Iterable[Duplicate], *, by: Any) -> Question | None:
    twin, now = next((each for each in found if each.is_twin), None), timezone.now()
    if twin is not None:
        return about_twin(_recognised_by(form.shape), _twin_sentence(form.shape, twin, now))
    held = in_leonar.twin(form, by=by) if form.is_valid() else None
    if held is not None:
        return about_twin_in_leonar(_recognised_by(form.shape), _held_sentence(form.shape, held, now))
    return None


def _held_sentence(payload: Mapping[str, Any], held: Held, now: datetime) -> str:
    said = {"name": full_name(payload), "keys": _shared_words(held.matched)}
    if held.created_at is None:
        return _("%(name)s, with the same %(keys)s, is in Leonar already.") % said
    said["when"] = times.say_ago(held.created_at, now)
    return _("%(name)s, with the same %(keys)s, is in Leonar already, created %(when)s.") % said


def _shared_words(matched: Iterable[str]) -> str:
    return get_text_list([str(_SHARED[kind]) for kind in matched if kind != "name_company"], _("and"))


def _twin_sentence(payload: Mapping[str, Any], twin: Duplicate, now: datetime) -> str:
    return _("%(name)s, with the same %(keys)s, was entered by %(who)s, %(when)s.") % {
        "name": full_name(payload),
        "keys": _shared_words(twin.matched),
        "who": twin.entered_by,
        "when": times.say_ago(twin.entered_at, now),
    }


def _recognised_by(payload: Mapping[str, Any]) -> list[str]:
    return [f"{key.kind} {key.value}" for key in duplicates.telling_keys(payload)]
