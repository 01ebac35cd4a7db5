"""What people did, in words: the one registry of groups, for the filter, and of details that are worth saying."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Event

Kind = Event.Kind

# Each kind is in one group; a test holds it.
GROUPS: dict[str, tuple[Any, tuple[Kind, ...]]] = {
    "looked": (gettext_lazy("Looked at"), (Kind.VIEWED,)),
    "exports": (gettext_lazy("Exported"), (Kind.EXPORT_BEGUN, Kind.EXPORTED, Kind.PERSON_EXPORTED)),
    "corrections": (gettext_lazy("Entered and corrected"), (Kind.ENTERED, Kind.CORRECTED, Kind.TWIN_ASKED)),
    "settled": (
        gettext_lazy("Sent again, checked, picked"),
        (Kind.SENT_AGAIN, Kind.CHECKED_AGAIN, Kind.MATCHED, Kind.RESTORED),
    ),
    "portal": (
        gettext_lazy("Settings and the way to Leonar"),
        (Kind.SETTINGS_CHANGED, Kind.GATE_CLOSED, Kind.GATE_OPENED, Kind.REOPENED),
    ),
    "discarded": (gettext_lazy("Discarded"), (Kind.DISCARDED,)),
    "protection": (gettext_lazy("Erased and told"), (Kind.ERASED, Kind.CLEARED, Kind.TOLD)),
    "accounts": (gettext_lazy("Accounts and roles"), (Kind.ROLE_CHANGED, Kind.INVITED, Kind.SESSION_ENDED)),
    "sign_in": (
        gettext_lazy("Signing in"),
        (
            *(Kind.SIGNED_IN, Kind.SIGN_IN_FAILED, Kind.LOCKED_OUT, Kind.DENIED),
            *(Kind.PASSWORD_CHANGED, Kind.FACTOR_ADDED, Kind.FACTOR_REMOVED),
        ),
    ),
}

_DETAILS = {
    "format": gettext_lazy("format: %s"),
    "of": gettext_lazy("of: %s"),
    "columns": gettext_lazy("columns: %s"),
    "narrowed_by": gettext_lazy("filters: %s"),
    "rows": gettext_lazy("rows: %s"),
    "submissions": gettext_lazy("entries: %s"),
    "drafts": gettext_lazy("drafts: %s"),
    "how": gettext_lazy("by: %s"),
    "factor": gettext_lazy("factor: %s"),
    "role": gettext_lazy("role: %s"),
    "reason": gettext_lazy("why: %s"),
    "names": gettext_lazy("settings: %s"),
    "command": gettext_lazy("command: %s"),
}


def who(event: Event) -> str:
    """Who did it, as far as that is known."""
    if event.actor is not None:
        return event.actor.shown_name
    if "command" in (event.details or {}):
        return _("The command line")
    return _("Somebody") if event.account_id else _("The portal")


def details(event: Event) -> str:
    """The facts of an event in a line; "" where there are none to tell."""
    facts: Mapping[str, Any] = event.details or {}
    said = [
        words % _said(facts[name]) for name, words in _DETAILS.items() if facts.get(name) not in (None, "", "-", [])
    ]
    if event.kind == Kind.ROLE_CHANGED:
        none = _("none")
        said.append(
            _("role: %(before)s, now %(after)s")
            % {"before": facts.get("from") or none, "after": facts.get("to") or none}
        )
    if facts.get("is_whole") is False:
        said.append(_("broken off"))
    return ", ".join(said)


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
