"""What a person has pinned: values with which each of their next forms begins, kept in their session.

The pinned are replaced by each form that is sent, and taken off by one press. They belong to one workspace.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from contacts.entry.entry import Entry
from contacts.entry.merging import Mark

_SESSION = "pinned"


def keep(request: HttpRequest, form: Entry) -> None:
    """Keeps what is pinned on a form that was sent; what is pinned no more goes."""
    values = {name: form.payload.get(name) for name in form.pinned}
    # A session is written only where that changes something: the form may be sent while the database can't be.
    if values != _values(request):
        request.session[_SESSION] = {"workspace": settings.LEONAR_WORKSPACE, "values": values}


def take_off(request: HttpRequest, posted: Entry) -> Entry:
    """The posted form without pins and the values they brought; one that was changed since stays, and says so."""
    values = _values(request)
    request.session.pop(_SESSION, None)
    brought = {name for name, value in values.items() if value is not None and posted.shape.get(name) == value}
    form = posted.without(brought)
    for name in values.keys() - brought:
        if name in posted.held():
            form.mark(name, Mark(_("No longer pinned. What you changed is kept."), ""))
    return form


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
