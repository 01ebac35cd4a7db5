"""What a person has pinned: values with which each of their next forms begins, kept in their session.

The pinned are replaced by each form that is sent, and taken off by one press. They belong to one workspace.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from contacts.entry.entry import Entry

_SESSION = "pinned"


def keep(request: HttpRequest, form: Entry) -> None:
    """Keeps what is pinned on a form that was sent; what is pinned no more goes."""
    values = {name: form.payload.get(name) for name in form.pinned}
    # A session is written only where that changes something: the form may be sent while the database can't be.
    if values != _values(request):
        request.session[_SESSION] = {"workspace": settings.LEONAR_WORKSPACE, "values": values}


def forget(request: HttpRequest) -> None:
    """Takes all pins off."""
    request.session.pop(_SESSION, None)


def begin(request: HttpRequest, form: Entry) -> Entry:
    """A form that nobody has typed into, with the pinned values in its blank controls, marked as such."""
    values = _values(request)
    form.merge({name: value for name, value in values.items() if value is not None}, source=_("Pinned"))
    return tick(request, form)


def tick(request: HttpRequest, form: Entry) -> Entry:
    """An unposted form on which what is pinned is shown as pinned, whatever its fields hold."""
    form.pinned = form.pinnable(list(_values(request)))
    return form


def _values(request: HttpRequest) -> dict[str, Any]:
    kept = request.session.get(_SESSION, {})
    return kept.get("values", {}) if kept.get("workspace") == settings.LEONAR_WORKSPACE else {}
